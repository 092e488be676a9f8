"""Windows over the facts: which days a target counts over, and what rolls how."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Period, parse_period
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.chances import Chances
from gouvernail.bearing.checking import open_plan
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.gathering import gather
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.readings import periods_a_year, worth_step
from gouvernail.bearing.soundness import Ways
from gouvernail.plan.graph import Graph
from gouvernail.plan.model import Cadence
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import PERIOD, TODAY


@pytest.fixture(scope="module")
def measures(workspace: Path, lake: Lake) -> Measures:
    return Measures(open_plan(workspace / "plan.yaml").plan, lake, PERIOD)


def chance(
    measures: Measures, metric: str, window: Cadence, target: float, due: date, better: Direction
) -> Outcome:
    outcome, _ = Chances(measures).foresee(metric, window, target, due, better)
    return outcome


def number(outcome: Outcome) -> float:
    assert isinstance(outcome, Estimate), outcome
    return outcome.value


@pytest.mark.parametrize(
    ("window", "value"),
    [
        (Cadence.monthly, 12_100),
        (Cadence.quarterly, 11_900 + 12_000 + 12_100),
        (Cadence.half_yearly, 6 * 10_000 + 100 * sum(range(16, 22))),
        (Cadence.yearly, 138_600),
    ],
)
def test_trailing_window_ends_with_the_last_whole_bucket(
    measures: Measures, window: Cadence, value: int
) -> None:
    assert number(measures.trailing("revenue", window, date(2026, 9, 30))) == value
    # The 14th of October is in the middle of a month: its window is still September's.
    assert number(measures.trailing("revenue", window, date(2026, 10, 14))) == value


def test_week_and_day_windows_hold_their_own_facts(measures: Measures) -> None:
    """September's deal was won on Tuesday 15."""
    assert number(measures.trailing("revenue", Cadence.weekly, date(2026, 9, 20))) == 12_100
    assert number(measures.trailing("revenue", Cadence.daily, date(2026, 9, 15))) == 12_100


def test_rolling_sum_lacks_a_value_where_a_bucket_of_it_does(measures: Measures) -> None:
    """The facts begin in January 2025: the first whole quarter ends with March."""
    course = measures.rolling("revenue", Cadence.quarterly, parse_period("2025-01..2025-04"))

    assert [value for _, value in course] == [None, None, 10_100 + 10_200 + 10_300, 10_200 + 10_300 + 10_400]


def test_rolling_formula_is_worked_out_from_rolling_parts(measures: Measures) -> None:
    """Average deal value over a year: the won amount of twelve months over its twelve deals."""
    ((_, value),) = measures.rolling("average_deal_value", Cadence.yearly, parse_period("2026-09"))

    assert value == pytest.approx(138_600 / 12)


def test_unknown_metric_is_refused_and_has_no_course(measures: Measures) -> None:
    refused = measures.value("nothing", PERIOD)

    assert isinstance(refused, Refusal)
    assert refused.code == "unknown_metric"
    assert [value for _, value in measures.rolling("nothing", Cadence.monthly, PERIOD)] == [None]


def test_without_a_lake_everything_is_refused_with_what_to_do(measures: Measures) -> None:
    bare = Measures(measures.plan, None, PERIOD)

    refused = bare.value("revenue", PERIOD)
    assert isinstance(refused, Refusal)
    assert "gouvernail import" in refused.reason.render("en")
    assert (bare.yearly, bare.last_day, bare.engine) == ({}, {}, None)


def test_year_of_a_month_is_the_twelve_months_to_its_end(measures: Measures) -> None:
    assert measures.yearly["won_deals"] == 12
    assert measures.yearly["revenue"] == 138_600


def test_last_day_is_told_by_source(measures: Measures) -> None:
    assert measures.last_day == {
        "ga4": date(2026, 9, 3),
        "google_ads": date(2026, 9, 10),
        "hubspot": date(2026, 9, 15),
    }


def test_chance_of_a_yearly_sum_adds_what_is_there_to_what_is_foreseen(measures: Measures) -> None:
    """2026 so far: 105,300; October to December go on at 12,200, 12,300 and 12,400."""
    due = date(2026, 12, 31)

    sure = chance(measures, "revenue", Cadence.yearly, 140_500.0, due, Direction.up)
    lost = chance(measures, "revenue", Cadence.yearly, 144_000.0, due, Direction.up)

    assert isinstance(sure, Estimate)
    assert (sure.options["so_far"], sure.options["expected"]) == (105_300, pytest.approx(142_200, rel=1e-3))
    assert (sure.value, number(lost)) == (pytest.approx(1, abs=0.05), pytest.approx(0, abs=0.05))


def test_chance_of_a_ceiling_is_turned_round(measures: Measures) -> None:
    due = date(2026, 12, 31)

    kept = chance(measures, "revenue", Cadence.yearly, 144_000.0, due, Direction.down)

    assert number(kept) == pytest.approx(1, abs=0.05)


def test_chance_of_a_date_gone_by_is_what_happened(measures: Measures) -> None:
    """2025 made 10,100 + … + 11,200 = 127,800."""
    reached = chance(measures, "revenue", Cadence.yearly, 127_800.0, date(2025, 12, 31), Direction.up)
    missed = chance(measures, "revenue", Cadence.yearly, 127_801.0, date(2025, 12, 31), Direction.up)

    assert (number(reached), number(missed)) == (1, 0)


def test_chance_without_history_is_refused(measures: Measures) -> None:
    refused = chance(
        Measures(measures.plan, None, PERIOD), "revenue", Cadence.yearly, 1.0, TODAY, Direction.up
    )

    assert isinstance(refused, Refusal)


def test_evidence_holds_what_measured_rules_read(measures: Measures) -> None:
    deeds = Deeds(measures, Ways(Graph(measures.plan), ()))

    evidence = gather(measures, deeds, (), TODAY)

    assert evidence.monthly_leads["2026-09"] == 2
    assert len(evidence.monthly_leads) == 12
    # 131 francs for two leads.
    assert evidence.cost_per_lead is not None
    assert str(evidence.cost_per_lead.amount) == "65.50"
    ads = evidence.actions["ads"]
    assert ads.spend is not None
    assert ads.spend_to_date is not None
    # To date since the action's start: January to September 2026.
    assert (ads.spend.amount, ads.spend_to_date.amount) == (121, 900 + sum(range(13, 22)))
    assert [one.campaign for one in evidence.orphans] == ["Mystery"]


@pytest.mark.parametrize(
    ("unit", "value", "step"),
    [
        (Unit.ratio, 0.2, 0.01),
        (Unit.ratio, 0.02, 0.001),
        (Unit.count, 40, 4),
        (Unit.money, 11_550, 1000),
        (Unit.count, 0, 1),
    ],
)
def test_step_is_one_that_a_reader_can_picture(unit: Unit, value: float, step: float) -> None:
    assert worth_step(unit, value) == step


def test_periods_of_a_year() -> None:
    assert [periods_a_year(parse_period(words)) for words in ("2026-09", "2026-Q3", "2026")] == [12, 4, 1]
    assert periods_a_year(Period(date(2026, 1, 1), date(2026, 1, 10))) == pytest.approx(36.52, abs=0.01)
