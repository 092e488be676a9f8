"""Planned money in time, and money that no rate converts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Period, parse_period
from gouvernail.bearing.model import Bearing
from gouvernail.bearing.spending import planned_in
from gouvernail.plan.model import Plan
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import PLAN, bearing_of, fill, rows, write_plan


def planned(period: str, **action: Any) -> Decimal:
    plan = Plan.model_validate(
        {
            "organisation": {"currency": "CHF"},
            "envelopes": [{"id": "e", "start": "2026-01-01", "end": "2026-01-31"}],
            "objectives": [{"id": "o", "start": "2026-01-01", "due": "2026-02-28"}],
            "actions": [{"id": "a", **action}],
        }
    )
    money = planned_in(plan.actions[0], plan, parse_period(period))
    assert money.currency == "CHF"
    return money.amount


YEAR = {"budget": 365, "start": "2026-01-01", "end": "2026-12-31"}


@pytest.mark.parametrize(
    ("period", "amount"),
    [("2026-02", 28), ("2026", 365), ("2025", 0), ("2025-12-31..2026-01-02", 2), ("2026-12-31", 1)],
)
def test_budget_is_spread_over_its_days_alike(period: str, amount: int) -> None:
    assert planned(period, **YEAR) == amount


def test_action_without_dates_takes_those_of_its_envelope_then_of_its_objective() -> None:
    assert planned("2026-01-10", budget=31, envelope="e", serves="o") == 1
    assert planned("2026-01", budget=59, serves="o") == 31
    assert planned("2026-01", budget=59, serves=["nobody", "o"]) == 31


def test_action_with_one_date_borrows_the_other() -> None:
    assert planned("2026-01", budget=31, start="2026-01-30", envelope="e") == 31


@pytest.mark.parametrize(
    "action",
    [
        {"budget": 100},
        {"start": "2026-01-01", "end": "2026-12-31"},
        {"budget": 100, "start": "2026-12-31", "end": "2026-01-01"},
        {"budget": 0, "start": "2026-01-01", "end": "2026-12-31"},
    ],
    ids=["no dates", "no budget", "ends before it starts", "zero"],
)
def test_money_without_a_place_in_time_counts_in_no_period(action: dict[str, Any]) -> None:
    assert planned("2026", **action) == 0


@given(st.decimals("0", "1e15", places=2), st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_money_of_a_period_that_holds_the_action_is_its_budget(
    amount: Decimal, start: date, days: int
) -> None:
    end = date.fromordinal(start.toordinal() + days)
    plan = Plan.model_validate({"actions": [{"id": "a", "budget": amount, "start": start, "end": end}]})

    assert planned_in(plan.actions[0], plan, Period(date(1999, 1, 1), date(2040, 1, 1))).amount == amount


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Lake]:
    """The company of two months, whose second campaign is paid in euros."""
    folder = tmp_path_factory.mktemp("abroad")
    facts = rows(range(20, 22))
    for row in facts["spend"]:
        row["currency"] = "EUR" if row["campaign"] == "Mystery" else "CHF"
    lake = Lake.open(folder / "lake")
    fill(lake, facts)
    return folder, lake


def taken(abroad: tuple[Path, Lake], words: str) -> Bearing:
    folder, lake = abroad
    return bearing_of(write_plan(folder, words), lake)


def test_foreign_money_counts_at_its_rate(abroad: tuple[Path, Lake]) -> None:
    rate = "language: en\n  exchange_rates: [{currency: EUR, day: 2025-01-01, rate: 0.9}]"

    bearing = taken(abroad, PLAN.replace("language: en", rate))

    assert bearing.figures.aligned_spend.unmatched == Money(Decimal(9), "CHF")
    assert bearing.figures.returns.cost == Money(Decimal(130), "CHF")


def test_foreign_money_without_a_rate_is_said_to_be_left_out(abroad: tuple[Path, Lake]) -> None:
    """Ten euros to nobody's campaign: a return over the francs alone would be too good."""
    bearing = taken(abroad, PLAN)

    returns = bearing.figures.returns
    assert isinstance(returns.value, Refusal)
    assert (returns.value.code, returns.cost) == ("no_rate", None)
    assert returns.value.reason.render("en").startswith("Spend in EUR is left out, for want of a rate")
    assert [one.reason for one in bearing.not_checked if one.code == "BUD04"] == [returns.value.reason]
