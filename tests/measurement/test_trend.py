"""Probability of reaching a target: exact on a textbook line, calibrated on simulated ones."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, parse_period
from gouvernail.base.text import T
from gouvernail.base.units import Direction
from gouvernail.measurement.forecast.trend import probability, straight
from gouvernail.measurement.student import cdf, quantile

VALUES = [10.0, 12.0, 11.0, 14.0, 15.0, 15.0, 18.0, 17.0]


def _series(values: list[float], first: str = "2026-01") -> list[tuple[Period, float]]:
    start = parse_period(first).start
    months = Period(start, date(start.year + 9, 12, 31)).buckets(Grain.month)
    return list(zip(months, values, strict=False))


def _estimate(outcome: Outcome) -> Estimate:
    assert isinstance(outcome, Estimate), outcome
    return outcome


def _code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


def test_line_is_the_closed_form_of_the_textbook() -> None:
    """Draper and Smith, eq. 1.4.11: one new value at x0 has variance s² (1 + 1/n + (x0 - x̄)²/Sxx)."""
    x = np.arange(8.0)
    y = np.array(VALUES)
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    level = y.mean() - slope * x.mean()
    residuals = y - level - slope * x
    s2 = (residuals**2).sum() / 6
    r = (residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum()
    error = math.sqrt(s2 * (1 + 1 / 8 + (9 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum()))
    wide = math.sqrt((1 + max(r, 0)) / (1 - max(r, 0)))

    found = straight(x, y, np.array([9.0]))

    assert found.mean == pytest.approx(level + 9 * slope)
    assert found.error == pytest.approx(error * wide)
    assert (found.freedom, found.details["slope"]) == (6, pytest.approx(slope))


def test_level_is_judged_by_the_bucket_of_its_due_date() -> None:
    ahead = straight(np.arange(8.0), np.array(VALUES), np.array([9.0]))

    outcome = _estimate(probability(_series(VALUES), 21, date(2026, 10, 31), kind="level"))

    assert outcome.value == pytest.approx(cdf((ahead.mean - 21) / ahead.error, 6))
    assert (outcome.grade, outcome.options["buckets_left"]) == (Grade.model, 1)


def test_flow_adds_what_is_there_to_what_is_foreseen() -> None:
    outcome = _estimate(probability(_series(VALUES), 200, date(2026, 12, 31), start=date(2026, 1, 1)))

    ahead = straight(np.arange(8.0), np.array(VALUES), np.arange(8.0, 12.0))
    assert outcome.options["so_far"] == sum(VALUES)
    assert outcome.options["expected"] == pytest.approx(sum(VALUES) + ahead.mean)
    assert outcome.options["buckets_left"] == 4


def test_ceiling_turns_the_probability() -> None:
    up = _estimate(probability(_series(VALUES), 21, date(2026, 10, 31), kind="level"))
    down = _estimate(
        probability(_series(VALUES), 21, date(2026, 10, 31), kind="level", better=Direction.down)
    )

    assert up.value + down.value == pytest.approx(1)


def test_higher_target_is_less_likely() -> None:
    chances = [
        _estimate(probability(_series(VALUES), target, date(2026, 12, 31), start=date(2026, 1, 1))).value
        for target in (150, 180, 190, 200, 250)
    ]

    assert chances == sorted(chances, reverse=True)


def test_hole_in_the_window_is_foreseen_not_zero() -> None:
    holed: list[tuple[Period, Outcome | float | None]] = list(_series(VALUES))
    holed[3] = (holed[3][0], Refusal("no_data", T("Nothing.")))

    outcome = _estimate(probability(holed, 112, date(2026, 8, 31), start=date(2026, 1, 1)))

    assert outcome.options["so_far"] == sum(VALUES) - VALUES[3]
    assert outcome.options["buckets_left"] == 1


@pytest.mark.parametrize(("target", "chance"), [(112.0, 1.0), (112.1, 0.0)])
def test_past_due_date_is_settled_by_fact(target: float, chance: float) -> None:
    outcome = _estimate(probability(_series(VALUES), target, date(2026, 8, 31), start=date(2026, 1, 1)))

    assert outcome.value == chance


def test_what_is_missing_is_named() -> None:
    due, start = date(2026, 12, 31), date(2026, 1, 1)

    assert _code(probability(_series(VALUES[:5]), 1, due, start=start)) == "too_short"
    assert _code(probability([], 1, due, start=start)) == "no_data"
    assert _code(probability(_series(VALUES), None, due, start=start)) == "no_target"
    assert _code(probability(_series(VALUES), 1, None, start=start)) == "no_due"
    assert _code(probability(_series(VALUES), 1, due)) == "no_start"


def test_season_does_not_pass_for_a_trend() -> None:
    """Two years that end in a yearly low: the line foresees decline, the same month last year does not."""
    year = [100, 100, 120, 140, 160, 180, 180, 160, 140, 120, 80, 60]
    values = [float(v) for v in year] + [v * 1.1 * (1 + 0.002 * (-1) ** n) for n, v in enumerate(year)]

    outcome = _estimate(
        probability(_series(values, "2024-01"), 1.2 * sum(year), date(2026, 12, 31), start=date(2026, 1, 1))
    )

    assert outcome.options["model"] == "same_month_last_year"
    assert outcome.options["expected"] == pytest.approx(1.21 * sum(year), rel=0.01)


def test_interval_covers_simulated_truth() -> None:
    """90 % intervals on 400 noisy trends, a third of them autocorrelated, hold 85 to 97 % of the outcomes."""
    random = np.random.default_rng(20260901)
    held = 0
    for turn in range(400):
        slope, rho = random.uniform(-2, 2), (0.5 if turn % 3 == 0 else 0.0)
        noise = np.zeros(22)
        shocks = random.normal(0, 5, 22)
        for n in range(22):
            noise[n] = rho * noise[n - 1] + shocks[n] if n else shocks[n]
        truth = 100 + slope * np.arange(22) + noise
        outcome = _estimate(
            probability(
                _series(truth[:18].tolist(), "2025-01"), 0, date(2026, 10, 31), start=date(2026, 1, 1)
            )
        )
        held += outcome.options["expected_low"] <= truth[12:].sum() <= outcome.options["expected_high"]

    assert 0.85 <= held / 400 <= 0.97


def test_probability_means_what_it_says() -> None:
    """Of simulated targets told 60 to 80 % likely, about 70 % are reached."""
    random = np.random.default_rng(7)
    told, reached = [], []
    for _ in range(600):
        truth = 100 + random.uniform(-2, 2) * np.arange(18) + random.normal(0, 5, 18)
        target = truth[:12].mean() + random.uniform(-15, 15)
        outcome = _estimate(
            probability(_series(truth[:12].tolist(), "2026-01"), target, date(2027, 3, 31), kind="level")
        )
        if 0.6 <= outcome.value <= 0.8:
            told.append(outcome.value)
            reached.append(truth[14] >= target)

    assert np.mean(reached) == pytest.approx(np.mean(told), abs=0.12)


def test_rolling_value_goes_on_from_where_it_stands() -> None:
    """Steps 1, 2, 1, 2, 1, 2, 1: mean 10/7; two buckets ahead of 20 that is 22.857."""
    values = [10.0, 11.0, 13.0, 14.0, 16.0, 17.0, 19.0, 20.0]

    outcome = _estimate(probability(_series(values), 22.857142857142858, date(2026, 10, 31), kind="rolling"))

    steps = [1, 2, 1, 2, 1, 2, 1]
    variance = sum((step - 10 / 7) ** 2 for step in steps) / 6
    error = math.sqrt(variance * (2 + 4 / 7))
    assert outcome.value == pytest.approx(0.5)
    assert outcome.options["expected"] == pytest.approx(20 + 2 * 10 / 7)
    assert outcome.options["expected_high"] - outcome.options["expected"] == pytest.approx(
        quantile(0.95, 6) * error
    )


def test_rolling_intervals_hold_what_they_promise() -> None:
    """A rate over the last twelve months of random months: 90 % intervals three months ahead."""
    generator = np.random.Generator(np.random.PCG64(7))
    inside = 0
    for _ in range(400):
        months = generator.normal(0.2, 0.05, 39)
        rolled = [float(months[i - 11 : i + 1].mean()) for i in range(11, 39)]
        told = _estimate(probability(_series(rolled[:-3], "2024-01"), 0.2, date(2026, 4, 30), kind="rolling"))
        inside += told.options["expected_low"] <= rolled[-1] <= told.options["expected_high"]

    assert 0.83 <= inside / 400 <= 0.97
