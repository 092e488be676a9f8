"""Forecast: textbook limits, laws of sample paths, holidays that move, trees, refusals, and calibration on a small sample."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Grain, Period
from gouvernail.measurement.forecast.autoregression import grown, regressed
from gouvernail.measurement.forecast.ensemble import Ensemble, foresee
from gouvernail.measurement.forecast.feasts import feasts
from gouvernail.measurement.forecast.outlook import FEWEST, Forecast, forecast, jointly
from gouvernail.measurement.forecast.paths import WIDER, mixed, sample, spread
from gouvernail.measurement.forecast.smoothing import Array, rates, smoothed

PAGE = Path(__file__).parents[2] / "docs/methods/forecast.md"


def _months(
    values: Sequence[float | None], first: date = date(2023, 1, 1)
) -> list[tuple[Period, float | None]]:
    return list(zip(Period(first, date(2035, 12, 31)).buckets(Grain.month), values, strict=False))


def _seasonal(count: int = 36) -> list[float]:
    noise = np.random.default_rng(5).normal(0, 2, count)
    return [float(100 + n + 20 * math.sin(n / 6 * math.pi) + noise[n]) for n in range(count)]


def _foreseen(found: Forecast | Refusal) -> Forecast:
    assert isinstance(found, Forecast), found
    return found


def _estimate(outcome: Outcome) -> Estimate:
    assert isinstance(outcome, Estimate), outcome
    return outcome


def test_smoothing_is_the_recursion_of_the_textbook() -> None:
    """Hyndman and Athanasopoulos, § 8.1: level = α y + (1 - α) level, the first level the mean of three values."""
    values = np.array([10.0, 14.0, 12.0, 20.0])
    sets = rates(False)
    (at,) = np.flatnonzero((sets.level == 0.5) & (sets.trend == 0))
    level = 12.0
    for value in values:
        level = 0.5 * value + 0.5 * level

    found = smoothed(values, np.array([4]), 3)

    assert found[0, at].tolist() == pytest.approx([level] * 3)


def test_forecast_from_an_origin_knows_nothing_that_comes_after() -> None:
    values = np.array(_seasonal(40))
    changed = values.copy()
    changed[30:] *= 3
    origins = np.array([20, 30])

    for one, other in zip(
        (smoothed(values, origins, 5, 12), regressed(values, origins, 5, 12), grown(values, origins, 5, 12)),
        (
            smoothed(changed, origins, 5, 12),
            regressed(changed, origins, 5, 12),
            grown(changed, origins, 5, 12),
        ),
        strict=True,
    ):
        assert np.array_equal(one, other)


def test_season_ago_is_the_same_place_in_the_season_plus_growth() -> None:
    values = np.concatenate([np.arange(4.0), np.arange(4.0) + 10])

    found = grown(values, np.array([8]), 6, 4)

    assert found[0, 0].tolist() == pytest.approx([20, 21, 22, 23, 30, 31])


def test_an_exact_season_goes_on() -> None:
    values = np.tile([10.0, 30.0, 20.0, 60.0], 10)

    told = foresee(values, 8, 4)

    ahead = np.exp(told.ahead) if told.logs else told.ahead
    assert ahead == pytest.approx(values[:8])
    assert told.mase < 1e-6


def test_the_spread_of_pure_noise_and_of_a_random_walk() -> None:
    """Sums of h errors: variance h s² for noise, s² h (h + 1) (2h + 1) / 6 for a walk (the page's formula)."""
    draw = np.random.default_rng(1).normal(0, 1, (4000, 6))
    for errors, noise, walk in ((draw, 1.0, 0.0), (np.cumsum(draw, axis=1), 0.0, 1.0)):
        ensemble = Ensemble(np.zeros(6), errors, np.arange(4000), False, {}, 1.0, 1.0)

        found = spread(ensemble)
        sums = sample(ensemble, mixed([ensemble], 4000, 3)[0], 3).sum(axis=1)

        assert [found.noise, found.walk] == pytest.approx([noise, walk], abs=0.1)
        assert sums.std() == pytest.approx(WIDER * math.sqrt(noise * 6 + walk * 91), rel=0.1)


@settings(max_examples=8, deadline=None)
@given(st.floats(0.01, 1e6), st.integers(0, 3))
def test_a_change_of_unit_changes_nothing_else(factor: float, seed: int) -> None:
    values = np.random.default_rng(seed).gamma(5, 1, 30)
    one = _foreseen(forecast(_months(values.tolist()), date(2026, 3, 31), samples=200))
    other = _foreseen(forecast(_months((values * factor).tolist()), date(2026, 3, 31), samples=200))

    assert np.allclose(other.paths, one.paths * factor, rtol=1e-6)


def test_same_answer_every_time_and_nothing_below_zero() -> None:
    counts = _months(np.random.default_rng(2).poisson(1.0, 30).astype(float).tolist())

    one, other = (_foreseen(forecast(counts, date(2025, 12, 31))) for _ in range(2))

    assert np.array_equal(one.paths, other.paths)
    assert one.paths.min() >= 0
    assert one.buckets[0].start == date(2025, 7, 1)
    assert one.quality["model"] == "ensemble"
    assert one.quality["mase"] > 0
    total = one.total(so_far=3.0)
    assert total.low is not None
    assert total.high is not None
    assert 3 <= total.low <= total.value <= total.high


def test_too_short_and_nothing_left_are_refused() -> None:
    assert isinstance(short := forecast(_months(_seasonal(FEWEST - 1)), date(2025, 12, 31)), Refusal)
    assert short.code == "too_short"
    assert isinstance(over := forecast(_months(_seasonal()), date(2025, 12, 31)), Refusal)
    assert over.code == "nothing_left"
    assert isinstance(none := forecast([], date(2025, 12, 31)), Refusal)
    assert none.code == "no_data"


def _days(count: int, easter: float) -> tuple[list[Period], Array]:
    """Swiss days from 2024 on: noise, and Easter Mondays and Ascensions that lose a share."""
    days = [date(2024, 1, 1) + timedelta(n) for n in range(count)]
    noise = np.random.default_rng(3).normal(0, 0.03, count)
    moving = {date(2024, 4, 1), date(2024, 5, 9), date(2025, 4, 21), date(2025, 5, 29), date(2026, 4, 6)}
    fixed = {(1, 1), (8, 1), (12, 25)}
    off = np.array([day in moving or (day.month, day.day) in fixed for day in days])
    return [Period(day, day) for day in days], 100 * np.exp(noise + np.where(off, math.log(1 - easter), 0.0))


def test_easter_monday_is_foreseen_where_it_falls() -> None:
    buckets, values = _days(825, 0.6)
    past = list(zip(buckets, values.tolist(), strict=True))
    told = _foreseen(forecast(past, date(2026, 4, 10), country="CH"))
    blind = _foreseen(forecast(past, date(2026, 4, 10)))
    at = [bucket.start for bucket in told.buckets].index(date(2026, 4, 6))

    assert told.each()[at].value == pytest.approx(40, rel=0.15)
    assert blind.each()[at].value == pytest.approx(100, rel=0.1)
    assert told.quality["holidays"] is True


def test_holidays_that_do_nothing_are_left_alone() -> None:
    buckets, values = _days(400, 0.0)
    assert feasts(buckets[:360], values[:360], buckets[360:], "CH") is None
    assert feasts(buckets[:360], values[:360], buckets[360:], "no such country") is None


def test_leaves_that_missed_together_widen_their_sum() -> None:
    chance = np.random.default_rng(4)
    common = np.cumsum(chance.normal(0, 3, 40))
    rows = {
        "a": (200 + common + chance.normal(0, 0.5, 40)).tolist(),
        "b": (200 + common + chance.normal(0, 0.5, 40)).tolist(),
    }
    leaves = jointly({name: _months(row) for name, row in rows.items()}, date(2026, 10, 31))
    assert not isinstance(leaves, Refusal)

    root = (leaves["a"].paths + leaves["b"].paths).sum(axis=1)

    alone = math.hypot(leaves["a"].sums().std(), leaves["b"].sums().std())
    assert root.std() > 1.15 * alone
    late = {"a": _months(rows["a"]), "b": _months(rows["b"][:-1])}
    assert isinstance(odd := jointly(late, date(2026, 10, 31)), Refusal)
    assert odd.code == "not_aligned"


def test_page_works_out_its_table() -> None:
    """The variances of sums in the page's table are those of the fitted spread."""
    rows = [
        line.split("|")[1:-1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| k = ")
    ]
    assert len(rows) == 3
    for name, noise, walk, slope, whole in rows:
        k = int(name.split("=")[1])
        parts = (4.0 * k, 1.0 * k * (k + 1) * (2 * k + 1) / 6, 0.25 * (k * (k + 1) / 2) ** 2)
        assert [float(noise), float(walk), float(slope)] == pytest.approx(parts)
        assert float(whole) == pytest.approx(sum(parts))


@pytest.mark.slow
def test_m4_sample_beats_the_bar(shared_data: Path) -> None:
    from tools.truth.forecast import read

    train, test = read("m4_weekly_train.csv"), read("m4_weekly_test.csv")
    errors = []
    for name in list(train)[::6]:
        told = foresee(train[name], 13, 52)
        ahead = np.exp(told.ahead) if told.logs else told.ahead
        errors.append(np.abs(ahead - test[name]).mean() / np.abs(np.diff(train[name])).mean())
    assert np.mean(errors) <= 2.6


def test_too_many_holes_are_refused() -> None:
    holed = _months([None if n % 3 == 1 else 100.0 + n for n in range(40)])
    assert isinstance(found := forecast(holed, date(2027, 1, 31)), Refusal)
    assert found.code == "holes"


def test_cutting_at_zero_leaves_the_mean_of_rare_events_where_it_was() -> None:
    rare = _months([0.0] * 25 + [100.0] + [0.0] * 4)
    found = _foreseen(forecast(rare, date(2025, 12, 31)))

    assert found.paths.min() == 0
    assert found.sums().mean() < 60
