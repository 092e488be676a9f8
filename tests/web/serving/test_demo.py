"""The demo company in the site."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from gouvernail.plan.template import template
from gouvernail.warehouse.lake import Lake
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.serving import demo
from gouvernail.web.workspaces.models import Membership, Role, Workspace

pytestmark = pytest.mark.django_db
PEOPLE = """
people:
  - {id: ada, title: Ada Roy, team: board, role: Director}
  - {id: max, title: Max Weil, team: marketing, role: Marketing}
  - {id: sam, title: Sam Joss, team: sales, role: Sales, skills: [sales]}
"""


@pytest.fixture
def material(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> demo.Material:
    monkeypatch.setenv("GOUVERNAIL_HOME", str(tmp_path / "home"))
    Lake.open(tmp_path / "lake")
    (tmp_path / "lake").mkdir(exist_ok=True)
    old = "version: 1\nrevised: 2026-01-15\norganisation: {name: Acme SA}\n" + PEOPLE
    new = old.replace("2026-01-15", "2026-09-15") + "values:\n  - {id: care, title: Care}\n"
    return demo.Material("acme-demo", "en", date(2026, 10, 1), (old, new), tmp_path / "lake")


def test_the_company_comes_with_its_history_people_and_figures(material: demo.Material) -> None:
    loaded = demo.load(material)
    workspace = Workspace.objects.get(slug=loaded.slug)

    assert (workspace.name, workspace.demo, workspace.today) == ("Acme SA", True, date(2026, 10, 1))
    days = PlanRevision.objects.order_by("number").values_list("made__date", flat=True)
    assert list(days) == [date(2026, 1, 15), date(2026, 9, 15)]
    assert [value.id for value in store.read(workspace).values] == ["care"]
    for number in (1, 2):
        assert shelf.look(shelf.question(workspace, number=number)) is not None
    roles = Membership.objects.order_by("pk").values_list("role", "person")
    assert list(roles) == [
        (Role.owner, "ada"),
        (Role.marketing, "max"),
        (Role.sales, "sam"),
        (Role.partner, ""),
        (Role.reader, ""),
    ]


def test_everybody_of_the_demo_can_sign_in(material: demo.Material) -> None:
    for account in demo.load(material).accounts:
        answer = Client().post("/sign-in/login/", {"login": account.email, "password": demo.PASSWORD})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_loading_twice_leaves_one_company(material: demo.Material) -> None:
    demo.load(material)
    demo.load(material)
    assert Workspace.objects.count() == 1
    assert PlanRevision.objects.count() == 2


def test_an_organisation_of_the_same_name_is_left_alone(material: demo.Material) -> None:
    real = Workspace.objects.create(slug=material.id, name="A real one")
    assert demo.load(material).slug == f"{material.id}-demo"
    assert demo.load(material).slug == f"{material.id}-demo"
    assert Workspace.objects.filter(pk=real.pk, name="A real one").exists()


def test_the_template_of_a_plan_can_be_a_demo_too(material: demo.Material) -> None:
    small = demo.Material("tiny", "fr", material.today, (template("Tiny", "fr"),), material.lake)
    assert demo.load(small).name == "Tiny"
