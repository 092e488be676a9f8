"""A geo experiment from choice to money; what is refused; published figures of time-based regression."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate, Grade, Refusal
from gouvernail.measurement.experiments.decision import Verdict
from gouvernail.measurement.geo.choice import Choice, Trial, Wish, choose
from gouvernail.measurement.geo.panel import Panel, Plan, of_rows
from gouvernail.measurement.geo.pays import decide, per_cost
from gouvernail.measurement.geo.reading import analyse
from gouvernail.measurement.geo.tbr import regression


def panel(seed: int, days: int = 75, markets: int = 12, lift: float = 0.0, noise: float = 0.05) -> Panel:
    rng = np.random.default_rng(seed)
    week = 1 + 0.1 * np.sin(2 * np.pi * np.arange(days) / 7)
    sales = rng.lognormal(7, 0.6, markets) * week[:, None] * rng.lognormal(0, noise, (days, markets))
    sales[60:, 0] *= 1 + lift
    return Panel(tuple(f"m{place}" for place in range(markets)), sales)


PLAN = Plan(("m0",), 60)


def code(outcome: object) -> str:
    assert isinstance(outcome, Refusal)
    return outcome.code


def test_a_lift_is_found_and_made_into_sales() -> None:
    told = panel(1, lift=0.2)
    reading = analyse(told, PLAN)
    lift, brought = reading.lift, reading.incremental

    assert isinstance(lift, Estimate)
    assert isinstance(brought, Estimate)
    assert lift.grade is Grade.experiment
    assert lift.low is not None
    assert lift.high is not None
    assert 0 < lift.low < 0.2 < lift.high
    assert reading.chance is not None
    assert reading.chance > 0.99
    sales = told.sales[60:, 0].sum()
    for share, total in ((lift.value, brought.value), (lift.low, brought.low), (lift.high, brought.high)):
        assert total == pytest.approx(sales * share / (1 + share))
    assert reading.weights is not None
    assert sum(reading.weights.values()) == pytest.approx(1)
    assert reading == analyse(told, PLAN)


def test_several_treated_markets_are_read_as_their_sum() -> None:
    told = panel(2)
    joined = Panel(
        ("both", *told.names[2:]), np.column_stack([told.sales[:, :2].sum(axis=1), told.sales[:, 2:]])
    )
    apart = analyse(told, Plan(("m0", "m1"), 60)).lift
    whole = analyse(joined, Plan(("both",), 60)).lift

    assert isinstance(apart, Estimate)
    assert isinstance(whole, Estimate)
    assert apart.value == pytest.approx(whole.value, abs=0.01)


def test_what_comes_after_the_test_is_not_looked_at() -> None:
    told = panel(3, days=90)
    cut = analyse(told.part(0, 70), replace(PLAN, end=70)).lift

    assert analyse(told, replace(PLAN, end=70)).lift == cut


def test_rows_become_a_panel_of_every_day() -> None:
    days = [date(2026, 3, 3), date(2026, 3, 1), date(2026, 3, 3), date(2026, 3, 3)]
    told, found = of_rows(days, ["b", "a", "a", "b"], [1.0, 2.0, 3.0, 4.0])

    assert told.names == ("a", "b")
    assert told.sales.tolist() == [[2, 0], [0, 0], [3, 5]]
    assert found == (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3))
    with pytest.raises(ValueError, match="row"):
        of_rows([], [], [])


def test_too_few_markets_or_periods_are_refused() -> None:
    assert code(analyse(panel(4, markets=5), PLAN).lift) == "too_few_markets"
    assert code(analyse(panel(4), replace(PLAN, start=10)).lift) == "too_short"
    assert code(analyse(panel(4), replace(PLAN, end=62)).lift) == "too_short"
    assert code(analyse(panel(4), replace(PLAN, end=99)).lift) == "too_short"


def test_days_without_sales_leave_a_control_out_and_refuse_the_treated() -> None:
    told = panel(5)
    told.sales[7, 3] = 0
    reading = analyse(told, PLAN)
    assert reading.weights is not None
    assert "m3" not in reading.weights
    assert len(reading.weights) == 10

    told.sales[8, 0] = 0
    assert code(analyse(told, PLAN).lift) == "holes"


def test_one_control_that_makes_the_comparison_is_refused() -> None:
    told = panel(6, markets=7, noise=0.05)
    quiet = 1 + 0.1 * np.sin(2 * np.pi * np.arange(75) / 7)
    told.sales[:, 4] = 1000 * quiet * np.random.default_rng(6).lognormal(0, 0.01, 75)
    assert code(analyse(told, PLAN).lift) == "dominated"


def test_markets_that_parted_before_the_test_are_refused() -> None:
    told = panel(7)
    told.sales[48:, 0] *= 2
    assert code(analyse(told, PLAN).lift) == "parted"


def test_a_market_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        analyse(panel(8), Plan(("elsewhere",), 60))


def test_weeks_are_sums_laid_out_from_the_test() -> None:
    weeks = panel(9).by(7, 60)

    assert weeks.periods == 10
    assert weeks.sales[0, 0] == pytest.approx(panel(9).sales[4:11, 0].sum())


def test_the_decision_follows_the_money() -> None:
    reading = analyse(panel(10, lift=0.3), PLAN)
    brought = reading.incremental
    assert isinstance(brought, Estimate)
    assert brought.low
    assert brought.high

    assert decide(reading, cost=brought.low * 0.4, margin=0.5).verdict is Verdict.adopt
    assert decide(reading, cost=brought.value * 0.5, margin=0.5).verdict is Verdict.undecided
    assert decide(reading, cost=brought.high * 0.6, margin=0.5).verdict is Verdict.keep
    assert (
        decide(reading, cost=brought.high * 0.45, margin=0.5, least=brought.high).verdict
        is Verdict.indifferent
    )
    assert decide(analyse(panel(10, markets=5), PLAN), cost=1).verdict is Verdict.refused
    back = per_cost(reading, 100.0)
    assert isinstance(back, Estimate)
    assert back.value == pytest.approx(brought.value / 100)
    assert code(per_cost(reading, 0.0)) == "no_cost"


WISH = Wish(test=14, before=40, treated=(1, 2), splits=12, dates=8)


def test_a_choice_is_the_same_every_time_and_keeps_what_must_be() -> None:
    told = panel(11)
    wish = replace(WISH, must=("m5",), never=("m1",), left_out=("m2",))
    choice = choose(told, wish)

    assert isinstance(choice, Choice)
    assert choice == choose(told, wish)
    assert "m5" in choice.treated
    assert "m1" not in choice.treated
    assert "m2" not in choice.treated + choice.controls
    assert set(choice.treated) | set(choice.controls) == set(told.names) - {"m2"}
    assert choice.plan(60, wish).end == 74


def test_a_budget_says_which_lift_pays() -> None:
    choice = choose(panel(12), replace(WISH, budget=20_000.0, margin=0.4))

    assert isinstance(choice, Choice)
    assert choice.pays == pytest.approx(20_000 / (0.4 * choice.sales))
    assert choice.wanted == choice.pays
    assert choice.power is not None
    assert choice.power >= 0.8


def test_what_no_split_can_show_is_refused() -> None:
    assert code(choose(panel(13), replace(WISH, lift=0.001))) == "not_found"
    assert code(choose(panel(13, days=50), WISH)) == "too_short"
    assert code(choose(panel(13, markets=5), WISH)) == "too_few_markets"


def test_power_of_a_trial_by_hand() -> None:
    trial = Trial(np.array([0.05, -0.05]), np.array([0.03, 0.03]), np.array([0.098, 0.098]))

    assert trial.power(0.0) == pytest.approx(0.025, abs=1e-4)
    assert trial.power(math.expm1(0.098)) == pytest.approx(0.5)
    assert math.log1p(trial.smallest(0.8)) == pytest.approx(0.05 * (1.96 + 0.8416), rel=1e-4)


def test_time_based_regression_gives_the_published_figures(shared_data: Path) -> None:
    folder = shared_data / "truth" / "geo"
    with (folder / "matched_markets_geoassignment.csv").open(encoding="utf-8") as file:
        groups = {row["geo"]: row["geo.group"] for row in csv.DictReader(file)}
    sums: dict[tuple[str, str], list[float]] = {}
    with (folder / "matched_markets_salesandcost.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["geo"] in groups and row["date"] <= "2015-03-15":
                entry = sums.setdefault((groups[row["geo"]], row["date"]), [0.0, 0.0])
                entry[0] += float(row["sales"])
                entry[1] += float(row["cost"])
    dates = sorted({date for _, date in sums})
    treated, controls = (np.array([sums[group, date][0] for date in dates]) for group in "21")
    cost = sum(sums["2", date][1] for date in dates)
    told = regression(treated, controls, dates.index("2015-02-16"), cost=cost, level=0.8)

    assert isinstance(told.per_cost, Estimate)
    assert isinstance(told.incremental, Estimate)
    assert told.per_cost.value == pytest.approx(2.946742, abs=5e-7)
    assert told.per_cost.low == pytest.approx(2.826194, abs=5e-7)
    assert told.incremental.value == pytest.approx(147337.122, abs=5e-4)
    assert told.slope == pytest.approx(0.9997001, abs=5e-8)
    assert told.chance == pytest.approx(1.0)
    assert code(regression(treated, controls, 3).incremental) == "too_short"
    assert code(regression(treated, controls, 42).per_cost) == "no_cost"
