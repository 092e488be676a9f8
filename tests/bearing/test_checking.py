"""A plan opened and checked: every fault with its place, every finding with its cost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from gouvernail.base.errors import PlanError
from gouvernail.bearing.chain import chain_rows
from gouvernail.bearing.checking import check_loaded, open_plan
from gouvernail.plan.graph import Graph
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.locations import Locations
from gouvernail.plan.model import Layer, Plan
from tests.bearing.company import TODAY, write_plan
from tests.bearing.test_soundness import ladder
from tests.plan.strategies import plans


def faults(folder: Path, words: str) -> list[tuple[int, str]]:
    """Line and suggestion of each fault."""
    with pytest.raises(PlanError) as caught:
        open_plan(write_plan(folder, words))
    return [(fault.line, fault.suggestion) for fault in caught.value.faults]  # type: ignore[attr-defined]


def test_formulas_that_turn_in_a_circle_are_faults_of_the_plan(tmp_path: Path) -> None:
    words = """\
drivers:
  - id: up
    metric: revenue
    formula: leads * 100
  - id: down
    metric: leads
    formula: revenue / 100
"""
    found = faults(tmp_path, words)

    assert found != []
    assert {line for line, _ in found} <= {4, 7}


def test_unknown_metric_of_a_formula_is_a_fault_with_a_suggestion(tmp_path: Path) -> None:
    assert faults(tmp_path, "drivers:\n  - {id: d, metric: revenue, formula: lead * win_rat}\n") == [
        (2, "leads"),
        (2, "win_rate"),
    ]


@pytest.mark.parametrize("formula", ["leads *", "leads + )", "2 leads", "leads ** 2", "import os", '""'])
def test_formula_that_is_none_is_a_fault_with_its_line(tmp_path: Path, formula: str) -> None:
    assert [
        line
        for line, _ in faults(tmp_path, f"drivers:\n  - id: d\n    metric: revenue\n    formula: {formula}\n")
    ] == [4]


def test_formulas_of_own_metrics_are_read_too(tmp_path: Path) -> None:
    words = "metrics:\n  - id: own\n    title: Own\n    formula: leads + nothing_like_it\n"

    assert [line for line, _ in faults(tmp_path, words)] == [4]


def test_good_formulas_open(tmp_path: Path) -> None:
    words = """\
metrics:
  - {id: own, title: Own, formula: leads / spend}
drivers:
  - {id: d, metric: revenue, formula: own * 3 + average_deal_value}
"""

    assert len(open_plan(write_plan(tmp_path, words)).plan.drivers) == 1


def test_unknown_name_written_twice_in_a_field_is_one_finding(tmp_path: Path) -> None:
    checked = check_loaded(
        open_plan(write_plan(tmp_path, "objectives: [{id: o, serves: [nobody, nobody]}]\n")), today=TODAY
    )

    assert [one.finding.identity for one in checked.findings].count("REF01:o:serves:nobody") == 1
    assert sum((one.cost for one in checked.findings), Decimal(0)) == 100 - checked.coherence.score


def test_losses_of_the_empty_plan_are_all_hundred_points(tmp_path: Path) -> None:
    checked = check_loaded(open_plan(write_plan(tmp_path, "")), today=TODAY)

    assert checked.coherence.score == 0
    assert sum((loss.cost for loss in checked.coherence.losses), Decimal(0)) == 100
    assert {loss.layer for loss in checked.coherence.losses} == set(Layer)


@settings(max_examples=30)
@given(plans())
def test_any_plan_is_checked_and_its_losses_sum_exactly(plan: Plan) -> None:
    checked = check_loaded(LoadedPlan(plan, Locations({}, {}), ""), today=TODAY)

    assert sum((loss.cost for loss in checked.coherence.losses), Decimal(0)) == 100 - checked.coherence.score
    assert sum((one.cost for one in checked.findings), Decimal(0)) == 100 - checked.coherence.score
    identities = [one.finding.identity for one in checked.findings]
    assert len(set(identities)) == len(identities)


@settings(max_examples=25)
@given(plans())
def test_chain_shows_every_element_of_the_layers_once(plan: Plan) -> None:
    """Circles and danglings too."""
    rows = chain_rows(LoadedPlan(plan, Locations({}, {}), ""), Graph(plan), ())

    assert sorted(row.id for row in rows) == sorted(
        one.id for one in plan.elements() if one.layer is not None
    )
    assert [row.layer for row in rows] == sorted((row.layer for row in rows), key=list(Layer).index)


def test_chain_of_any_length_is_shown() -> None:
    plan = ladder(3000)

    rows = chain_rows(LoadedPlan(plan, Locations({}, {}), ""), Graph(plan), ())

    assert [row.depth for row in rows if row.layer is Layer.objectives] == list(range(3001))
