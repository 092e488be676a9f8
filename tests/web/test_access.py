"""Who sees what: every address of the site × owner, teammate, partner, outsider, anonymous.

The addresses are those that the site has: a new page is visited unasked.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import ALLOWED, Membership, Permission, Role, Workspace
from tests.web.conftest import Join, SignedIn
from tests.web.world import Views, addresses, filled, views

VIEWS = views("o/<slug:slug>/")
FOR_PARTNERS = {"reports", "report-page", "report-download"}
PUBLIC = {
    "home", "health", "manifest", "setup", "shared-report", "invitation", "invitation-accept",
    "invitation-other-account", "language",
}  # fmt: skip
"""What a visitor without an account may ask for: the door, the health, and what is shared by a secret link."""
ASKS_MORE = {
    "settings-facts": Permission.manage,
    "settings-rule": Permission.edit,
    "settings-words": Permission.edit,
}
"""Pages that everybody may read, and what it takes to change what stands there."""
SECRET = "Zanzibar"


@pytest.fixture
def everywhere(workspace: Workspace, join: Join) -> dict[str, str]:
    """An address of every view of an organisation that has one of everything."""
    return addresses(workspace.slug, filled(workspace, join(Role.owner), 1))


@pytest.fixture
def rival(join: Join) -> dict[str, Any]:
    """What another organisation has, by its numbers; every name in it holds a secret."""
    other = Workspace.objects.create(slug="rival", name=f"{SECRET} SA")
    return filled(other, join(Role.owner, "owner@rival.example", other), 1, SECRET)


@pytest.mark.parametrize(("path", "pattern"), VIEWS.values(), ids=VIEWS.keys())
def test_every_view_of_an_organisation_is_guarded(path: str, pattern: URLPattern) -> None:
    assert pattern.name, "name the address"
    assert hasattr(pattern.callback, "permission"), "decorate the view with @member(…)"


def test_an_owner_finds_every_page(everywhere: dict[str, str], signed_in: SignedIn) -> None:
    client = signed_in(User.objects.get(email="owner@acme.example"))
    answers = {name: client.get(address).status_code for name, address in everywhere.items()}
    lost = {name for name, status in answers.items() if status not in (200, 302, 405)}
    # No file was imported here, and nothing was asked of these.
    assert lost == {
        "import",
        "import-rejects",
        "element-choices",
        "element-row",
        "finding",
        "element-compare",
    }


@pytest.mark.parametrize("role", [role for role in Role if role != Role.owner])
def test_a_teammate_is_refused_what_the_role_does_not_allow(
    role: Role, everywhere: dict[str, str], join: Join, signed_in: SignedIn
) -> None:
    client = signed_in(join(role, f"{role}@team.example"))
    refused = {name for name in VIEWS if not _may(role, name)}
    passed = [
        f"{method} {name}: {status}"
        for name in refused - {"cockpit"}
        for method, status in _tried(client, everywhere[name])
        if status != 403
    ]
    passed += [
        f"post {name}"
        for name, needed in ASKS_MORE.items()
        if needed not in ALLOWED[role] and client.post(everywhere[name]).status_code != 403
    ]
    assert passed == []
    if role == Role.partner:
        assert client.get(everywhere["cockpit"]).headers["Location"] == everywhere["reports"]


@pytest.mark.parametrize("role", [Role.contributor, Role.reader, Role.partner])
def test_a_teammate_finds_what_the_role_allows(
    role: Role, everywhere: dict[str, str], join: Join, signed_in: SignedIn
) -> None:
    client = signed_in(join(role, f"{role}@team.example"))
    wrong = [
        f"{method} {name}: {status}"
        for name in VIEWS
        if _may(role, name)
        for method, status in _tried(client, everywhere[name])
        if status >= 500 or (status == 403 and (method, name) not in {("post", one) for one in ASKS_MORE})
    ]
    assert wrong == []


def test_an_outsider_finds_nothing_and_a_visitor_is_asked_to_sign_in(
    everywhere: dict[str, str], signed_in: SignedIn
) -> None:
    outsider = signed_in(User.objects.create_user("out@side.example"))
    wrong = []
    for name, address in everywhere.items():
        wrong += [
            f"outsider {method} {name}" for method, status in _tried(outsider, address) if status != 404
        ]
        for answer in (Client().get(address), Client().post(address)):
            if (answer.status_code, answer.headers.get("Location", "").split("?")[0]) != (
                302,
                "/sign-in/login/",
            ):
                wrong.append(f"visitor {name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("partly", [False, True], ids=["page", "part"])
def test_nothing_of_another_organisation_is_shown_under_ones_own_address(
    partly: bool, everywhere: dict[str, str], rival: dict[str, Any], signed_in: SignedIn
) -> None:
    client = signed_in(User.objects.get(email="owner@acme.example"))
    headers = {"HX-Request": "true"} if partly else {}
    there, wrong = addresses("acme", rival), []
    for name, address in there.items():
        for method, answer in _answers(client, address, headers):
            numbered = "<int:pk>" in VIEWS[name][0] or "<int:link>" in VIEWS[name][0]
            if SECRET in _text(answer) or (numbered and answer.status_code not in (404, 405)):
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert wrong == []


def test_searches_questions_and_names_end_at_ones_own_organisation(
    everywhere: dict[str, str], rival: dict[str, Any], signed_in: SignedIn
) -> None:
    client = signed_in(User.objects.get(email="owner@acme.example"))
    asked = [
        everywhere["search"] + f"?q={SECRET[:4]}",
        everywhere["search"] + "?q=rival",
        everywhere["element-choices"] + f"?field=owner&q={SECRET[:4]}",
        everywhere["trail"] + f"?q={SECRET}",
        everywhere["findings"] + f"?q={SECRET}",
        everywhere["comments"],
        everywhere["finding"] + "?id=ACT01:actions-0",
        everywhere["cockpit"] + f"?scenario={rival['scenario']}",
        everywhere["actions-csv"] + f"?scenario={rival['scenario']}",
        everywhere["plan-export"] + f"?scenario={rival['scenario']}",
        "/organisations/",
    ]
    told = [address for address in asked if SECRET.upper() in _text(client.get(address)).upper()]
    # What was asked for is said again in the field that asked; nothing else is.
    echoed = [one for one in told if SECRET not in one]
    assert echoed == []
    assert Membership.objects.filter(workspace__slug="rival").count() == 2


def test_what_stands_outside_organisations_is_public_by_name_or_asks_for_a_sign_in(db: None) -> None:
    User.objects.create_user("some@body.example")
    open_ = []
    for name, (path, _) in _own(views()).items():
        address = "/" + re.sub(r"<(?:(\w+):)?\w+>", "x", path)
        for answer in (Client().get(address), Client().post(address)):
            closed = answer.status_code in (401, 405) or "/sign-in/login/" in answer.headers.get(
                "Location", ""
            )
            if not closed and name not in PUBLIC:
                open_.append(f"{name}: {answer.status_code}")
    assert open_ == []


def test_another_organisation_is_no_more_there_than_one_that_never_was(
    workspace: Workspace, join: Join, signed_in: SignedIn
) -> None:
    other = Workspace.objects.create(slug="rival", name="Rival")
    client = signed_in(join("owner"))

    there, nowhere = client.get(f"/o/{other.slug}/"), client.get("/o/never-was/")
    token = re.compile(rb"[A-Za-z0-9]{64}")
    assert there.status_code == nowhere.status_code == 404
    assert token.sub(b"", there.content).replace(b"/o/rival/", b"") == token.sub(
        b"", nowhere.content
    ).replace(b"/o/never-was/", b"")


def _may(role: Role, name: str) -> bool:
    needed: Permission = VIEWS[name][1].callback.permission  # type: ignore[attr-defined]
    return needed in ALLOWED[role] or (role == Role.partner and name in FOR_PARTNERS)


def _own(every: Views) -> Views:
    """Without the views of an organisation, those of allauth (it has tests of its own) and the API (it has tokens)."""
    left = ("o/", "sign-in/", "api/")
    return {name: one for name, one in every.items() if not one[0].startswith(left)}


def _answers(
    client: Client, address: str, headers: dict[str, str] | None = None
) -> Iterator[tuple[str, Any]]:
    """Ask in both ways; nothing that is changed stays."""
    for method in ("get", "post"):
        with transaction.atomic():
            yield method, getattr(client, method)(address, headers=headers or {})
            transaction.set_rollback(True)


def _tried(client: Client, address: str) -> Iterator[tuple[str, int]]:
    for method, answer in _answers(client, address):
        yield method, answer.status_code


def _text(answer: Any) -> str:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode("utf-8", "replace")
