"""The periods that a page offers: last closed months, quarters and years, and the whole of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.base.text import T, Text
from gouvernail.web.bearings.lakes import LakeFacts

COUNTS: tuple[tuple[Grain, int, Text], ...] = (
    (Grain.month, 12, T("Closed months")),
    (Grain.quarter, 4, T("Closed quarters")),
    (Grain.year, 2, T("Closed years")),
)
"""Grain, how many of it are offered, and the heading over them."""


@dataclass(frozen=True)
class PeriodChoice:
    """One period on offer: how the address writes it, and whether it is in view."""

    value: str
    period: Period
    chosen: bool


@dataclass(frozen=True)
class PeriodGroup:
    """Periods of one grain."""

    title: Text
    choices: tuple[PeriodChoice, ...]


def offered(today: date, data: LakeFacts, chosen: Period) -> tuple[PeriodGroup, ...]:
    """Return the periods on offer, those in view marked; what is in view is on offer, whatever it is."""
    groups = [
        PeriodGroup(title, tuple(_choice(one, chosen) for one in _closed(today, data, grain, count)))
        for grain, count, title in COUNTS
    ]
    special = _special(today, data)
    if not any(one.chosen for group in groups for one in group.choices) and chosen not in special:
        special = (chosen, *special)
    groups.append(PeriodGroup(T("Other"), tuple(_choice(one, chosen) for one in special)))
    return tuple(group for group in groups if group.choices)


def _choice(period: Period, chosen: Period) -> PeriodChoice:
    return PeriodChoice(str(period), period, period == chosen)


def _closed(today: date, data: LakeFacts, grain: Grain, count: int) -> Iterator[Period]:
    """Yield the last closed periods, the newest first; only where there are data, if there are any."""
    newest = bucket(today, grain).previous()
    last = bucket(min(today, data.last), grain) if data.last else newest
    # Data that ended long ago: their last period stands before the months without any.
    at = min(newest, last) if last.end < newest.start else newest
    for _ in range(count):
        if data.first and at.end < data.first:
            return
        yield at
        at = at.previous()


def _special(today: date, data: LakeFacts) -> tuple[Period, ...]:
    year = Period(date(today.year, 1, 1), today)
    found = (year,) if year.days > 1 else ()
    if data.first and data.last and data.first < data.last:
        found = (*found, Period(data.first, data.last))
    return tuple(dict.fromkeys(found))
