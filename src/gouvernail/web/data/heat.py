"""The calendar of what the facts cover: a row for each series, a cell for each month, week or day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date

from gouvernail.base.ids import source_name
from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.base.text import T, Text
from gouvernail.bearing.gathering.quality import DAILY, SHORTEST_HOLE, SHORTEST_LULL
from gouvernail.measurement.holes import holes
from gouvernail.metrics.stock import EVENTS
from gouvernail.web.data.covering import Series
from gouvernail.web.data.words import table_name

COLUMNS = {Grain.month: 18, Grain.week: 26, Grain.day: 31}
GRAINS: tuple[tuple[Grain, Text], ...] = (
    (Grain.month, T("Months")),
    (Grain.week, T("Weeks")),
    (Grain.day, T("Days")),
)
LEVELS = (0.0, 0.34, 0.67, 0.999)


@dataclass(frozen=True)
class Column:
    """A month, a week or a day: two short lines for the heading, and the period itself."""

    above: str
    below: str
    period: Period


@dataclass(frozen=True)
class Cell:
    """How much of a column a series covers: days with data of the days there are; `gap` where a hole lies in it."""

    days: int
    of: int
    level: int
    gap: bool
    words: Text


@dataclass(frozen=True)
class Line:
    """One series: an account of a source in a table."""

    source: str
    account: str
    table: Text
    rows: int
    first: date | None
    last: date | None
    gaps: tuple[tuple[date, date], ...]
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> int:
        """Days without data where the series usually has some."""
        return sum((end - start).days + 1 for start, end in self.gaps)


@dataclass(frozen=True)
class Heat:
    """The calendar in view."""

    grain: Grain
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    before: date
    after: date | None


def heat(series: tuple[Series, ...], grain: Grain, until: date | None, today: date, language: str) -> Heat:
    """Return the calendar up to `until`, else up to today, or to the last day of data where that is long ago."""
    last = max((one.last for one in series if one.last), default=today)
    newest = today if (today - last).days < COLUMNS[Grain.month] * 5 else last
    end = min(until or newest, max(today, last))
    periods = _periods(grain, end)
    return Heat(
        grain,
        tuple(_column(grain, period, language) for period in periods),
        tuple(_line(one, periods, today) for one in series),
        periods[0].start - timedelta(days=1),
        periods[-1].end + timedelta(days=1 + (COLUMNS[grain] - 1) * _length(grain))
        if periods[-1].end < max(today, last)
        else None,
    )


def gaps_of(one: Series) -> tuple[tuple[date, date], ...]:
    """Return the holes of a series, by the same habits of weekdays as the rule that speaks of them."""
    if one.table not in DAILY or not one.days:
        return ()
    shortest = SHORTEST_LULL if one.table in EVENTS else SHORTEST_HOLE
    return _holes(frozenset(one.days), shortest)


@lru_cache(maxsize=256)
def _holes(days: frozenset[date], shortest: int) -> tuple[tuple[date, date], ...]:
    return holes(days, min(days), max(days), shortest)


def _length(grain: Grain) -> int:
    return {Grain.month: 31, Grain.week: 7}.get(grain, 1)


def _periods(grain: Grain, end: date) -> tuple[Period, ...]:
    found = [bucket(end, grain)]
    while len(found) < COLUMNS[grain]:
        found.append(bucket(found[-1].start - timedelta(days=1), grain))
    return tuple(reversed(found))


def _column(grain: Grain, period: Period, language: str) -> Column:
    day = period.start
    if grain == Grain.month:
        return Column(
            format_date(day, "MMM", locale=language), format_date(day, "yy", locale=language), period
        )
    if grain == Grain.week:
        return Column(
            format_date(day, "d", locale=language), format_date(day, "MMM", locale=language), period
        )
    return Column(format_date(day, "d", locale=language), format_date(day, "MMM", locale=language), period)


def _line(one: Series, periods: tuple[Period, ...], today: date) -> Line:
    gaps = gaps_of(one)
    days = _days(one, periods[0].start, periods[-1].end)
    return Line(
        source_name(one.source),
        one.account,
        table_name(one.table),
        one.rows,
        one.first,
        one.last,
        gaps,
        tuple(_cell(period, days, gaps, today) for period in periods),
    )


def _days(one: Series, start: date, end: date) -> set[date]:
    found = {day for day in one.days if start <= day <= end}
    for first, last, _ in one.stretches:
        at, stop = max(first, start), min(last, end)
        found |= {at + timedelta(days=n) for n in range((stop - at).days + 1)}
    return found


def _cell(period: Period, days: set[date], gaps: tuple[tuple[date, date], ...], today: date) -> Cell:
    known = sum(period.start + timedelta(days=n) in days for n in range(period.days))
    whole = max((min(period.end, today) - period.start).days + 1, known, 0)
    hole = any(start <= period.end and end >= period.start for start, end in gaps)
    share = known / whole if whole else 0.0
    level = sum(share > limit for limit in LEVELS)
    words = T("{days} of {of} days with data", days=known, of=whole)
    if hole:
        words = T("{days} of {of} days with data, with a gap", days=known, of=whole)
    return Cell(known, whole, level, hole, words)
