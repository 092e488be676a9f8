"""Periods of days: parsing, walking back, cutting into buckets."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gouvernail.base.errors import PeriodError
from gouvernail.base.text import T

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""The days between which periods are told and targets foreseen."""


class Grain(StrEnum):
    """The width of a bucket of time."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


@dataclass(frozen=True, order=True)
class Period:
    """A closed range of days, `start` and `end` included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(
                T(
                    "The period ends ({end}) before it starts ({start}).",
                    start=self.start,
                    end=self.end,
                )
            )

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def overlap(self, other: Period) -> Period | None:
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    @property
    def grain(self) -> Grain | None:
        """The calendar grain this period exactly is, or None for a free range."""
        for grain in (Grain.day, Grain.month, Grain.quarter, Grain.year, Grain.week):
            if bucket(self.start, grain) == self:
                return grain
        return None

    def previous(self) -> Period:
        """Return the period before: the month before a month, else as many days just before."""
        end = self.start - timedelta(days=1)
        grain = self.grain
        return bucket(end, grain) if grain else Period(end - timedelta(days=self.days - 1), end)

    def back(self, count: int) -> Period:
        """Return the period `count` steps before this one."""
        found = self
        for _ in range(count):
            found = found.previous()
        return found

    def year_before(self) -> Period:
        """Return the same period a year earlier (29 February falls back to the 28th)."""
        if self.grain in (Grain.month, Grain.quarter, Grain.year):
            return bucket(_shift_year(self.start), self.grain)
        return Period(_shift_year(self.start), _shift_year(self.end))

    def buckets(self, grain: Grain) -> Iterator[Period]:
        """Yield the calendar buckets that touch this period, whole, in order."""
        cursor = bucket(self.start, grain)
        while cursor.start <= self.end:
            yield cursor
            if cursor.end == date.max:
                return
            cursor = bucket(cursor.end + timedelta(days=1), grain)

    def __str__(self) -> str:
        match self.grain:
            case Grain.day:
                return self.start.isoformat()
            case Grain.month:
                return f"{self.start:%Y-%m}"
            case Grain.quarter:
                return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
            case Grain.year:
                return str(self.start.year)
            case Grain.week:
                year, week, _ = self.start.isocalendar()
                return f"{year}-W{week:02}"
            case None:
                return f"{self.start}..{self.end}"


def bucket(day: date, grain: Grain) -> Period:
    """Return the calendar period of width `grain` that holds `day` (weeks start on Monday, ISO 8601)."""
    match grain:
        case Grain.day:
            return Period(day, day)
        case Grain.week:
            monday = day - timedelta(days=day.weekday())
            return Period(monday, monday + timedelta(days=6))
        case Grain.month:
            return _months(day.year, day.month, 1)
        case Grain.quarter:
            return _months(day.year, 3 * ((day.month - 1) // 3) + 1, 3)
        case Grain.year:
            return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def parse_period(words: str) -> Period:
    """Read `2026-09`, `2026`, `2026-Q3`, `2026-W36`, `2026-09-14` or `2026-01-01..2026-06-30`.

    Raises:
        PeriodError: none of these forms, or days out of all measure.
    """
    period = _parse(words.strip(), words[:80])
    if period.start < FIRST or period.end > LAST:
        raise PeriodError(
            T("“{words}” lies outside of what can be told: write a period between {first} and {last}.",
              words=words, first=str(FIRST.year), last=str(LAST.year))
        )  # fmt: skip
    return period


def _parse(words: str, told: str) -> Period:
    """Read one form; `told` is what the reader wrote, of which `words` may be an end."""
    try:
        if ".." in words:
            first, last = words.split("..", 1)
            return Period(_parse(first.strip(), told).start, _parse(last.strip(), told).end)
        if match := re.fullmatch(r"(\d{4})", words):
            return bucket(date(int(match[1]), 1, 1), Grain.year)
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})", words):
            return _months(int(match[1]), int(match[2]), 1)
        if match := re.fullmatch(r"(\d{4})-?[QqTt]([1-4])", words):
            return _months(int(match[1]), 3 * int(match[2]) - 2, 3)
        if match := re.fullmatch(r"(\d{4})-?[WwSs](\d{1,2})", words):
            return bucket(date.fromisocalendar(int(match[1]), int(match[2]), 1), Grain.week)
        return bucket(date.fromisoformat(words), Grain.day)
    except (ValueError, IndexError, OverflowError) as error:
        if isinstance(error, PeriodError):
            raise
        raise PeriodError(
            T(
                "“{words}” is not a period. Write 2026-09, 2026-Q3, 2026, 2026-W36, 2026-09-14 "
                "or 2026-01-01..2026-06-30.",
                words=told,
            )
        ) from None


def last_whole(day: date, grain: Grain) -> Period:
    """Return the last bucket that has ended by `day`, that day included."""
    found = bucket(day, grain)
    return found if found.end <= day else found.previous()


def last_closed_month(today: date) -> Period:
    """Return the month before the one that holds `today`."""
    return bucket(today, Grain.month).previous()


def _months(year: int, month: int, count: int) -> Period:
    last = month + count - 1
    return Period(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _shift_year(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
