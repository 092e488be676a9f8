"""Days without data in a series that has data on most days, told apart from its usual days off.

How likely is a run of empty days, if each weekday keeps its own habit? A run is a hole where even among all
the days looked at chance would show one like it once in a hundred series. Method: docs/methods/level.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

FEWEST_DAYS = 56
MOST_DAYS = 0.6
"""Share of days with data from which a series has data “on most days”."""
CHANCE = 0.01
PRIOR = 0.1
"""Empty days added to each weekday's habit, so that what never happened yet is not held impossible."""
YEAR = timedelta(days=364)


def holes(
    days: AbstractSet[date], first: date, last: date, shortest: int = 2
) -> tuple[tuple[date, date], ...]:
    """Return first and last day of every hole between two days, in order of time.

    Args:
        days: days with data; the habits of weekdays are those of `first` to `last`.
        shortest: days under which no run counts.
    """
    span = (last - first).days + 1
    inside = {day for day in days if first <= day <= last}
    if span < FEWEST_DAYS or len(inside) < MOST_DAYS * span:
        return ()
    empty = [0] * 7
    seen = [0] * 7
    for n in range(span):
        day = first + timedelta(days=n)
        seen[day.weekday()] += 1
        empty[day.weekday()] += day not in inside
    return tuple(
        run
        for run in _runs(inside, first, span)
        if (run[1] - run[0]).days + 1 >= shortest
        and _chance(run, empty, seen) + math.log(span) < math.log(CHANCE)
        and not _yearly(run, days)
    )  # fmt: skip


def _runs(inside: AbstractSet[date], first: date, span: int) -> Iterator[tuple[date, date]]:
    start: date | None = None
    for n in range(span + 1):
        day = first + timedelta(days=n)
        if n < span and day not in inside:
            start = start or day
        elif start:
            yield start, day - timedelta(days=1)
            start = None


def _chance(run: tuple[date, date], empty: list[int], seen: list[int]) -> float:
    """Return the logarithm of the chance of such a run, by the habits outside it."""
    mine = [0] * 7
    for n in range((run[1] - run[0]).days + 1):
        mine[(run[0] + timedelta(days=n)).weekday()] += 1
    rates = [
        (empty[w] - mine[w] + PRIOR) / (seen[w] - mine[w] + 1)
        for w in range(7)
    ]  # fmt: skip
    return sum(count * math.log(min(rate, 1.0)) for count, rate in zip(mine, rates, strict=True))


def _yearly(run: tuple[date, date], days: AbstractSet[date]) -> bool:
    """Whether most of the run was empty a year before too, of a series that had begun: works holidays, not a hole."""
    past = [run[0] + timedelta(days=n) - YEAR for n in range((run[1] - run[0]).days + 1)]
    begun = min(days, default=run[0]) < past[0]
    return begun and sum(day not in days for day in past) * 2 > len(past)
