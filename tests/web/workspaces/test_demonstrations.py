"""A demonstration of one's own: opened by a click, loaded in the background, marked, deleted like any organisation."""

from pathlib import Path

import pytest
from django.test import Client

from gouvernail.web.accounts.models import User
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.workspaces import demonstration
from gouvernail.web.workspaces.models import Demonstration, DemonstrationState, Membership, Role, Workspace
from gouvernail.web.workspaces.views.demonstrations import A_DAY
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(signed_in: SignedIn) -> Client:
    return signed_in(User.objects.create_user("new@comer.example", name="New"))


@pytest.fixture
def _one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_company: str, folder: Path) -> None:
        (folder / "truth.json").write_text("{}")
        (folder / "spend.csv").write_text("nothing\nknown\n")

    monkeypatch.setattr("gouvernail.simulate.company.write", write)


def _open(client: Client, company: str = "watches") -> Workspace:
    answer = client.post("/organisations/demonstration", {"company": company})
    assert answer.status_code == 302
    return Workspace.objects.get(slug=answer.headers["Location"].split("/")[-2])


def test_a_newcomer_is_offered_every_company_and_whoever_has_one_is_not(newcomer: Client) -> None:
    page = newcomer.get("/organisations/").content.decode()

    assert all(f'value="{company}"' in page for company in ("antoine", "watches", "eco"))
    Membership.objects.create(
        workspace=Workspace.objects.create(slug="demo", name="Demo", demo=True),
        user=User.objects.get(email="new@comer.example"),
        role=Role.owner,
    )
    assert "Open the demonstration" not in newcomer.get("/organisations/").content.decode()


@pytest.mark.usefixtures("_one_file")
def test_it_is_loaded_marked_and_its_owners_to_delete(newcomer: Client) -> None:
    workspace = _open(newcomer)

    assert (workspace.demo, workspace.today is not None) == (True, True)
    assert workspace.demonstration.state == DemonstrationState.ready
    assert store.head(workspace) == 1
    assert store.read(workspace).organisation.name == workspace.name
    assert shelf.look(shelf.question(workspace)) is not None
    assert list(workspace.memberships.values_list("role", flat=True)) == [Role.owner]
    assert newcomer.get(f"/organisations/demonstration/{workspace.slug}/").headers["Location"] == (
        f"/o/{workspace.slug}/"
    )
    assert "Demonstration" in newcomer.get("/organisations/").content.decode()
    newcomer.post(f"/o/{workspace.slug}/settings/danger/delete", {"name": workspace.name})
    assert not Demonstration.objects.exists()
    assert not workspace.folder.exists()


@pytest.mark.usefixtures("_one_file")
def test_loading_begun_anew_ends_as_if_it_had_run_once(newcomer: Client) -> None:
    workspace = _open(newcomer)

    told: list[float] = []
    demonstration.load(workspace.demonstration, told.append)

    assert store.head(workspace) == 1
    assert told == [demonstration.FILES, demonstration.FIGURES]


def test_what_failed_says_so_and_is_tried_again(newcomer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(demonstration, "load", broken)
    workspace = _open(newcomer)
    address = f"/organisations/demonstration/{workspace.slug}/"

    assert "It could not be loaded" in newcomer.get(address).content.decode()
    assert newcomer.get(f"/organisations/go/{workspace.slug}").headers["Location"] == address
    monkeypatch.setattr(demonstration, "load", lambda *_: None)
    newcomer.post(f"{address}again")
    assert Demonstration.objects.get().state == DemonstrationState.ready
    done = newcomer.get(address, headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == f"/o/{workspace.slug}/"


def test_the_page_asks_for_its_state_until_it_is_there(
    newcomer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "enqueue", lambda _: None)
    workspace = _open(newcomer)
    address = f"/organisations/demonstration/{workspace.slug}/"

    state = newcomer.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f'hx-get="{address}"' in state
    assert "<html" not in state


def test_nobody_else_sees_it_and_a_stranger_company_is_none(
    newcomer: Client, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "enqueue", lambda _: None)
    workspace = _open(newcomer)
    other = signed_in(User.objects.create_user("other@comer.example"))

    for path in ("", "again"):
        answer = other.post if path else other.get
        assert answer(f"/organisations/demonstration/{workspace.slug}/{path}").status_code == 404
    assert newcomer.post("/organisations/demonstration", {"company": "acme"}).status_code == 404
    assert newcomer.get("/organisations/demonstration").status_code == 405
    assert Client().post("/organisations/demonstration", {"company": "eco"}).status_code == 302
    for _ in range(A_DAY):
        newcomer.post("/organisations/demonstration", {"company": "watches"})
    assert Workspace.objects.count() == A_DAY
