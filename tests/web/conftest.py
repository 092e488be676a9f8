"""An organisation with its people, as the pages' tests need them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.bearings import shelf
from gouvernail.web.kept import answering as kept
from gouvernail.web.measure import shelf as credits_shelf
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Membership, Role, Workspace

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    store.forget()
    shelf.forget()
    credits_shelf.forget()
    kept.forget()


@pytest.fixture
def nothing_kept(settings: Any) -> None:
    """Pages are made each time."""
    settings.KEPT_BYTES = 0


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries: Any, nothing_kept: None) -> Any:
    """Count the queries of pages that are made, whatever is kept of them."""
    return django_assert_num_queries


@pytest.fixture
def workspace(db: None, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An organisation without a plan; its files stand in a folder of the test's own."""
    monkeypatch.setenv("GOUVERNAIL_HOME", str(tmp_path))
    return Workspace.objects.create(slug="acme", name="Acme")


Join = Callable[..., User]


@pytest.fixture
def join(workspace: Workspace) -> Join:
    """Make somebody and give them a role: `join(Role.owner)`."""

    def make(role: str = Role.owner, email: str | None = None, workspace_: Workspace | None = None) -> User:
        user = User.objects.create_user(
            email or f"{role}@acme.example", PASSWORD, name=role.title(), language="en"
        )
        Membership.objects.create(workspace=workspace_ or workspace, user=user, role=role)
        return user

    return make


SignedIn = Callable[[User], Client]


@pytest.fixture
def signed_in() -> SignedIn:
    """Return a browser (Django's client) in which somebody has signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


Window = Callable[..., Any]


@pytest.fixture
def window(live_server: Any, browser: Any) -> Iterator[Window]:
    """A page of a real browser in which somebody has signed in: `window(client, viewport=…)`; closed at the end."""
    opened: list[Any] = []

    def make(client: Client, *, patience: int = 30_000, **options: Any) -> Any:
        context = browser.new_context(base_url=live_server.url, **options)
        opened.append(context)
        (cookie,) = client.cookies.values()
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(patience)
        return page

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def owner(join: Join, signed_in: SignedIn) -> Client:
    """The owner's browser."""
    return signed_in(join(Role.owner))


@pytest.fixture
def plan(workspace: Workspace) -> Plan:
    """A small whole plan in the organisation: the one that `gouvernail init` writes."""
    from gouvernail.plan.load import load_text
    from gouvernail.plan.template import template

    made = load_text(template("Acme", "en")).plan
    store.commit(workspace, None, store.replacement(workspace, made).changes, note="start")
    return made
