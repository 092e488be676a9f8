"""The driver tree: the cascade of S1, the translation of S3, and what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.errors import FormulaError
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.metrics.drivers import Tree

FORMULAS = {
    "revenue": "won_deals * average_deal_value",
    "won_deals": "qualified_leads * win_rate",
}
VALUES = {"qualified_leads": 100.0, "win_rate": 0.2, "average_deal_value": 1000.0}


def _number(outcome: object) -> float:
    assert isinstance(outcome, Estimate)
    return outcome.value


def test_cascade_of_the_article() -> None:
    """S1: leads +20 % and conversion +5 % make +26 %, basket and market constant."""
    grown = Tree(FORMULAS).cascade("revenue", VALUES, {"qualified_leads": 1.20, "win_rate": 1.05})

    assert _number(grown) == pytest.approx(1.26)


def test_required_growth_of_the_missing_target() -> None:
    tree = Tree(FORMULAS)

    missing = tree.required_growth("revenue", 1.26, VALUES, "win_rate", {"qualified_leads": 1.20})

    assert _number(missing) == pytest.approx(1.05)


def test_required_growth_of_an_inner_metric() -> None:
    missing = Tree(FORMULAS).required_growth(
        "revenue", 1.26, VALUES, "won_deals", {"average_deal_value": 1.05}
    )

    assert _number(missing) == pytest.approx(1.20)


def test_evaluate_works_up_from_the_leaves() -> None:
    assert Tree(FORMULAS).evaluate(VALUES) == {**VALUES, "won_deals": 20.0, "revenue": 20_000.0}


def test_evaluate_takes_a_given_value_where_parts_are_missing() -> None:
    found = Tree(FORMULAS).evaluate({"won_deals": 7.0, "average_deal_value": 10.0})

    assert found == {"won_deals": 7.0, "average_deal_value": 10.0, "revenue": 70.0}


def test_gradient_goes_through_nested_formulas() -> None:
    assert Tree(FORMULAS).gradient("revenue", VALUES) == {
        "revenue": 1.0,
        "won_deals": 1000.0,
        "average_deal_value": 20.0,
        "qualified_leads": 200.0,
        "win_rate": 100_000.0,
    }


def test_gradient_adds_the_ways_of_a_shared_metric() -> None:
    tree = Tree({"profit": "sales - costs", "sales": "visits * 3", "costs": "visits * 2"})

    assert tree.gradient("profit", {"visits": 10.0}) == {
        "profit": 1.0,
        "sales": 1.0,
        "costs": -1.0,
        "visits": 1.0,
    }


@given(st.floats(1, 1e4), st.floats(0.01, 1), st.floats(1, 1e5), st.sampled_from(sorted(VALUES)))
def test_gradient_is_the_slope(leads: float, rate: float, value: float, metric: str) -> None:
    tree = Tree({"x": "qualified_leads * win_rate * average_deal_value / (win_rate + 2) - qualified_leads"})
    at = {"qualified_leads": leads, "win_rate": rate, "average_deal_value": value}
    step = at[metric] * 1e-6
    up, down = ({**at, metric: at[metric] + sign * step} for sign in (1, -1))

    slopes = tree.gradient("x", at)

    numeric = (tree.evaluate(up)["x"] - tree.evaluate(down)["x"]) / (2 * step)
    assert slopes is not None
    scale = sum(abs(slope * at[name]) for name, slope in slopes.items() if name in at) / at[metric] + 1
    assert slopes[metric] == pytest.approx(numeric, abs=1e-6 * scale)


def test_worth_tells_a_point_in_money() -> None:
    """S3: +0.4 point of win rate, in the currency of management."""
    assert _number(Tree(FORMULAS).worth("revenue", "win_rate", 0.004, VALUES)) == pytest.approx(400)


def test_worth_without_path_refuses() -> None:
    refused = Tree(FORMULAS).worth("revenue", "likes", 1, VALUES)

    assert isinstance(refused, Refusal)
    assert refused.code == "no_path"


def test_solve_finds_a_divisor() -> None:
    tree = Tree({"cac": "spend / new_customers"})

    found = tree.solve("cac", 50, {"spend": 1000.0, "new_customers": 10.0}, "new_customers")

    assert _number(found) == pytest.approx(20)


def test_solve_finds_a_curved_answer() -> None:
    tree = Tree({"y": "x * x + 1"})

    assert _number(tree.solve("y", 10, {"x": 1.0}, "x")) == pytest.approx(3)


def test_solve_without_solution_refuses() -> None:
    refused = Tree({"y": "x * x + 1"}).solve("y", -5, {"x": 1.0}, "x")

    assert isinstance(refused, Refusal)
    assert refused.code == "no_solution"


def test_paths_are_chains_from_child_to_root() -> None:
    assert Tree(FORMULAS).paths("win_rate", "revenue") == (("win_rate", "won_deals", "revenue"),)
    assert Tree(FORMULAS).paths("likes", "revenue") == ()


def test_faults_lists_all_of_them() -> None:
    formulas = {"a": "b + 1", "b": "a", "c": "revenu * 2", "d": "(1"}

    faults = Tree.faults(formulas, known=["revenue"])

    assert [(each.metric, each.code, each.suggestion) for each in faults] == [
        ("d", "bad_formula", None),
        ("c", "unknown_metric", "revenue"),
        ("a", "cycle", None),
    ]
    assert str(faults[1].message) == "There is no metric “revenu”. Did you mean “revenue”?"
    assert str(faults[2].message) == "Formulas go round in a circle: a → b → a."


def test_tree_with_a_cycle_is_refused() -> None:
    with pytest.raises(FormulaError, match="circle"):
        Tree({"a": "b", "b": "a"})
