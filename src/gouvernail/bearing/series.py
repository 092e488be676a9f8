"""The forecast of a bare series, by the same method as that of an objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Grain, Period, bucket, last_whole
from gouvernail.base.text import T
from gouvernail.base.units import Direction
from gouvernail.bearing.foreseen import Foreseen, Kind, told, trended

VALUE = "value"


@dataclass(frozen=True)
class Question:
    """What is asked of a series.

    Attributes:
        due: the last day that counts.
        target: what is to be reached; None asks for no chance.
        summed: True for the sum from `start` to `due`, False for the level of the last whole period by `due`.
        start: first day that counts for a sum; the first period to come where None.
        better: `down` for a ceiling.
        country: ISO 3166 code whose holidays count; empty for none.
    """

    due: date
    target: float | None = None
    summed: bool = True
    start: date | None = None
    better: Direction = Direction.up
    country: str = ""


def foresee(periods: Sequence[Period], values: Sequence[float], asked: Question) -> Foreseen | Refusal:
    """Return what a series without gaps comes to.

    Returns:
        Refusals as in `measurement.forecast.windows.look_ahead`; a history too short for a back-test is foreseen by a
        trend where there is a target.
    """
    import numpy as np

    from gouvernail.measurement.forecast import trend
    from gouvernail.measurement.forecast.outlook import learn
    from gouvernail.measurement.forecast.ways import Itself
    from gouvernail.measurement.forecast.windows import look_ahead

    grain = periods[0].grain or Grain.day
    last = last_whole(asked.due, grain)
    start = _start(periods, asked, grain)
    if asked.summed and asked.start and start.start > last.start:
        return Refusal("no_start", T("The sum begins after its due date."))
    summed = asked.summed and start.start <= last.start
    width = sum(1 for _ in Period(start.start, last.end).buckets(grain)) if summed else 1
    series = list(zip(periods, values, strict=True))
    found = look_ahead(
        [Itself(VALUE)],
        {VALUE: np.array(values, dtype=np.float64)},
        lambda _: learn(series, last.end, asked.country),
        width,
    )
    if not isinstance(found, Refusal):
        kind: Kind = "sum" if asked.summed else "level"
        return told(found, (kind, grain), asked.due, asked.target, asked.better)
    if asked.target is None or found.code not in ("too_short", "not_finite"):
        return found
    how: trend.Kind = "flow" if asked.summed else "level"
    outcome = trend.probability(
        series, asked.target, asked.due, kind=how, start=start.start, better=asked.better
    )
    if isinstance(outcome, Refusal):
        return outcome
    return trended(outcome, found.reason, grain, asked.due, asked.target, asked.better) or found


def _start(periods: Sequence[Period], asked: Question, grain: Grain) -> Period:
    """Return the first period that counts."""
    if asked.start is None:
        return _after(periods[-1], grain)
    first = bucket(asked.start, grain)
    return first if first.start == asked.start else _after(first, grain)


def _after(period: Period, grain: Grain) -> Period:
    return bucket(period.end + timedelta(days=1), grain)
