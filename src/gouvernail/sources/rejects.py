"""Rows that could not be read: which line, which column, which value, and why."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources.careful import SPILLED
from gouvernail.sources.cells import Cell, Reading
from gouvernail.sources.protocol import Reject
from gouvernail.sources.reading import Sheet
from gouvernail.sources.reading.streamed import MAX_SET_ASIDE

if TYPE_CHECKING:
    import duckdb

MAX_REJECTS = 10_000
Wrong = tuple[int, int, str | None]
"""1-based place below the header, code (see `careful_query`), raw value."""


def wrong_cells(
    sheet: Sheet, reading: Reading, wrong: list[Wrong], aside: tuple[Reject, ...]
) -> tuple[Reject, ...]:
    """Return the rejects of rows with a wrong cell; `aside` are those that the engine never counted."""
    if not wrong:
        return ()
    lines = sheet.lines(
        reading.header, [row for row, _, _ in wrong], frozenset(reject.line for reject in aside)
    )
    cells = reading.cells
    return tuple(
        Reject(
            lines.get(row, 0),
            "" if code == SPILLED else " × ".join(reading.names[i] for i in cells[code // 10].raw),
            (value or "")[:200],
            _reason(code, cells[code // 10]),
        )
        for row, code, value in wrong
    )


def _reason(code: int, cell: Cell) -> Text:
    if code == SPILLED:
        return T("more cells than headers")
    match code % 10:
        case 2:
            return T("negative spend")
        case 3:
            return T("date in the future")
        case 5:
            return T("people below zero")
        case 4:
            return T("nothing where a value is needed")
    if cell.kind in ("day", "instant"):
        return T("not a date")
    if cell.kind == "yes_no":
        return T("neither yes nor no")
    return T("not a whole number") if cell.kind in ("count", "micros") else T("not a number")


def broken_shapes(sheet: Sheet) -> tuple[Reject, ...]:
    """Return the rejects of rows that could not be cut into cells."""
    words = {
        "unclosed": T("a quote opens here and is never closed; nothing after it was read"),
        "not_json": T("not a JSON object"),
    }
    return tuple(Reject(fault.line, "", fault.value, words[fault.kind]) for fault in sheet.faults)


def set_aside(connection: duckdb.DuckDBPyConnection) -> tuple[Reject, ...]:
    """Return the rows of a large CSV that the engine could not cut into the file's columns.

    Raises:
        SourceError: so many that the file is no table of these columns.
    """
    import duckdb

    try:
        query = "SELECT line, any_value(csv_line), min(error_type), count(*) FROM reject_errors GROUP BY line ORDER BY line"
        found = connection.execute(query).fetchall()
    except duckdb.CatalogException:
        return ()
    if sum(faults for *_, faults in found) >= MAX_SET_ASIDE:
        raise SourceError(
            T(
                "{n} rows or more do not fit the columns: is the file complete, and its delimiter right?",
                n=len(found),
            )
        )
    words = {
        "TOO MANY COLUMNS": T("more cells than headers"),
        "UNQUOTED VALUE": T("a quote stands inside a cell without being doubled"),
        "LINE SIZE OVER MAXIMUM": T("a row longer than any export has"),
    }
    return tuple(
        Reject(
            int(line),
            "",
            str(text or "").strip("\r\n")[:200],
            words.get(str(kind), T("a row that cannot be read")),
        )
        for line, text, kind, _ in itertools.islice(found, MAX_REJECTS)
    )
