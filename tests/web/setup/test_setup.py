"""The first start: the first visitor with the code becomes the owner."""

import pytest
from django.test import Client

from gouvernail.web.accounts.models import User
from gouvernail.web.setup import code
from gouvernail.web.workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_HOME", str(tmp_path))


def answers(**other: str) -> dict[str, str]:
    return {
        "code": code.code(),
        "organisation": "Maison Élan",
        "name": "Ada Élan",
        "email": "Ada@elan.example",
        "password": "brouette lilas canal",
        **other,
    }


def test_a_site_without_accounts_leads_to_the_first_start() -> None:
    assert Client().get("/").headers["Location"] == "/setup/"
    assert Client().get("/setup/").status_code == 200


def test_whoever_has_the_code_makes_the_owner_and_the_organisation() -> None:
    visitor = Client()
    answer = visitor.post("/setup/", answers(code=code.code().replace("-", " ").upper()))
    assert answer.headers["Location"] == "/o/maison-elan/"
    assert visitor.get("/o/maison-elan/").status_code == 200
    made = Membership.objects.get()
    assert (made.user.email, made.workspace.name, made.role) == ("ada@elan.example", "Maison Élan", "owner")


def test_afterwards_the_page_is_gone_for_good(tmp_path) -> None:
    Client().post("/setup/", answers())
    assert Client().get("/setup/").status_code == 404
    assert Client().post("/setup/", answers()).status_code == 404
    assert Client().get("/").headers["Location"].startswith("/sign-in/login/")


@pytest.mark.parametrize("wrong", [{"code": "aaaa-bbbb-cccc"}, {"password": "password12"}, {"email": "ada"}])
def test_what_is_wrong_is_said_and_nothing_is_made(wrong: dict[str, str]) -> None:
    answer = Client().post("/setup/", answers(**wrong))
    assert answer.status_code == 200
    assert b"is-invalid" in answer.content
    assert not User.objects.exists()


def test_codes_cannot_be_tried_by_the_dozen() -> None:
    for _ in range(10):
        Client().post("/setup/", answers(code="wrong"))
    assert "Too many tries" in Client().post("/setup/", answers()).content.decode()
    assert not User.objects.exists()


def test_without_a_code_nobody_gets_in() -> None:
    assert Client().post("/setup/", answers(code="") | {"code": "x"}).status_code == 200
    code.use_up()
    assert not code.fits("")
    assert not code.use_up()
