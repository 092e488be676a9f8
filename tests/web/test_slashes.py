"""An address with a slash too many leads to the one without, and tells nobody anything by it."""

import pytest
from django.test import Client

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn


def test_a_slash_too_many_is_taken_off(owner: Client) -> None:
    answer = owner.get("/o/acme/chain/", {"period": "2026-09"})
    assert answer.status_code == 301
    assert answer["Location"] == "/o/acme/chain?period=2026-09"
    assert owner.get("/o/acme/chain/", follow=True).status_code == 200
    assert owner.get("/health/", follow=True).status_code == 200


def test_an_outsider_learns_nothing(workspace: Workspace, db: None, signed_in: SignedIn) -> None:
    other = signed_in(User.objects.create_user("else@where.example", "a long enough password"))
    for slug in ("acme", "nowhere"):
        answer = other.get(f"/o/{slug}/chain/", follow=True)
        assert (answer.status_code, answer.redirect_chain) == (404, [(f"/o/{slug}/chain", 301)])


@pytest.mark.parametrize("path", ["/nothing/", "/o/acme/nothing/", "/o/acme/chain//x/"])
def test_what_is_no_address_stays_none(path: str, owner: Client) -> None:
    assert owner.get(path).status_code == 404


def test_what_is_sent_is_not_sent_elsewhere(join: Join, signed_in: SignedIn) -> None:
    assert signed_in(join(Role.owner)).post("/o/acme/chain/").status_code == 404
