"""Scenarios: a branch to work in, compared, merged element by element, or given up."""

import pytest
from django.test import Client
from django.urls import reverse

from gouvernail.plan.model import Plan
from gouvernail.web.plans import comparing, store
from gouvernail.web.plans.models import Scenario
from gouvernail.web.plans.store import Change
from gouvernail.web.plans.views import branches as views
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn


def _at(name: str, *args: object) -> str:
    return reverse(name, args=["acme", *args])


def _opened(owner: Client, name: str = "Bolder") -> Scenario:
    owner.post(_at("scenario-open"), {"name": name})
    return Scenario.objects.latest("pk")


def test_work_in_a_scenario_leaves_the_plan_alone(workspace: Workspace, plan: Plan, owner: Client) -> None:
    scenario, id = _opened(owner), plan.values[0].id
    page = owner.get(_at("element-edit", "values", id)).content.decode()
    assert "You work in the scenario “Bolder”" in page

    owner.post(_at("element-edit", "values", id), {"title": "Bold", "base": store.head(workspace, scenario)})
    assert store.read(workspace) == plan
    assert store.read(workspace, scenario=scenario).by_id[id].title == "Bold"
    assert "Bold" in owner.get(_at("scenario", scenario.pk)).content.decode()

    owner.post(_at("scenario-work"), {})
    assert "You work in the scenario" not in owner.get(_at("plan")).content.decode()


def test_a_scenario_is_merged(workspace: Workspace, plan: Plan, owner: Client) -> None:
    scenario = _opened(owner)
    store.commit(workspace, None, [Change("values", "bold", {"title": "Bold"})], scenario=scenario)
    store.commit(workspace, None, [Change("needs", "other", {"title": "Meanwhile"})])
    owner.post(_at("scenario-merge", scenario.pk), {"head": store.head(workspace)})

    after = store.read(workspace).by_id
    assert {"bold", "other"} <= set(after)
    scenario.refresh_from_db()
    assert scenario.merged


def test_what_both_sides_changed_is_chosen_field_by_field(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    scenario, id = _opened(owner), plan.values[0].id
    store.commit(
        workspace, None, [Change("values", id, {"title": "Scenario", "text": "S"})], scenario=scenario
    )
    store.commit(workspace, None, [Change("values", id, {"title": "Plan", "text": "P"})])
    page = owner.get(_at("scenario", scenario.pk)).content.decode()
    assert "1 element changed on both sides" in page

    owner.post(
        _at("scenario-merge", scenario.pk),
        {
            "head": store.head(workspace),
            f"pick|values|{id}|title": "theirs",
            f"pick|values|{id}|text": "mine",
        },
    )
    kept = store.read(workspace).by_id[id]
    assert (kept.title, kept.text) == ("Plan", "S")


@pytest.mark.parametrize(
    ("rest", "wanted"), [("mine", ("Scenario 1", "Plan")), ("theirs", ("Plan 1", "Plan"))]
)
def test_where_very_many_changed_on_both_sides_the_rest_are_chosen_at_once(
    workspace: Workspace,
    plan: Plan,
    owner: Client,
    monkeypatch: pytest.MonkeyPatch,
    rest: str,
    wanted: tuple[str, str],
) -> None:
    monkeypatch.setattr(views, "MOST", 1)
    both = [f"new-{n}" for n in range(2)]
    store.commit(workspace, None, [Change("values", id, {"title": id, "text": "Before"}) for id in both])
    scenario = _opened(owner)
    theirs = [Change("values", id, {"title": f"Plan {n}", "text": "Plan"}) for n, id in enumerate(both)]
    mine = [Change("values", id, {"title": f"Scenario {n}", "text": "Before"}) for n, id in enumerate(both)]
    store.commit(workspace, None, mine, scenario=scenario)
    store.commit(workspace, None, theirs)

    page = owner.get(_at("scenario", scenario.pk)).content.decode()
    assert "2 elements changed on both sides" in page
    assert "1 element more" in page
    owner.post(_at("scenario-merge", scenario.pk), {"head": store.head(workspace), "rest": rest})

    kept = store.read(workspace).by_id["new-1"]
    assert (kept.title, kept.text) == wanted


def test_a_plan_that_moved_on_is_looked_at_again(workspace: Workspace, plan: Plan, owner: Client) -> None:
    scenario = _opened(owner)
    store.commit(workspace, None, [Change("values", "bold", {"title": "Bold"})], scenario=scenario)
    page = owner.post(_at("scenario-merge", scenario.pk), {"head": 0}, follow=True).content.decode()

    assert "changed meanwhile" in page
    assert "bold" not in store.read(workspace).by_id


def test_a_scenario_given_up_is_worked_in_no_more(workspace: Workspace, plan: Plan, owner: Client) -> None:
    scenario = _opened(owner)
    owner.post(_at("scenario-drop", scenario.pk))

    assert "You work in the scenario" not in owner.get(_at("plan")).content.decode()
    assert owner.post(_at("scenario-merge", scenario.pk), {"head": 1}).status_code == 404
    assert owner.get(_at("scenario", scenario.pk)).status_code == 200


def test_merging_is_for_those_who_decide(
    workspace: Workspace, plan: Plan, owner: Client, join: Join, signed_in: SignedIn
) -> None:
    scenario = _opened(owner)

    assert signed_in(join(Role.contributor)).post(_at("scenario-merge", scenario.pk)).status_code == 403


def test_another_organisations_scenario_is_not_found(workspace: Workspace, plan: Plan, owner: Client) -> None:
    other = Workspace.objects.create(slug="rival", name="Rival")
    theirs = Scenario.objects.create(workspace=other, name="Secret", base=0)

    assert owner.get(_at("scenario", theirs.pk)).status_code == 404
    assert owner.post(_at("scenario-work"), {"scenario": theirs.pk}).status_code == 404


def test_what_a_scenario_changes_is_summed_up_filtered_and_leafed_through(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    scenario = _opened(owner)
    many = [Change("needs", f"n{number}", {"title": f"Need {number}"}) for number in range(60)]
    changed = Change("values", plan.values[0].id, {"title": "Bold"})
    store.commit(workspace, None, [*many, changed], scenario=scenario)
    first = owner.get(_at("scenario", scenario.pk))
    last = owner.get(_at("scenario", scenario.pk), {"page": "3", "part": "needs"}).content.decode()

    assert first.context["moves"].count == 61
    assert first.content.decode().count('<details class="element-move"') == comparing.PER_PAGE
    assert last.count('<details class="element-move"') == 10
    assert "Merge into the plan" in last


def test_a_scenario_that_changes_nothing_is_not_merged(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    page = owner.get(_at("scenario", _opened(owner).pk)).content.decode()

    assert "Nothing yet. Work in it" in page
    assert "Merge into the plan" not in page
