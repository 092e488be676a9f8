from __future__ import annotations

from hypothesis import given

from gouvernail.plan.diff import ChangeKind, diff
from gouvernail.plan.load import load_text
from gouvernail.plan.model import SECTIONS, Plan
from tests.plan.strategies import plans

OLD = load_text(
    "organisation: {name: Acme}\nobjectives:\n  - {id: a, target: 1}\n  - {id: b, title: Bee}\n  - {id: c, kpis: [x]}\n"
).plan
NEW = load_text(
    "organisation: {name: Acme, budget: 5}\nobjectives:\n  - {id: c, kpis: [x, y]}\n"
    "  - {id: a, target: 2, due: 2026-06-30}\n  - id: d\nrevised: 2026-05-01\n"
).plan


def test_diff_names_elements_and_fields() -> None:
    assert [str(change.message) for change in diff(OLD, NEW)] == [
        "budget of “organisation” went from nothing to 5.",
        "revised of “revised” went from nothing to May 1, 2026.",
        "target of “a” went from 1 to 2.",
        "due of “a” went from nothing to June 30, 2026.",
        "“Bee” was removed from objectives.",
        "kpis of “c” went from x to x and y.",
        "“d” was added to objectives.",
    ]


def test_diff_ignores_the_order_of_elements() -> None:
    turned = OLD.model_copy(update={"objectives": OLD.objectives[::-1]})

    assert diff(OLD, turned) == ()


@given(plans())
def test_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert diff(plan, plan) == ()


@given(plans(), plans())
def test_diff_accounts_for_every_element(old: Plan, new: Plan) -> None:
    changes = diff(old, new)
    came = {(one.section, one.element) for one in changes if one.kind is ChangeKind.added}
    went = {(one.section, one.element) for one in changes if one.kind is ChangeKind.removed}
    before = {(name, one.id) for name in SECTIONS for one in getattr(old, name)}
    after = {(name, one.id) for name in SECTIONS for one in getattr(new, name)}

    assert (before - went) | came == after
    assert all(str(change.message) and change.message.render("fr") for change in changes)
