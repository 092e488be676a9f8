"""Choosing, making, exporting and deleting organisations."""

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gouvernail.plan.load import load_text
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.plans.models import ElementRevision
from gouvernail.web.workspaces.making import free_slug
from gouvernail.web.workspaces.models import AuditEntry, Membership, Role, Workspace
from tests.web.conftest import Join, SignedIn

NEW = {"name": "Brand New", "slug": "", "language": "fr", "currency": "chf", "time_zone": "Europe/Zurich"}


def test_whoever_makes_an_organisation_owns_it(workspace: Workspace, signed_in: SignedIn) -> None:
    user = User.objects.create_user("cmo@part.time")
    client = signed_in(user)

    answer = client.post("/organisations/new", NEW)

    made = Workspace.objects.get(slug="brand-new")
    assert answer.headers["Location"] == "/o/brand-new/"
    assert Membership.objects.get(workspace=made).role == Role.owner
    assert store.read(made).organisation.currency == "CHF"
    assert client.session["organisation"] == "brand-new"


@pytest.mark.parametrize(
    ("field", "value"), [("slug", "acme"), ("slug", "new"), ("currency", "XYZ"), ("time_zone", "Mars/Base")]
)
def test_a_wrong_fact_makes_none(field: str, value: str, workspace: Workspace, owner: Client) -> None:
    assert owner.post("/organisations/new", {**NEW, field: value}).status_code == 200
    assert Workspace.objects.count() == 1


def test_a_free_address_is_found(workspace: Workspace) -> None:
    assert [free_slug("Acme"), free_slug("New"), free_slug("…")] == ["acme-2", "new-1", "organisation"]


def test_what_was_opened_last_is_remembered(workspace: Workspace, join: Join, signed_in: SignedIn) -> None:
    user = join(Role.reader)
    other = Workspace.objects.create(slug="rival", name="Rival")
    Membership.objects.create(workspace=other, user=user, role=Role.reader)
    client = signed_in(user)

    client.get("/organisations/go/acme")

    assert client.get("/").headers["Location"] == "/o/acme/"
    client.get("/organisations/go/rival")
    assert client.get("/").headers["Location"] == "/o/rival/"


def test_an_organisation_of_others_is_not_there(workspace: Workspace, signed_in: SignedIn) -> None:
    client = signed_in(User.objects.create_user("out@side.example"))

    assert client.get("/organisations/go/acme").status_code == 404
    assert client.post("/organisations/leave/acme").status_code == 404
    assert "Acme" not in client.get("/organisations/").content.decode()


@pytest.mark.parametrize("n", [1, 3, 300])
def test_many_organisations_stand_side_by_side(n: int, db: None, signed_in: SignedIn) -> None:
    user = User.objects.create_user("cmo@part.time", language="en")
    for i in range(n):
        one = Workspace.objects.create(slug=f"client-{i}", name=f"Client {i}")
        Membership.objects.create(workspace=one, user=user, role=Role.management)
    client = signed_in(user)

    with CaptureQueriesContext(connection) as counted:
        assert client.get("/organisations/").status_code == 200

    assert len(counted) == 7, [one["sql"] for one in counted]


def test_the_four_figures_that_are_ready_are_shown(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    reader, partner = join(Role.reader), join(Role.partner)
    shelf.order(shelf.question(workspace))

    page = signed_in(reader).get("/organisations/").content.decode()

    assert "of 100" in page
    assert "of 100" not in signed_in(partner).get("/organisations/").content.decode()


def test_everything_is_exported_and_reads_again(workspace: Workspace, plan: Plan, owner: Client) -> None:
    originals = workspace.lake_path / "originals"
    originals.mkdir(parents=True)
    (originals / "ab12").write_bytes(b"x" * 3_000_000)
    shelf.order(shelf.question(workspace))
    AuditEntry.objects.create(workspace=workspace, what="comment.made", subject="=1+1")

    answer = owner.post("/o/acme/settings/danger/export")

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert load_text(archive.read("plan.yaml").decode()).plan == plan
    assert {"originals/ab12", "findings.json", "bearing.json", "people.csv", "trail.csv"} <= set(
        archive.namelist()
    )
    assert len(archive.read("originals/ab12")) == 3_000_000
    assert "'=1+1" in archive.read("trail.csv").decode()


def test_the_name_is_typed_before_everything_goes(workspace: Workspace, plan: Plan, owner: Client) -> None:
    workspace.lake_path.mkdir(parents=True)

    assert owner.post("/o/acme/settings/danger/delete", {"name": "acme"}).status_code == 422
    assert Workspace.objects.exists()
    answer = owner.post("/o/acme/settings/danger/delete", {"name": " Acme "})

    assert answer.headers["Location"] == "/organisations/"
    assert not Workspace.objects.exists()
    assert not ElementRevision.objects.exists()
    assert not workspace.folder.exists()
    assert User.objects.exists()


@pytest.mark.parametrize("role", ["management", "reader", "partner"])
@pytest.mark.parametrize("page", ["export", "delete"])
def test_only_owners_export_and_delete(
    page: str, role: str, workspace: Workspace, join: Join, signed_in: SignedIn
) -> None:
    client = signed_in(join(role))

    assert client.post(f"/o/acme/settings/danger/{page}", {"name": "Acme"}).status_code == 403
    assert Workspace.objects.exists()
