"""Will the target be reached by its date? A plain trend, with honest uncertainty.

Short histories: ordinary least squares on time. Two years of months or more: growth over the same
month a year before, so that seasons do not pass for trends. Residuals that hang together widen the
uncertainty. Method, worked example and limits: docs/methods/trend.md.

Source: Draper and Smith, Applied Regression Analysis, 3rd ed., ch. 1 and 3 (prediction of a new
observation); the variance of a mean of autocorrelated values, Box, Jenkins and Reinsel, Time Series
Analysis, 3rd ed., ch. 2.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, last_whole
from gouvernail.base.text import TN, T
from gouvernail.base.units import Direction
from gouvernail.measurement.student import cdf, quantile

METHOD = "trend"
FEWEST = 6
"""Fewer points than this do not tell a trend from chance."""
SEASON = 12
LEVEL = 0.9
_CLIP = 0.8
"""Largest lag-1 autocorrelation taken at its word: short series cannot tell more."""

Kind = Literal["flow", "level", "rolling"]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Projection:
    """What is expected of the outcome: mean, standard error, degrees of freedom, and how it was reached."""

    mean: float
    error: float
    freedom: float
    model: str
    details: dict[str, Any]


def probability(
    series: Sequence[tuple[Period, Outcome | float | None]],
    target: float | None,
    due: date | None,
    *,
    kind: Kind = "flow",
    start: date | None = None,
    better: Direction = Direction.up,
) -> Outcome:
    """Return the probability that the target is reached by `due`.

    Args:
        series: (bucket, value) in calendar order, whole days, weeks, months or quarters; refusals and
            None are holes. Leave the bucket under way out.
        target: the sum over the buckets from `start` to `due` (`flow`), or the value of the bucket that
            holds `due` (`level`).
        kind: `flow` for additive metrics (revenue, leads), `level` for the others (rates, scores), `rolling`
            for a value over a window that moves on by one bucket at a time (a rate over twelve months).
        start: first day of the objective, for a flow.
        better: `down` when the target is a ceiling.

    Returns:
        An `Estimate` of grade *model*: `options` hold `expected` with its 90 % interval (`expected_low`,
        `expected_high`), `so_far`, `buckets_left`, `model`. 0 or 1 where nothing is left to foresee.
    """
    refusal = missing(series, target, due, kind, start)
    if refusal or target is None or due is None:
        return refusal or too_short(0)
    points = [(period, number(value)) for period, value in series]
    grain = points[0][0].grain or Grain.month
    deciding = wanted(grain, start, due, kind)
    known = {period.start: value for period, value in points if value is not None}
    so_far = sum(known[period.start] for period in deciding if period.start in known)
    left = [period for period in deciding if period.start not in known]
    if not left:
        return settled(so_far, target, better)
    if len(known) < FEWEST:
        return too_short(len(known))
    first = min(points[0][0], left[0])
    ahead = _drift(first, grain, known, left[0]) if kind == "rolling" else _project(first, grain, known, left)
    return _estimate(ahead, so_far if kind == "flow" else 0.0, target, better, len(left), len(known))


def missing(
    series: Sequence[tuple[Period, object]],
    target: float | None,
    due: date | None,
    kind: Kind,
    start: date | None,
) -> Refusal | None:
    """Return what is lacking to speak of a target at all."""
    if target is None:
        return Refusal("no_target", T("There is no target to reach: give the objective a target."))
    if due is None:
        return Refusal("no_due", T("There is no date to reach it by: give the objective a due date."))
    if kind == "flow" and start is None:
        return Refusal("no_start", T("A total counts from a day on: give the objective a start date."))
    if start is not None and start > due:
        return Refusal("no_start", T("The objective starts after its due date."))
    return None if series else too_short(0)


def too_short(points: int) -> Refusal:
    """Return the refusal of a history of so many periods."""
    if not points:
        return Refusal("no_data", T("No period has data yet: a trend needs {fewest} or more.", fewest=FEWEST))
    return Refusal(
        "too_short",
        TN(
            "Only {n} period has data: a trend needs {fewest} or more.",
            "Only {n} periods have data: a trend needs {fewest} or more.",
            n=points,
            fewest=FEWEST,
        ),
    )


def number(value: Outcome | float | None) -> float | None:
    """Return the value of a bucket; None for a hole."""
    if isinstance(value, Estimate):
        return value.value
    if value is None or isinstance(value, Refusal):
        return None
    return float(value) if math.isfinite(value) else None


def wanted(grain: Grain, start: date | None, due: date, kind: Kind) -> tuple[Period, ...]:
    """Return the buckets that decide: all from start to due for a flow, the last whole one for a level."""
    if kind != "flow" or start is None:
        return (last_whole(due, grain),)
    return tuple(
        each for each in Period(start, due).buckets(grain) if each.start >= start and each.end <= due
    ) or (last_whole(due, grain),)


def settled(reached: float, target: float, better: Direction) -> Estimate:
    met = reached >= target if better is Direction.up else reached <= target
    options = {"model": "fact", "so_far": reached, "expected": reached, "target": target, "buckets_left": 0}
    return Estimate(1.0 if met else 0.0, METHOD, options=options)


def _project(first: Period, grain: Grain, known: dict[date, float], left: list[Period]) -> Projection:
    """Foresee the sum of the buckets left (a level leaves one)."""
    place = _places(first, grain, max(*known, *(period.start for period in left)))
    past = np.array([place[day] for day in sorted(known)], dtype=np.float64)
    values = np.array([known[day] for day in sorted(known)], dtype=np.float64)
    future = np.array([place[period.start] for period in left], dtype=np.float64)
    seasonal = grain is Grain.month and len(values) >= 2 * SEASON and bool((values > 0).all())
    if seasonal:
        found = _seasonal(dict(zip(past.astype(int).tolist(), values.tolist(), strict=True)), future)
        if found:
            return found
    return straight(past, values, future)


def _drift(first: Period, grain: Grain, known: dict[date, float], goal: Period) -> Projection:
    """Foresee a rolling value: where it stands, and the mean of its steps for each bucket to come.

    Windows that overlap hang together, so a line through them knows less than it seems to; their steps are
    what is new in each bucket. Random walk with drift: variance s² (h + h² / (n − 1)) over h buckets, s² that
    of the n − 1 steps. Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., § 5.5.
    """
    place = _places(first, grain, max(*known, goal.start))
    days = sorted(known)
    steps = np.array([(known[b] - known[a]) / (place[b] - place[a]) for a, b in itertools.pairwise(days)])
    ahead = place[goal.start] - place[days[-1]]
    mean, variance = float(steps.mean()), float(steps.var(ddof=1))
    error = math.sqrt(variance * (ahead + ahead**2 / len(steps)))
    details = {"drift": mean, "last": known[days[-1]]}
    expected = known[days[-1]] + ahead * mean
    return Projection(expected, error, float(len(steps) - 1), "drift", details)


def _places(first: Period, grain: Grain, last: date) -> dict[date, int]:
    return {period.start: n for n, period in enumerate(Period(first.start, last).buckets(grain))}


def straight(past: Array, values: Array, future: Array) -> Projection:
    """Foresee the sum over `future` by a least-squares line through (`past`, `values`).

    Variance of the sum of h new values: s² (h + c' (X'X)⁻¹ c), with c the sum of the future rows of X,
    times (1 + r) / (1 - r) for the lag-1 autocorrelation r of the residuals, where positive.
    """
    design = np.column_stack([np.ones_like(past), past])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ values
    residuals = values - design @ beta
    freedom = len(values) - 2
    variance = float(residuals @ residuals) / freedom
    ahead = np.array([float(len(future)), float(future.sum())])
    spread = float(ahead @ inverse @ ahead) + len(future)
    inflation, r = _inflation(residuals)
    details = {"slope": float(beta[1]), "autocorrelation": r}
    return Projection(
        float(ahead @ beta), math.sqrt(variance * spread * inflation), float(freedom), "line", details
    )


def _seasonal(values: dict[int, float], future: Array) -> Projection | None:
    """Foresee by the mean growth over the same month a year before; None where months are missing."""
    growth = np.array(
        [
            math.log(value / values[place - SEASON])
            for place, value in sorted(values.items())
            if place - SEASON in values
        ]
    )
    if len(growth) < SEASON:
        return None
    mean, variance = float(growth.mean()), float(growth.var(ddof=1))
    inflation, r = _inflation(growth - mean)
    ahead: list[float] = []
    steps: list[int] = []
    for place in future.astype(int).tolist():
        base, years = place - SEASON, 1
        while base not in values and base >= 0:
            base, years = base - SEASON, years + 1
        if base < 0:
            return None
        ahead.append(values[base] * math.exp(years * mean))
        steps.append(years)
    foreseen, years_ahead = np.array(ahead), np.array(steps)
    own = float((foreseen**2 * years_ahead).sum()) * variance
    shared = float((foreseen * years_ahead).sum()) ** 2 * variance / len(growth)
    details = {"yearly_growth": math.exp(mean) - 1, "autocorrelation": r}
    error = math.sqrt((own + shared) * inflation)
    return Projection(float(foreseen.sum()), error, float(len(growth) - 1), "same_month_last_year", details)


def _inflation(residuals: Array) -> tuple[float, float]:
    """Return by how much autocorrelation widens the variance, and the lag-1 autocorrelation."""
    whole = float(residuals @ residuals)
    if whole <= 0:
        return 1.0, 0.0
    r = float(residuals[1:] @ residuals[:-1]) / whole
    kept = min(max(r, 0.0), _CLIP)
    return (1 + kept) / (1 - kept), r


def _estimate(
    ahead: Projection, so_far: float, target: float, better: Direction, left: int, points: int
) -> Estimate:
    expected = so_far + ahead.mean
    if ahead.error > 0:
        share = cdf((expected - target) / ahead.error, ahead.freedom)
        margin = quantile((1 + LEVEL) / 2, ahead.freedom) * ahead.error
    else:
        share, margin = (1.0 if expected >= target else 0.0), 0.0
        if expected == target and better is Direction.down:
            share = 0.0
    options = {
        "model": ahead.model,
        "expected": expected,
        "expected_low": expected - margin,
        "expected_high": expected + margin,
        "so_far": so_far,
        "target": target,
        "buckets_left": left,
        "points": points,
        **ahead.details,
    }
    value = share if better is Direction.up else 1 - share
    return Estimate(value, METHOD, level=LEVEL, grade=Grade.model, options=options)
