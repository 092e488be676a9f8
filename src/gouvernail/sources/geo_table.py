"""A bare panel of markets: a day, a market, what was sold there, and perhaps what was spent; daily or weekly.

A market that has no row on a day sold nothing that day; a day on which no market has a row is a gap, and refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gouvernail.base.errors import SourceError
from gouvernail.base.text import TN, T, Text
from gouvernail.sources.cells import literal
from gouvernail.sources.geo_panel import GeoTable, panel, whole
from gouvernail.sources.geo_shape import Shape, shape_of
from gouvernail.sources.reading import open_file
from gouvernail.sources.samples import choose_style, column_mark, column_sample
from gouvernail.sources.values.dates import Style, sql_day
from gouvernail.sources.values.headers import is_continental
from gouvernail.sources.values.numbers import sql_decimal

if TYPE_CHECKING:
    import duckdb

LONGEST = 120
"""Letters of a market's name."""


def read_geo(path: Path, outcome: str | None = None, market: str | None = None) -> GeoTable:
    """Return the panel of a file.

    Args:
        path: CSV (separator, encoding and decimal mark found), XLSX, Parquet or JSON.
        outcome, market: headers of these columns, where they are not found by themselves.

    Raises:
        SourceError: the file cannot be opened, lacks a column, or holds a cell, a day or a market that cannot be read.
    """
    import duckdb

    with open_file(path) as opened, duckdb.connect() as connection:
        shape = shape_of(opened.sheets, path, {"outcome": outcome, "market": market})
        _load(connection, shape)
        _check_cells(connection, shape)
        _check_twice(connection, shape)
        days, step = _days(connection)
        return _panel(connection, shape, days, step)


def _load(connection: duckdb.DuckDBPyConnection, shape: Shape) -> None:
    """Read the file once, into `cells`: row, day, market, outcome and spend, each as it is said and as it is read."""
    sheet, header = shape.sheet, shape.header
    names = sheet.head[header].cells
    day, style = f"c{shape.places['day']}", _style(shape)
    relation = sheet.relation(connection, header, len(names))
    connection.execute(f"CREATE TEMP TABLE raw AS SELECT * FROM {relation}")  # noqa: S608 - names and literals are ours
    selects = [
        f"SELECT rowid AS place, trim(coalesce({day}, '')) AS day_said, {sql_day(day, style)} AS day, "  # noqa: S608 - as above
        f"{market} AS market, {said} AS outcome_said, {value} AS outcome, {paid_said} AS spend_said, {paid} AS spend "
        "FROM raw"
        for market, said, value, paid_said, paid in _columns(shape)
    ]
    connection.execute(
        f"CREATE TEMP TABLE cells AS SELECT * FROM ({' UNION ALL '.join(selects)}) "  # noqa: S608 - as above
        "WHERE NOT (day_said = '' AND (market = '' OR outcome_said = ''))"
    )


def _style(shape: Shape) -> Style:
    place = shape.places["day"]
    sample = [cell for cell in column_sample(shape.sheet, shape.header, place) if cell.strip()]
    continental = True if is_continental(shape.sheet.head[shape.header].cells) else None
    style = choose_style(sample, shape.name(place), continental)
    if style == "month":
        raise SourceError(
            T(
                "The column “{column}” holds months: a geo experiment is read from days or weeks. Export the table by day.",
                column=shape.name(place),
            )
        )
    return style


def _columns(shape: Shape) -> Iterator[tuple[str, str, str, str, str]]:
    """SQL of a market, and of the outcome and spend as said and as read: once, or once a market."""

    def number(place: int) -> tuple[str, str]:
        mark = column_mark(shape.sheet, shape.header, place)
        return f"trim(coalesce(c{place}, ''))", f"CAST({sql_decimal(f'c{place}', mark)} AS DOUBLE)"

    if shape.wide:
        for place in shape.wide:
            yield (literal(shape.name(place)), *number(place), "''", "0.0::DOUBLE")
        return
    market = f"trim(coalesce(c{shape.places['market']}, ''))"
    paid = number(shape.places["spend"]) if "spend" in shape.places else ("''", "0.0::DOUBLE")
    yield (market, *number(shape.places["outcome"]), *paid)


def _check_cells(connection: duckdb.DuckDBPyConnection, shape: Shape) -> None:
    """Say where the first cell stands that cannot be read."""
    day, market = shape.called("day"), shape.called("market")
    outcome, spend = shape.called("outcome"), shape.called("spend")
    number = "NOT coalesce(isfinite({0}) AND {0} >= 0, false)"
    checks = (
        ("day IS NULL", "day_said", literal(day), T("is no day")),
        ("market = ''", "market", literal(market), T("names no market")),
        (f"length(market) > {LONGEST}", "left(market, 60)", literal(market), T("is too long for the name of a market")),
        (number.format("outcome"), "outcome_said", literal(outcome) if outcome else "market", T("is no number of 0 or more")),
        (f"spend_said <> '' AND {number.format('spend')}", "spend_said", literal(spend), T("is no number of 0 or more")),
    )  # fmt: skip
    for wrong, said, column, why in checks:
        found = connection.execute(
            f"SELECT count(*), min(place), min_by({said}, place), min_by({column}, place) FROM cells WHERE {wrong}"  # noqa: S608 - names and literals are ours
        ).fetchone()
        if found and found[0]:
            raise _wrong_cell(found, shape, why)


def _wrong_cell(found: tuple[int, int, str, str], shape: Shape, why: Text) -> SourceError:
    count, row, said, column = found
    return SourceError(
        TN(
            "Line {line}, column “{column}”: “{value}” {why}. Mend it and try again.",
            "Line {line}, column “{column}”: “{value}” {why}, and {n} cells are so. Mend them and try again.",
            count,
            line=shape.line(row),
            column=column,
            value=said,
            why=why,
        )
    )


def _check_twice(connection: duckdb.DuckDBPyConnection, shape: Shape) -> None:
    """Say which market has two rows on a day."""
    found = connection.execute(
        "SELECT market, day, min(place), max(place), count(*) OVER () FROM cells GROUP BY market, day "
        "HAVING count(*) > 1 ORDER BY max(place) LIMIT 1"
    ).fetchone()
    if found is None:
        return
    market, day, first, last, count = found
    if shape.wide and first == last:
        raise SourceError(T("Two columns are called “{market}”: name them apart.", market=market))
    raise SourceError(
        TN(
            "Line {line}: market “{market}” has a row on {day} already, in line {first}. Add the two up, a market has one row a day.",
            "Line {line}: market “{market}” has a row on {day} already, in line {first}, and {n} market-days are so. Add them up, a market has one row a day.",
            count,
            line=shape.line(last),
            first=shape.line(first),
            market=market,
            day=day,
        )
    )


def _days(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[date, ...], int]:
    """Return the first day of every period, and how many days one lasts."""
    days = [row[0] for row in connection.execute("SELECT DISTINCT day FROM cells ORDER BY day").fetchall()]
    return whole(days)


def _panel(
    connection: duckdb.DuckDBPyConnection, shape: Shape, days: tuple[date, ...], step: int
) -> GeoTable:
    rows = connection.execute("SELECT day, market, outcome, spend FROM cells").fetchnumpy()
    spend = rows["spend"] if "spend" in shape.places else None
    outcome = shape.called("outcome")
    return panel(rows["day"], rows["market"], rows["outcome"], days, step, spend=spend, outcome=outcome)
