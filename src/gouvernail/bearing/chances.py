"""The chance that an objective's target is reached by its due date, from the metric's own history."""

from __future__ import annotations

from datetime import date

from gouvernail.base.outcome import Outcome
from gouvernail.base.periods import Grain, Period, last_whole
from gouvernail.base.units import Direction
from gouvernail.bearing.measures import WINDOWS, Course, Measures
from gouvernail.measurement.forecast.trend import probability
from gouvernail.plan.model import Cadence

HISTORY = {Grain.day: 180, Grain.week: 104, Grain.month: 36}
"""How many buckets of the past are looked at."""


def chance(
    measures: Measures, metric: str, window: Cadence, target: float, due: date, better: Direction
) -> Outcome:
    """Return the probability that `metric`, over the window that ends with `due`, reaches `target`.

    A sum that counts over several buckets (a yearly revenue) adds what is there to what is foreseen; a rate
    over several buckets goes on from where it stands; any other metric is foreseen as the level of its last bucket.
    """
    grain, width = WINDOWS[window]
    last = last_whole(measures.period.end, grain)
    history = Period(last.back(HISTORY[grain] - 1).start, last.end)
    kind = measures.metrics.get(metric)
    if kind is not None and kind.additive and width > 1:
        course = _from_first(measures.series(metric, history, grain))
        start = last_whole(due, grain).back(width - 1).start
        return probability(course, target, due, kind="flow", start=start, better=better)
    course = _from_first(measures.rolling(metric, window, history))
    return probability(course, target, due, kind="rolling" if width > 1 else "level", better=better)


def _from_first(course: Course) -> Course:
    """Leave out the buckets before the first one that is known."""
    known = [i for i, (_, value) in enumerate(course) if value is not None]
    return course[known[0] :] if known else ()
