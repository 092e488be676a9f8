"""A sheet: one table of raw text found in a file, and how to bring it into the typing query.

Whatever the container, a sheet offers the same four things: the lines before the table (`preamble`), the first rows
(`head`, among which detection looks for the header), a SQL relation of text columns `c0 … cN`, and the physical
line of any data row.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

HEAD_ROWS = 2_000


@dataclass(frozen=True)
class Row:
    """A raw row: 1-based physical line where it starts, and its cells as text."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """A row whose shape is broken: too many cells, a quote never closed."""

    line: int
    kind: str
    """too_many · unclosed · undecodable"""
    value: str = ""

    @classmethod
    def unclosed(cls, line: int, cells: Iterable[str]) -> Fault:
        """Return the fault of a row that swallowed what follows through a quote never closed: its start, on one line."""
        return cls(line, "unclosed", " ".join(" ".join(cells).split())[:80])


@dataclass
class Sheet(ABC):
    """One table of raw text. `head` holds its first rows, header included; `preamble` the lines before."""

    name: str
    preamble: tuple[str, ...]
    head: tuple[Row, ...]
    faults: list[Fault] = field(default_factory=list)
    beside: tuple[Sheet, ...] = field(default=(), init=False, repr=False, compare=False)
    """The other tables of the same file, for exports whose parts explain each other."""

    @property
    def spills(self) -> bool:
        """Whether `relation` has a column for cells beyond the headers."""
        return False

    @abstractmethod
    def relation(self, connection: duckdb.DuckDBPyConnection, header: int, width: int) -> str:
        """Return a SQL table expression of the rows below `head[header]`: VARCHAR columns c0 … c(width-1).

        Where `spills`, one more column holds what stands beyond the last header.
        """

    @abstractmethod
    def lines(
        self, header: int, rows: Iterable[int], _aside: frozenset[int] = frozenset()
    ) -> Mapping[int, int]:
        """Return the physical line of each 1-based data row; rows on the lines `_aside` were not counted."""

    def line(self, header: int, row: int) -> int:
        """Return the physical line of one row, counted from nought below the header."""
        return self.lines(header, [row + 1])[row + 1]

    def records(self) -> Iterator[dict[str, Any]] | None:
        """Return the nested objects of a JSON file or of a nested Parquet file, or None for flat tables."""
        return None


@dataclass
class MemorySheet(Sheet):
    """A sheet small enough to be held: rows read one by one, so that every oddity has its exact line."""

    rows: tuple[Row, ...] = ()

    @property
    def spills(self) -> bool:
        return True

    def relation(self, connection: duckdb.DuckDBPyConnection, header: int, width: int) -> str:
        import pyarrow as pa

        below = self.rows[header + 1 :]
        columns = {
            f"c{i}": pa.array([r.cells[i] if i < len(r.cells) else None for r in below], pa.string())
            for i in range(width)
        }
        columns[f"c{width}"] = pa.array([" ".join(r.cells[width:]).strip() for r in below], pa.string())
        connection.register("raw_rows", pa.table(columns))
        return "raw_rows"

    def lines(
        self, header: int, rows: Iterable[int], _aside: frozenset[int] = frozenset()
    ) -> Mapping[int, int]:
        return {row: self.rows[header + row].line for row in rows}


@dataclass
class QuerySheet(Sheet):
    """A sheet that DuckDB reads itself (a large CSV, a Parquet file), streaming."""

    source: Callable[[duckdb.DuckDBPyConnection, int, int], str] = field(
        default=lambda _connection, _header, _width: ""
    )
    find_lines: Callable[[int, Iterable[int], frozenset[int]], Mapping[int, int]] = field(
        default=lambda _header, rows, _aside: {row: row for row in rows}
    )
    tells_spills: bool = False
    nested: Callable[[], Iterator[dict[str, Any]]] | None = None

    @property
    def spills(self) -> bool:
        return self.tells_spills

    def relation(self, connection: duckdb.DuckDBPyConnection, header: int, width: int) -> str:
        return self.source(connection, header, width)

    def lines(
        self, header: int, rows: Iterable[int], _aside: frozenset[int] = frozenset()
    ) -> Mapping[int, int]:
        return self.find_lines(header, rows, _aside)

    def records(self) -> Iterator[dict[str, Any]] | None:
        return self.nested() if self.nested else None
