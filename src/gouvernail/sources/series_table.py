"""A bare series: a table with a date (or month, quarter, week) and a value a line, without gaps; whatever its separator.

Such tables come from spreadsheets and from other tools; they go into no lake. What a line covers (a day, week, month or
quarter) is found from its dates.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING

from gouvernail.base.errors import GouvernailError, SourceError
from gouvernail.base.periods import FIRST, LAST, Grain, Period, bucket, parse_period
from gouvernail.base.text import TN, T
from gouvernail.sources.layout import HEADER_WITHIN
from gouvernail.sources.reading import open_file
from gouvernail.sources.samples import choose_style, column_mark, column_sample, holds_numbers
from gouvernail.sources.values.dates import Style, find_style, sql_day
from gouvernail.sources.values.headers import is_continental, normalise, split_currency
from gouvernail.sources.values.numbers import sql_decimal

if TYPE_CHECKING:
    from gouvernail.sources.reading import Sheet

DAYS = (
    *("date", "day", "week", "month", "quarter", "period", "time", "ds", "date_start", "week_start"),
    *("jour", "semaine", "mois", "trimestre", "période"),
)
VALUES = (
    *("value", "y", "sales", "revenue", "orders", "leads", "count", "total", "amount"),
    *("valeur", "ventes", "chiffre d'affaires", "ca", "commandes", "prospects", "nombre", "montant"),
)
"""Headers known for both columns, as `normalise` writes them; one more column of numbers is the value anyway."""
MOST = 20_000
LARGEST = 1e100
FEWEST = 6
"""Dates that must follow one another to tell a day from a month."""
_NAMED = re.compile(r"\d{4}-[QW]\d{1,2}|\d{1,2}[./-]\d{4}")
"""Weeks and quarters as we write them, and months as spreadsheets do: `03/2026`."""


@dataclass(frozen=True)
class SeriesTable:
    """The series of a file: periods that follow one another without a gap, and a value each."""

    periods: tuple[Period, ...]
    values: tuple[float, ...]
    column: str
    """Header of the values."""

    @property
    def grain(self) -> Grain:
        """What one line covers."""
        return self.periods[0].grain or Grain.day


@dataclass(frozen=True)
class _Place:
    sheet: Sheet
    header: int
    day: int
    value: int

    def name(self, place: int) -> str:
        return self.sheet.head[self.header].cells[place].strip()

    def line(self, row: int) -> int:
        return self.sheet.line(self.header, row)


def read_series(path: Path) -> SeriesTable:
    """Return the series of a CSV, XLSX, Parquet or JSON file, in calendar order.

    Raises:
        SourceError: the file cannot be opened, lacks a column, or holds a cell that cannot be read, a date twice or a gap.
    """
    with open_file(path) as opened:
        place = _place(opened.sheets, path)
        rows = _rows(place)
    if not rows:
        raise SourceError(
            T(
                "{file} holds no line under its headers: a date and a value a line are expected.",
                file=path.name,
            )
        )
    if len(rows) > MOST:
        raise SourceError(T("{file} holds more than {n} lines: take the last years.", file=path.name, n=MOST))
    rows.sort(key=lambda row: row[1])
    for before, after in itertools.pairwise(rows):
        if before[1] == after[1]:
            raise _twice(place, before, after)
    grain = _grain([day for _, day, _ in rows])
    periods = tuple(bucket(day, grain) for _, day, _ in rows)
    _check_gaps(periods, grain)
    return SeriesTable(periods, tuple(value for _, _, value in rows), place.name(place.value))


def _place(sheets: Sequence[Sheet], path: Path) -> _Place:
    """Return where date and value stand, in the first sheet that has both."""
    seen: tuple[str, ...] = ()
    for sheet in sheets:
        for number, row in enumerate(sheet.head[:HEADER_WITHIN]):
            cells = [split_currency(cell)[0] for cell in row.cells]
            seen = seen or tuple(cell.strip() for cell in row.cells if cell.strip())
            day = next((cells.index(one) for one in DAYS if one in cells), None)
            if day is None:
                continue
            named = [cells.index(one) for one in VALUES if one in cells and cells.index(one) != day]
            others = [
                n
                for n, cell in enumerate(cells)
                if n != day and normalise(cell) and holds_numbers(sheet, number, n)
            ]
            if named or len(others) == 1:
                return _Place(sheet, number, day, (named or others)[0])
    raise SourceError(
        T(
            "{file} is no series: a column for the date (“date”) and one for the value (“value”) are expected, {found} found. Name them so in the first line.",
            file=path.name,
            found=", ".join(f"“{name[:60]}”" for name in seen[:8]) or "–",
        )
    )


def _rows(place: _Place) -> list[tuple[int, date, float]]:
    """Return (row below the header, first day, value) of every line that is not empty."""
    import duckdb

    sheet, header = place.sheet, place.header
    sample = [cell for cell in column_sample(sheet, header, place.day) if cell.strip()]
    named = bool(sample) and all(_NAMED.fullmatch(cell.strip().upper()) for cell in sample)
    continental = is_continental(sheet.head[header].cells)
    style = "iso" if named or not sample else _style(sample, place, continental=continental)
    mark = column_mark(sheet, header, place.value)
    day, value = f"c{place.day}", f"c{place.value}"
    with duckdb.connect() as connection:
        relation = sheet.relation(connection, header, len(sheet.head[header].cells))
        connection.execute(f"CREATE TEMP TABLE raw AS SELECT * FROM {relation}")  # noqa: S608 - names and literals are ours
        found = connection.execute(
            f"SELECT rowid, trim(coalesce({day}, '')), {sql_day(day, style)}, trim(coalesce({value}, '')), "  # noqa: S608 - as above
            f"CAST({sql_decimal(value, mark)} AS DOUBLE) FROM raw ORDER BY rowid"
        ).fetchall()
    return [_row(place, *row, named=named) for row in found if row[1] or row[3]]


def _style(sample: list[str], place: _Place, *, continental: bool) -> Style:
    """Return how the dates are written; where day and month could change places, the way in which no date is missing."""
    dotted = all("." in cell for cell in sample)
    style = find_style(sample, True if continental or dotted else None)
    if style != "ambiguous":
        return style or "iso"
    whole = [each for each in _ORDERS if _is_whole(sample, each)]
    return whole[0] if len(whole) == 1 else choose_style(sample, place.name(place.day), None)


_ORDERS: tuple[Style, ...] = ("day_first", "month_first")


def _is_whole(sample: list[str], style: Style) -> bool:
    import duckdb

    with duckdb.connect() as connection:
        read = f"SELECT {sql_day('said', style)} FROM (SELECT unnest(?) AS said)"  # noqa: S608 - ours
        days = sorted({row[0] for row in connection.execute(read, [sample]).fetchall() if row[0]})
    if len(days) < max(len(sample), FEWEST):
        return False
    grain = _grain(days)
    return len(days) == sum(1 for _ in Period(days[0], days[-1]).buckets(grain))


def _row(
    place: _Place, row: int, said: str, day: date | None, amount: str, value: float | None, *, named: bool
) -> tuple[int, date, float]:
    first = _named_day(said) if named else day
    if first is None or not FIRST <= first <= LAST:
        raise _wrong(place, row, place.day, said, day=True)
    if value is None or not math.isfinite(value) or abs(value) > LARGEST:
        raise _wrong(place, row, place.value, amount, day=False)
    return row, first, value


def _named_day(said: str) -> date | None:
    month, _, year = said.replace("/", ".").replace("-", ".").partition(".")
    if len(month) <= 2:
        said = f"{year}-{month.zfill(2)}"
    try:
        return parse_period(said.upper()).start
    except GouvernailError:
        return None


def _wrong(place: _Place, row: int, column: int, said: str, *, day: bool) -> SourceError:
    values = {"line": place.line(row), "column": place.name(column), "value": said[:60]}
    if day:
        return SourceError(
            T("Line {line}, column “{column}”: “{value}” is no date. Mend it and try again.", **values)
        )
    return SourceError(
        T("Line {line}, column “{column}”: “{value}” is no number. Mend it and try again.", **values)
    )


def _twice(place: _Place, one: tuple[int, date, float], other: tuple[int, date, float]) -> SourceError:
    first, last = sorted((place.line(one[0]), place.line(other[0])))
    return SourceError(
        T(
            "Line {line}: {day} has a value already, in line {first}. A date has one value: add the two up, or leave one out.",
            line=last,
            day=one[1],
            first=first,
        )
    )


def _grain(days: Sequence[date]) -> Grain:
    """Return the longest period of which each date has one of its own and most follow one another."""
    for grain in (Grain.quarter, Grain.month, Grain.week):
        places = [_number(day, grain) for day in days]
        steps = [after - before for before, after in itertools.pairwise(places)]
        if steps and min(steps) > 0 and median_low(steps) == 1:
            return grain
    return Grain.day


def _number(day: date, grain: Grain) -> int:
    """Return the place of a day's period on the calendar."""
    if grain is Grain.week:
        return (day.toordinal() - 1) // 7
    months = 12 * day.year + day.month - 1
    return months // 3 if grain is Grain.quarter else months


def _check_gaps(periods: Sequence[Period], grain: Grain) -> None:
    held = set(periods)
    missing = [each for each in Period(periods[0].start, periods[-1].end).buckets(grain) if each not in held]
    if missing:
        raise SourceError(
            TN(
                "{first} has no value: a series has one for each period, 0 where nothing happened.",
                "{n} periods have no value, the first {first}: a series has one for each period, 0 where nothing happened.",
                len(missing),
                first=missing[0],
            )
        )
