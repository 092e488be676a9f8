"""Excel workbooks (.xlsx), read row by row; values come out as the text that a CSV export would hold."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time
from pathlib import Path

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.reading.delimited import MAX_COLUMNS, clean_cell
from gouvernail.sources.reading.sheet import HEAD_ROWS, MemorySheet, Row, Sheet

MAX_CELLS = 50_000_000


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that hold rows.

    Raises:
        SourceError: the workbook is damaged, or larger than Excel itself can make.
    """
    import openpyxl

    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations that it drops: none of them touches a value.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            sheets = tuple(_read_sheet(sheet.title, sheet) for sheet in book.worksheets)
            book.close()
    except SourceError:
        raise
    except Exception as error:  # openpyxl lets zip, XML and key errors of damaged files through
        raise SourceError(
            T("The workbook is damaged: open it in Excel, save it again and import that.")
        ) from error
    filled = tuple(sheet for sheet in sheets if sheet.head)
    if not filled:
        raise SourceError(T("The workbook holds no row: export it again."))
    return filled


def _read_sheet(title: str, sheet: object) -> MemorySheet:
    rows: list[Row] = []
    cells_read = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):  # type: ignore[attr-defined]
        if len(values) > MAX_COLUMNS:
            raise SourceError(
                T(
                    "Line {line} has more than {most} columns: this is not a table of an export.",
                    line=number,
                    most=MAX_COLUMNS,
                )
            )
        cells_read += len(values)
        if cells_read > MAX_CELLS:
            raise SourceError(T("The workbook is too large: save the sheet as CSV and import that."))
        if any(value is not None for value in values):
            rows.append(Row(number, tuple(_text(value) for value in values)))
    return MemorySheet(title, (), tuple(rows[:HEAD_ROWS]), [], tuple(rows))


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case _:
            return clean_cell(str(value))
