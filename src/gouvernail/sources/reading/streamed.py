"""A large CSV: the engine streams it, and what the engine does not tell of odd rows is found out here.

A row with too few cells is filled with empty ones and a row with a few too many keeps them in a column of their own,
as in a small file. What the engine's parser cannot cut into cells at all it sets aside with its line.
"""

from __future__ import annotations

import csv
import mmap
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gouvernail.sources.reading.sheet import Fault, QuerySheet, Row

if TYPE_CHECKING:
    import duckdb

SPARE = 2
"""Cells beyond the headers that are read; a row with more is set aside by the engine."""
MAX_LINE = 2 << 20
"""A longer row is set aside. The engine also shares the file out to its threads in multiples of this."""
MAX_SET_ASIDE = 100_000
_BLOCK = 8_192


def stream(path: Path, delimiter: str, preamble: tuple[str, ...], head: tuple[Row, ...]) -> QuerySheet:
    """Return the one table of a large UTF-8 file, whose first rows are `head`."""
    file = _Streamed(path, delimiter)
    sheet = QuerySheet(path.stem, preamble, head, tells_spills=True)

    def source(_connection: duckdb.DuckDBPyConnection, header: int, width: int) -> str:
        unclosed = file.unclosed(head[header].line)
        sheet.faults = [unclosed[1]] if unclosed else []
        return file.relation(head[header].line, width, _excel_text(head), unclosed[0] if unclosed else None)

    def find_lines(header: int, wanted: Iterable[int], aside: frozenset[int]) -> Mapping[int, int]:
        return file.find_lines(head[header].line, set(wanted), aside)

    sheet.source, sheet.find_lines = source, find_lines
    return sheet


def long_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield position and content of the lines longer than two blocks: each holds a whole block without its end."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        mark = b"\n" if content.find(b"\n", 0, 1 << 20) >= 0 else b"\r"
        at, size = 0, len(content)
        while at < size:
            if content.find(mark, at, at + _BLOCK) < 0:
                start, end = content.rfind(mark, 0, at) + 1, content.find(mark, at)
                at = size if end < 0 else end
                yield start, content[start:at]
            at += _BLOCK


def _excel_text(head: tuple[Row, ...]) -> bool:
    """`clean_cell` has already run on the sample; what it cleaned shows as text that begins with an equals sign."""
    return any(cell.startswith("=") for row in head for cell in row.cells)


class _Streamed:
    def __init__(self, path: Path, delimiter: str) -> None:
        self.path, self.delimiter = path, delimiter

    @cached_property
    def quotes(self) -> int:
        """How many quotes the file holds; none, in most large exports, and then rows are lines."""
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content.find(b'"') < 0:
                return 0
        with self.path.open("rb") as file:
            return sum(block.count(b'"') for block in iter(lambda: file.read(1 << 20), b""))

    def relation(self, header_line: int, width: int, excel: bool, limit: int | None) -> str:
        """All columns as text; rows that the parser cannot cut are kept aside with their line (`reject_errors`)."""
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width + SPARE))
        path = str(self.path).replace("'", "''")
        mark = "\\t" if self.delimiter == "\t" else self.delimiter
        cells = ", ".join(
            f"regexp_replace(c{i}, '^=\"?(.*?)\"?$', '\\1') AS c{i}" if excel else f"c{i}"
            for i in range(width)
        )
        spare = ", ".join(f"c{i}" for i in range(width, width + SPARE))
        spilled = (
            f"CASE WHEN coalesce({spare}) IS NOT NULL THEN trim(concat_ws(' ', {spare})) END AS c{width}"
        )
        # With quotes a line feed may stand in a cell; several threads could then not fill rows up.
        return (
            f"(SELECT {cells}, {spilled} FROM read_csv('{path}', header = false, skip = {header_line}, delim = E'{mark}', "  # noqa: S608 - names and literals are ours
            f"quote = '\"', escape = '\"', columns = {{{columns}}}, auto_detect = false, null_padding = true, "
            f"strict_mode = true, ignore_errors = true, store_rejects = true, rejects_limit = {MAX_SET_ASIDE}, "
            f"max_line_size = {MAX_LINE}, parallel = {'false' if self.quotes else 'true'})"
            f"{'' if limit is None else f' LIMIT {limit}'})"
        )

    def unclosed(self, header_line: int) -> tuple[int, Fault] | None:
        """Return the row whose quote is never closed, and how many rows stand before it. Found by walking the file."""
        if self.quotes % 2 == 0:
            return None
        number, start, cells = 0, 0, list[str]()
        for number, start, cells in self._rows(header_line):  # noqa: B007 - the last row is wanted
            pass
        if not any("\n" in cell or "\r" in cell for cell in cells):
            return None
        return number - 1, Fault.unclosed(start, cells)

    def find_lines(self, header_line: int, wanted: set[int], aside: frozenset[int]) -> dict[int, int]:
        """Walk the file again, only as far as the last bad row, for the exact lines (cells may span several)."""
        found: dict[int, int] = {}
        last = max(wanted, default=0)
        skipped = 0
        for number, start, _ in self._rows(header_line):
            skipped += start in aside
            if start not in aside and number - skipped in wanted:
                found[number - skipped] = start
            if number - skipped >= last:
                break
        return found

    def _rows(self, header_line: int) -> Iterator[tuple[int, int, list[str]]]:
        """Yield 1-based number, line and cells of each row below the header."""
        with self.path.open("r", encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.reader((line.replace("\0", "") for line in file), delimiter=self.delimiter)
            number, start = 0, 1
            for cells in reader:
                if start > header_line and cells:
                    number += 1
                    yield number, start, cells
                start = reader.line_num + 1
