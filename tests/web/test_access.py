"""Who sees what: every address of an organisation × owner, outsider, anonymous."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Workspace
from tests.web.conftest import Join, SignedIn


def _patterns(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        found += _patterns(one, path) if isinstance(one, URLResolver) else [(path, one)]
    return found


VIEWS = [(path, pattern) for path, pattern in _patterns(get_resolver()) if path.startswith("o/")]
SAMPLES = {
    "str": "x",
    "slug": "acme",
    "int": "1",
    "path": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def _address(path: str, slug: str) -> str:
    filled = path.replace("<slug:slug>", slug)
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], filled)


@pytest.mark.parametrize(
    ("path", "pattern"), VIEWS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_view_of_an_organisation_is_guarded(path: str, pattern: URLPattern) -> None:
    assert hasattr(pattern.callback, "permission"), "decorate the view with @member(…)"


@pytest.mark.parametrize("path", [path for path, _ in VIEWS])
def test_an_outsider_finds_nothing_and_a_visitor_is_asked_to_sign_in(
    path: str, workspace: Workspace, signed_in: SignedIn, db: None
) -> None:
    outsider = User.objects.create_user("out@side.example")
    address = _address(path, workspace.slug)

    assert signed_in(outsider).get(address).status_code == 404
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/login/")


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
