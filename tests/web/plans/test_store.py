"""The plan in the database: nothing is lost, nobody overwrites anybody unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.plans.models import Scenario
from gouvernail.web.plans.store import Change, Conflict
from gouvernail.web.workspaces.models import Workspace
from tests.plan.strategies import plans as any_plans


def plans() -> SearchStrategy[Plan]:
    """Plans without the character of number 0, which is dropped on the way in: PostgreSQL cannot keep it."""
    return any_plans().filter(lambda plan: "\\u0000" not in plan.model_dump_json())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans())
def test_bodies_make_the_same_plan(plan: Plan) -> None:
    assert store.assemble(store.bodies_of(plan)) == plan


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans(), plans())
def test_a_plan_written_over_another_reads_back_and_the_first_is_still_there(
    workspace: Workspace, first: Plan, second: Plan
) -> None:
    store.commit(workspace, None, store.replacement(workspace, first).changes)
    before = store.head(workspace)
    store.commit(workspace, None, store.replacement(workspace, second).changes)

    assert store.read(workspace) == second
    assert store.read(workspace, number=before) == first


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans(), plans(), plans())
def test_a_plan_read_after_each_change_is_the_plan_read_anew(
    workspace: Workspace, first: Plan, second: Plan, third: Plan
) -> None:
    """What was read before is carried on: the order, what came, what went, and what is no element."""
    for one in (first, second, third, first):
        for section in ("values", "rules", "organisation", ""):
            changes = store.replacement(workspace, one).changes
            store.commit(workspace, None, [c for c in changes if section in (c.section, "")])
            carried = store.read(workspace)
            store.forget()
            assert store.read(workspace) == carried
            assert carried.by_id.keys() == {element.id for element in carried.elements()}


def test_a_scenario_read_after_each_change_is_the_scenario_read_anew(
    workspace: Workspace, plan: Plan
) -> None:
    scenario = Scenario.objects.create(workspace=workspace, name="Bolder", base=store.head(workspace))
    id = plan.actions[0].id
    steps = [
        [Change("actions", id, None)],
        [Change("actions", id, {"title": "Back"}), Change("values", "bold", {"title": "Bold"})],
        [Change("values", "bold", {"title": "Bolder"}, place=1)],
        [Change("rules", "rules", {"ignore": [{"rule": "VAL01", "reason": "So it is."}]})],
    ]
    for step in steps:
        store.read(workspace, scenario=scenario)
        store.commit(workspace, None, step, scenario=scenario)
        carried = store.read(workspace, scenario=scenario)
        store.forget()
        assert store.read(workspace, scenario=scenario) == carried


def test_a_number_that_is_still_to_come_is_not_carried_on(workspace: Workspace, plan: Plan) -> None:
    early = store.head(workspace) + 2
    store.read(workspace, number=early)
    for title in ("One", "Two", "Three"):
        store.commit(workspace, None, [Change("values", title.lower(), {"title": title})])

    names = {one.id for one in store.read(workspace).values}
    assert names >= {"one", "two", "three"}


def test_a_change_reads_what_it_changes_and_no_more(workspace: Workspace, plan: Plan) -> None:
    many = [Change("values", f"v{i}", {"title": f"Value {i}"}) for i in range(300)]
    store.commit(workspace, None, many)
    store.read(workspace)
    with CaptureQueriesContext(connection) as asked:
        store.commit(workspace, None, [Change("values", "v7", {"title": "Seven"})])
        assert store.read(workspace).by_id["v7"].name == "Seven"
    bodies = [one["sql"] for one in asked if '"body"' in one["sql"] and one["sql"].startswith("SELECT")]
    assert bodies
    assert all("v7" in sql or '"number" > ' in sql for sql in bodies)


def test_two_people_on_different_elements_never_meet(workspace: Workspace, plan: Plan) -> None:
    base = store.head(workspace)
    store.commit(workspace, None, [Change("values", "new", {"title": "One"}, base)])
    store.commit(workspace, None, [Change("needs", "other", {"title": "Two"}, base)])

    assert {one.id for one in store.read(workspace).values} >= {"new"}


def test_the_second_on_one_element_is_shown_both_versions(workspace: Workspace, plan: Plan) -> None:
    base, id = store.head(workspace), plan.values[0].id
    store.commit(workspace, None, [Change("values", id, {"title": "Mine"}, base)])

    with pytest.raises(Conflict) as caught:
        store.commit(workspace, None, [Change("values", id, {"title": "Yours"}, base)])
    assert caught.value.theirs.body == {"title": "Mine"}
    assert caught.value.mine == {"title": "Yours"}


def test_a_scenario_lies_over_the_plan_and_leaves_it_alone(workspace: Workspace, plan: Plan) -> None:
    scenario = Scenario.objects.create(workspace=workspace, name="Bolder", base=store.head(workspace))
    store.commit(workspace, None, [Change("values", "bold", {"title": "Bold"})], scenario=scenario)

    assert "bold" in store.read(workspace, scenario=scenario).by_id
    assert store.read(workspace) == plan


def test_what_does_not_differ_makes_no_revision(workspace: Workspace, plan: Plan) -> None:
    assert store.replacement(workspace, plan).changes == ()
    assert store.commit(workspace, None, []) is None
