"""The cascade of objectives against hand calculations and its laws."""

from math import prod
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gouvernail.base.formula import evaluate
from gouvernail.checks.cascade import Cascade, cascades
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.index import Index
from gouvernail.checks.runner import check
from gouvernail.plan.model import Plan
from tests.checks.casebook import TODAY

METRICS = ("leads", "win_rate", "average_deal_value", "new_customers")
PARTS = ("new_customer_revenue", "pipeline_value", "gross_margin", "average_order_value")
RATIO = st.integers(50, 200).map(lambda n: n / 100)
AMOUNT = st.integers(1, 1000)


def objective(id: str, metric: str, baseline: float, target: float, **more: Any) -> dict[str, Any]:
    return {"id": id, "metric": metric, "baseline": baseline, "target": round(target, 10), **more}


def only(formula: str, *objectives: dict[str, Any]) -> Cascade:
    plan = Plan.model_validate(
        {"drivers": [{"id": "d", "metric": "revenue", "formula": formula}], "objectives": list(objectives)}
    )
    (found,) = cascades(Index(plan))
    return found


def test_example_of_s1_reaches_26_per_cent_where_10_are_wanted() -> None:
    found = only(
        "leads * win_rate * average_deal_value",
        objective("o", "revenue", 100, 110),
        objective("l", "leads", 1000, 1200, serves="o"),
        objective("c", "win_rate", 0.20, 0.21, serves="o"),
    )

    assert found.reached == pytest.approx(0.26, abs=1e-12)
    assert found.short == pytest.approx(-0.16, abs=1e-12)
    assert found.unknown == ()
    assert found.closing(found.children[0]) == pytest.approx(1000 * 1.10 / 1.05)
    assert found.closing(found.children[1]) == pytest.approx(0.20 * 1.10 / 1.20)


@given(st.lists(st.tuples(AMOUNT, RATIO), min_size=1, max_size=4), RATIO)
def test_product_reaches_the_product_of_its_changes(moves: list[tuple[int, float]], wanted: float) -> None:
    children = [
        objective(f"c{i}", METRICS[i], start, start * ratio, serves="o")
        for i, (start, ratio) in enumerate(moves)
    ]
    found = only(" * ".join(METRICS), objective("o", "revenue", 1000, 1000 * wanted), *children)

    assert found.reached == pytest.approx(prod(ratio for _, ratio in moves) - 1, abs=1e-9)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=4), AMOUNT, RATIO)
def test_sum_reaches_the_sum_of_its_moves(moves: list[tuple[int, int]], rest: int, wanted: float) -> None:
    """All but one part have a sub-objective; the last is what the parent's baseline leaves."""
    whole = sum(start for start, _ in moves) + rest
    children = [
        objective(f"c{i}", PARTS[i], start, target, serves="o") for i, (start, target) in enumerate(moves)
    ]
    formula = " + ".join((*PARTS[: len(moves)], "cpc"))
    found = only(formula, objective("o", "revenue", whole, whole * wanted), *children)

    moved = sum(target - start for start, target in moves)
    assert found.unknown == ()
    assert found.reached == pytest.approx(moved / whole, abs=1e-9)


@given(
    st.sampled_from(
        ["leads * win_rate", "leads * win_rate + cpc", "leads / win_rate", "cpc + leads - win_rate", "-leads * 2 + win_rate * 3"]
    ),
    AMOUNT,
    AMOUNT,
    RATIO,
    RATIO,
    RATIO,
)  # fmt: skip
def test_closing_target_closes_the_gap(
    formula: str, leads: int, rate: int, more: float, better: float, wanted: float
) -> None:
    found = only(
        formula,
        objective("o", "revenue", 50_000, 50_000 * wanted),
        objective("l", "leads", leads, leads * more, serves="o"),
        objective("w", "win_rate", rate, rate * better, serves="o"),
        objective("c", "cpc", 77, 77),
    )
    assume(found.reached is not None and not found.unknown)

    for child in found.children:
        needed = found.closing(child)
        if needed is None or found.reach is None:
            continue
        targets = {"leads": leads * more, "win_rate": rate * better, str(child.metric): needed}
        assert found.reach(targets) == pytest.approx(found.wanted, abs=1e-8)


def test_closing_target_of_a_monthly_part_stands_over_a_month() -> None:
    found = only(
        "new_customer_revenue + cpc",
        objective("o", "revenue", 1200, 1440),
        objective("n", "new_customer_revenue", 50, 60, serves="o", window="monthly"),
    )

    # 12 × 50 = 600, the rest is 600; 1,440 − 600 = 840 = 12 × 70.
    assert found.reached == pytest.approx(0.10)
    assert found.closing(found.children[0]) == pytest.approx(70)


def test_several_children_and_a_missing_target_count_what_is_known() -> None:
    found = only(
        "leads * win_rate",
        objective("o", "revenue", 100, 120),
        objective("a", "leads", 60, 70, serves="o"),
        objective("b", "leads", 40, 40, serves="o"),
        {"id": "c", "metric": "win_rate", "baseline": 0.2, "serves": "o"},
    )

    assert [child.id for child in found.children] == ["a", "b"]
    assert found.reached == pytest.approx(0.10)


@given(AMOUNT, AMOUNT, AMOUNT)
def test_from_zero_the_values_themselves_are_told(leads: int, rate: int, wanted: int) -> None:
    found = only(
        "leads * win_rate",
        objective("o", "revenue", 0, wanted),
        objective("l", "leads", 0, leads, serves="o"),
        objective("w", "win_rate", 0, rate, serves="o"),
    )

    assert found.absolute
    assert (found.wanted, found.reached) == (wanted, leads * rate)


def test_ten_thousand_objectives_are_worked_out_in_linear_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each metric's value is asked a bounded number of times per objective, however many others there are."""
    asked = 0

    def counted(*arguments: Any) -> Any:
        nonlocal asked
        asked += 1
        return evaluate(*arguments)

    monkeypatch.setattr("gouvernail.checks.reckoning.evaluate", counted)
    parents = [objective(f"o{i}", "revenue", 100, 120) for i in range(500)]
    children = [objective(f"c{i}", "leads", 100, 110, serves=f"o{i}") for i in range(500)]
    plan = Plan.model_validate(
        {
            "drivers": [{"id": "d", "metric": "revenue", "formula": "leads * win_rate"}],
            "objectives": parents + children,
        }
    )

    assert len(check(plan, today=TODAY, rules={"CAS01": RULES["CAS01"]}).findings) == 500
    assert asked <= 500 * 30
