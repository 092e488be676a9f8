"""CSV, TSV and their likes: delimiter, `sep=` line, comment lines, stacked tables, and every oddity with its line.

A small file is read row by row in Python, so that nothing about it escapes; a large one is sampled here and then
streamed by DuckDB, whose parser reports broken rows with their line as well.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.reading.sheet import HEAD_ROWS, Fault, MemorySheet, Row, Sheet
from gouvernail.sources.reading.streamed import long_lines, stream

SMALL = 4 << 20
MAX_COLUMNS = 5_000
_HEAD_BYTES = 2 << 20
_DELIMITERS = (",", ";", "\t", "|")
_EXCEL_TEXT = re.compile(r'^="?(.*?)"?$', re.DOTALL)


def read_delimited(path: Path) -> tuple[Sheet, ...]:
    """Return the tables of a UTF-8 text file.

    Raises:
        SourceError: a line with more columns than any export has, or no row at all.
    """
    csv.field_size_limit(1 << 27)
    large = path.stat().st_size > SMALL
    with path.open("r", encoding="utf-8", errors="replace", newline="") as file:
        text = file.read(_HEAD_BYTES) if large else file.read()
    if large and "\n" not in text and "\r" not in text:
        raise _too_wide(1)
    delimiter, told = _find_delimiter(text)
    rows, faults = _parse(text, delimiter, told, whole=not large)
    if not rows:
        raise SourceError(T("The file holds no row: export it again."))
    if large:
        _check_widths(path, delimiter)
        filled = [row for row in rows if any(row.cells)]
        words = tuple(", ".join(c for c in row.cells if c) for row in filled if _is_comment(row))
        return (stream(path, delimiter, words, tuple(row for row in filled if not _is_comment(row))),)
    return tuple(_blocks(rows, faults, path.stem))


def _find_delimiter(text: str) -> tuple[str, bool]:
    """Return the delimiter and whether a first line `sep=…` told it."""
    told = re.match(r'"?sep=(.)"?\r?\n', text)
    if told:
        return told[1], True
    lines = [
        line for line in re.split(r"\r\n|\n|\r", text[:200_000])[:200] if line.strip() and line[0] != "#"
    ]

    def weight(delimiter: str) -> tuple[int, int]:
        counts = [_outside_quotes(line).count(delimiter) for line in lines]
        common = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(common) if common else 0), common

    return max(_DELIMITERS, key=weight) if lines else ",", False


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line[:20_000])


def _parse(text: str, delimiter: str, told: bool, *, whole: bool) -> tuple[list[Row], list[Fault]]:
    """Return the rows that hold anything, with the line each starts on. `whole` is false for the head of a file."""
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    rows: list[Row] = []
    line = 1
    for cells in reader:
        if len(cells) > MAX_COLUMNS:
            raise _too_wide(line)
        rows.append(Row(line, tuple(clean_cell(cell) for cell in cells)))
        line = reader.line_num + 1
        if not whole and len(rows) > HEAD_ROWS:
            break
    if told and rows:
        del rows[0]
    return (rows, _unclosed(rows, text)) if whole else (rows[:-1] if len(rows) > 1 else rows, [])


def _unclosed(rows: list[Row], text: str) -> list[Fault]:
    """A last row that swallowed the rest of the file through a quote never closed is set aside, not guessed."""
    if not rows or text.count('"') % 2 == 0:
        return []
    last = next((row for row in reversed(rows) if any("\n" in c or "\r" in c for c in row.cells)), rows[-1])
    if last is not rows[-1] or not any(row.cells for row in rows[:-1]):
        return []
    rows.pop()
    return [Fault.unclosed(last.line, last.cells)]


def _check_widths(path: Path, delimiter: str) -> None:
    """Refuse a line of more columns than any export has before the engine meets it: it would note each column as a fault."""
    for start, line in long_lines(path):
        if (
            line.count(delimiter.encode()) > MAX_COLUMNS
            and re.sub(rb'"[^"]*"', b"", line).count(delimiter.encode()) > MAX_COLUMNS
        ):
            with path.open("rb") as file:
                above = sum(
                    file.read(min(_HEAD_BYTES, start - at)).count(b"\n")
                    for at in range(0, start, _HEAD_BYTES)
                )
            raise _too_wide(above + 1)


def _too_wide(line: int) -> SourceError:
    return SourceError(
        T(
            "Line {line} has more than {most} columns: this is not a table of an export.",
            line=line,
            most=MAX_COLUMNS,
        )
    )


def clean_cell(cell: str) -> str:
    """Return the content of a cell; Excel's `="123"` is 123."""
    if cell.startswith("=") and (found := _EXCEL_TEXT.match(cell)) and cell.startswith('="'):
        return found[1]
    return cell


def _blocks(rows: list[Row], faults: list[Fault], name: str) -> Iterator[Sheet]:
    """Cut a small file into its stacked tables, at blank lines that a new preamble or header follows."""
    parts: list[list[Row]] = [[]]
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            if parts[-1]:
                parts.append([])
        elif _is_comment(row) and parts[-1] and not _is_comment(parts[-1][-1]):
            parts.append([row])
        else:
            parts[-1].append(row)
    merged = _merge(part for part in parts if part)
    for number, part in enumerate(merged):
        preamble = [row for row in part if _is_comment(row)]
        table = tuple(row for row in part if not _is_comment(row))
        words = tuple(", ".join(c for c in row.cells if c) for row in preamble)
        yield MemorySheet(name, words, table[:HEAD_ROWS], faults if number == len(merged) - 1 else [], table)


def _is_comment(row: Row) -> bool:
    """A line that starts with `#`, and is neither a header such as Ahrefs' `#,Keyword,…` nor Shopify's order `#1051,…`."""
    first = row.cells[0]
    if not first.startswith("#"):
        return False
    return not any(row.cells[1:]) or first[1:2] in (" ", "-", "#", "=")


def _merge(parts: Iterable[list[Row]]) -> list[list[Row]]:
    """Rejoin what a stray blank line cut: a preamble to its table, rows to the table of the same width above."""
    merged: list[list[Row]] = []
    for part in parts:
        if (merged and _is_preamble(merged[-1], part)) or (
            merged and len(part[0].cells) == len(merged[-1][-1].cells) and _is_data(part[0])
        ):
            merged[-1] = merged[-1] + part
        else:
            merged.append(part)
    return merged


def _is_preamble(part: list[Row], next_part: list[Row]) -> bool:
    """Only comments; or a few lines of one or two cells (title, period) above a wider table."""
    if all(_is_comment(row) for row in part):
        return True
    narrow = len(part) < 10 and all(len(_filled(row)) <= 2 for row in part)
    return narrow and not any(_is_comment(row) for row in part) and len(_filled(next_part[0])) > 2


def _filled(row: Row) -> tuple[str, ...]:
    return tuple(cell for cell in row.cells if cell.strip())


def _is_data(row: Row) -> bool:
    return len(row.cells) > 1 and any(re.search(r"^\W*\d", cell) for cell in row.cells)
