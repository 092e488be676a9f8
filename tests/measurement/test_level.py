"""Breaks and holes: how seldom chance and season make one, how well a real one is found."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from gouvernail.measurement.holes import holes
from gouvernail.measurement.level import Array, breaks

WEEK = np.array([1.2, 1.2, 1.1, 1.1, 1.0, 0.6, 0.5])
TRIALS = 100


def null(kind: str, rng: np.random.Generator, days: int) -> Array:
    """A series without any break: weekdays alone, season, trend, correlated days, a yearly peak, a random walk."""
    day = np.arange(days)
    mean = np.full(days, float(rng.choice([5, 30, 200, 2000])))
    match kind:
        case "season":
            mean *= np.exp(0.7 * np.sin(2 * np.pi * day / 365.25 + rng.uniform(0, 6)))
        case "trend":
            mean *= np.exp(1.2 * day / days)
        case "correlated":
            mood = rng.normal(0, 0.12, days)
            for place in range(1, days):
                mood[place] += 0.9 * mood[place - 1]
            mean *= np.exp(mood)
        case "peak":
            mean *= 1 + 1.2 * ((day % 365 > 325) & (day % 365 < 358))
        case "walk":
            mean *= np.exp(np.cumsum(rng.normal(0, 0.04, days)))
        case "overdispersed":
            mean *= rng.gamma(3, 1 / 3, days)
    return rng.poisson(mean * WEEK[day % 7]).astype(np.float64)


@pytest.mark.parametrize("days", [365, 730])
@pytest.mark.parametrize("kind", ["week", "season", "trend", "correlated", "peak", "walk", "overdispersed"])
def test_series_without_a_break_seldom_shows_one(kind: str, days: int) -> None:
    """At most three in a hundred, whatever the kind; most kinds show none."""
    rng = np.random.default_rng(7)

    assert sum(bool(breaks(null(kind, rng, days))) for _ in range(TRIALS)) <= 3


@pytest.mark.parametrize(("factor", "share"), [(0.0, 0.9), (0.2, 0.75), (3.0, 0.7)])
def test_real_break_is_found_on_its_day(factor: float, share: float) -> None:
    rng = np.random.default_rng(8)
    found = []
    for _ in range(TRIALS):
        series = null("week", rng, 500)
        series[300:] = rng.poisson(series[300:] * factor)
        found.append([one.place for one in breaks(series)])

    near = [places for places in found if any(abs(place - 300) <= 2 for place in places)]
    assert len(near) / TRIALS >= share


def test_break_tells_the_means_of_four_weeks() -> None:
    (found,) = breaks([100.0] * 200 + [30.0] * 100)

    assert (found.place, found.before, found.after) == (200, 100.0, 30.0)


@pytest.mark.parametrize("values", [[], [5.0] * 111, [0.0] * 400, [float("nan")] * 400])
def test_short_empty_or_flat_series_has_no_break(values: list[float]) -> None:
    assert breaks(values) == ()


FIRST = date(2025, 10, 1)


def calendar(days: int, *missing: int, weekdays: int = 7) -> frozenset[date]:
    course = [FIRST + timedelta(days=n) for n in range(days)]
    return frozenset(day for n, day in enumerate(course) if n not in missing and day.weekday() < weekdays)


def runs(days: frozenset[date], count: int = 365, shortest: int = 2) -> list[tuple[int, int]]:
    found = holes(days, FIRST, FIRST + timedelta(days=count - 1), shortest)
    return [((start - FIRST).days, (end - FIRST).days) for start, end in found]


def test_days_missing_together_are_a_hole_and_one_alone_is_not() -> None:
    assert runs(calendar(365, 50, 100, 101, 102)) == [(100, 102)]


def test_weekends_of_a_trade_closed_at_weekends_are_no_holes() -> None:
    """1 October 2025 is a Wednesday: the week of days 103 to 107 has five working days."""
    assert runs(calendar(365, weekdays=5)) == []
    ((start, end),) = runs(calendar(365, 103, 104, 105, 106, 107, weekdays=5))
    assert start <= 103
    assert end >= 107


def test_days_that_were_empty_a_year_before_too_are_holidays() -> None:
    days = calendar(800, *range(84, 94), *range(84 + 364, 94 + 364))

    found = holes(days, FIRST + timedelta(days=400), FIRST + timedelta(days=799))
    assert found == ()


def test_series_with_rows_on_few_days_has_no_holes() -> None:
    assert runs(calendar(365, *range(0, 365, 2))) == []
    assert runs(calendar(30, 10, 11, 12), 30) == []


def test_chance_seldom_makes_a_hole() -> None:
    """Orders on about 80 % of days, chance alone: fewer than three series in a hundred show a hole."""
    rng = np.random.default_rng(9)
    shown = 0
    for _ in range(300):
        there = rng.random(365) < rng.uniform(0.75, 0.97)
        shown += bool(runs(calendar(365, *np.flatnonzero(~there).tolist()), shortest=4))

    assert shown / 300 < 0.03
