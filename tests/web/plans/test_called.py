"""Elements without a title are called by what they are about, never by their id alone."""

from django.test import Client

from gouvernail.plan.load import load_text
from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.plans.called import called
from gouvernail.web.plans.store import Change
from gouvernail.web.workspaces.models import Workspace

PLAN = """
version: 1
organisation: {name: Acme}
objectives: [{id: more, title: More of it}]
responsibilities: [{id: raci-more, element: more}, {id: raci-gone, element: nowhere}]
evaluations: [{id: eval-1, objective: more, date: 2026-03-01}]
"""


def test_an_element_is_called_by_its_title_or_what_it_is_about() -> None:
    plan = load_text(PLAN).plan

    assert [called(one, plan) for one in plan.elements()] == [
        "More of it",
        "More of it",
        "raci-gone",
        "More of it",
    ]


def test_search_and_lists_show_no_id(owner: Client, workspace: Workspace, plan: Plan) -> None:
    written = load_text(PLAN).plan
    store.commit(workspace, None, store.replacement(workspace, written).changes, note="start")

    found = owner.get("/o/acme/search?q=raci-more").content.decode()
    listed = owner.get("/o/acme/plan/section/responsibilities/").content.decode()

    assert ">raci-more<" not in found + listed
    assert "<strong>More of it</strong>" in listed


def test_a_comparison_of_nothing_leads_to_the_history(owner: Client, workspace: Workspace) -> None:
    answer = owner.get("/o/acme/plan/compare/")

    assert answer.headers["Location"] == "/o/acme/plan/history/"


def test_what_a_history_names_keeps_its_name_once_it_is_gone(owner: Client, workspace: Workspace) -> None:
    store.commit(workspace, None, [Change("objectives", "once", {"title": "Growth of long ago"})])
    store.commit(workspace, None, [Change("actions", "walk", {"title": "Walk", "serves": [{"id": "once"}]})])
    store.commit(workspace, None, [Change("actions", "walk", {"title": "Walk"})])
    store.commit(workspace, None, [Change("objectives", "once", None)])

    told = owner.get("/o/acme/plan/element/actions/walk/").content.decode()

    assert "Growth of long ago" in told
    assert ">once<" not in told
    assert "“Growth of long ago” is not in the plan any more" in (
        owner.get("/o/acme/plan/element/objectives/once/").content.decode()
    )
