"""Vendor exports as data: which headers stand for which canonical column.

How to add a vendor (take `files/google_ads/` as the pattern):

1. Make `files/<vendor>/__init__.py` with `SOURCE = FileSource(id, title, layouts=(…))`.
2. Write one `Layout` per kind of export: the canonical table, and a `Field` per column with every header it was seen
   under, in every language. Headers are compared without case, odd spaces, curly apostrophes and broken encoding, and a
   currency in brackets (`Amount spent (EUR)`) is taken off and kept: write names plainly.
   - `required=True`: without this column the layout does not apply.
   - `marks`: groups of headers of which one each must be there, to tell the vendor from others; `never`: headers that say
     it is something else; `known`: other headers of this export that are not read (they make detection surer).
   - `totals`: a pattern of the first cells of total rows, which are left out; the first that carries a sum is
     compared with the rows and a difference is said. `blank_is_total`: a row where these columns are all empty is a total.
   - No `day` field in the file: the period comes from the lines above the header, or the name's brackets
     (`preamble.period_of`), and the rows carry it whole (`day` … `until`).
   - a helper column is named `_something`; `derived` makes canonical columns from typed ones by SQL, where all its
     `needs` are there.
3. Add one line to `catalogue.py`.
4. Put cases in `tests/sources/test_<vendor>.py`.

A vendor whose files need more than data subclasses `FileSource` and overrides `account`, `period` or `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from gouvernail.base.text import Text
from gouvernail.sources.checksum import compare
from gouvernail.sources.layout_reading import plan_reading
from gouvernail.sources.preamble import lines_above, period_of
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Row, Sheet
from gouvernail.sources.rows import Kind, Reading, empty, read_rows
from gouvernail.sources.samples import column_sample
from gouvernail.sources.values.dates import Style
from gouvernail.sources.values.headers import normalise, split_currency

HEADER_WITHIN = 40
_LONGEST_HEADER = 1_000


@dataclass(frozen=True)
class Field:
    """A canonical column (or a `_helper`), its kind, and the headers it was seen under."""

    column: str
    kind: Kind
    names: tuple[str, ...]
    required: bool = False
    value_required: bool = False
    """A row without a value in this cell is rejected (a day always is)."""
    values: Mapping[str, str] | None = None
    otherwise: str | None = None
    style: Style | None = None
    """A date style that the vendor always uses, where the values alone would not prove it."""


@dataclass(frozen=True)
class Derived:
    """A column made of typed ones: SQL over quoted column names, applied where all `needs` are present and the file does not give it."""

    column: str
    sql: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """One kind of export. See the module's own text for each part."""

    id: str
    table: str
    fields: tuple[Field, ...]
    marks: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    derived: tuple[Derived, ...] = ()
    totals: str | None = None
    blank_is_total: tuple[str, ...] = ()
    preamble: str | None = None
    """A pattern that the lines above the header must hold."""
    currency: str | None = None
    """The currency of this export where it never says."""
    where: str | None = None
    """SQL over raw cells named `{column}`: rows to keep."""
    caution: Text | None = None
    """What the reader must know before counting on this export."""
    may_be_empty: bool = False
    """The platform writes this export without rows when there is nothing to tell: that is no fault."""


@dataclass(frozen=True)
class LayoutMatch:
    """A layout found in a sheet: the header's place among `head`, and where each field stands."""

    layout: Layout
    header: int
    names: tuple[str, ...]
    positions: Mapping[str, int]
    currency: str | None
    score: float
    path: Path


def restyle(match: LayoutMatch, styles: Mapping[str, Style]) -> LayoutMatch:
    """Return the match with the date style of some columns decided, for a vendor that knows better than the values."""
    fields = tuple(replace(part, style=styles.get(part.column, part.style)) for part in match.layout.fields)
    return replace(match, layout=replace(match.layout, fields=fields))


def match_layout(layout: Layout, sheet: Sheet, path: Path) -> LayoutMatch | None:
    """Return the best place where `layout` fits among the first rows, or None."""
    found = [
        match
        for number, row in enumerate(sheet.head[:HEADER_WITHIN])
        if (match := _match_row(layout, sheet, number, row, path))
    ]
    return max(found, key=lambda match: match.score, default=None)


def _match_row(layout: Layout, sheet: Sheet, number: int, row: Row, path: Path) -> LayoutMatch | None:
    if sum(1 for cell in row.cells if cell.strip()) < 2 and len(layout.fields) > 1:
        return None
    if any(len(cell) > _LONGEST_HEADER for cell in row.cells):
        return None
    split = [split_currency(cell) for cell in row.cells]
    plain = {normalise(cell): i for i, cell in reversed(list(enumerate(row.cells)))}
    bare = {name: i for i, (name, _) in reversed(list(enumerate(split)))} | plain
    if any(normalise(name) in bare for name in layout.never):
        return None
    if not all(any(normalise(name) in bare for name in group) for group in layout.marks):
        return None
    positions: dict[str, int] = {}
    for part in layout.fields:
        at = next((bare[normalise(name)] for name in part.names if normalise(name) in bare), None)
        if at is not None:
            positions[part.column] = at
        elif part.required:
            return None
    above = "\n".join((*sheet.preamble, *(",".join(r.cells) for r in sheet.head[:number])))
    if not positions or (layout.preamble and not re.search(layout.preamble, above)):
        return None
    known = {normalise(name) for name in (*layout.known, *(n for group in layout.marks for n in group))}
    read = set(positions.values()) | {i for name, i in bare.items() if name in known}
    width = sum(1 for cell in row.cells if cell.strip())
    money = {p.column for p in layout.fields if p.kind in ("money", "cost")}
    currency = next((split[i][1] for c, i in positions.items() if c in money and split[i][1]), None)
    score = len(read) + len(read) / width + 2 * len(layout.marks) + (3 if layout.preamble else 0)
    return LayoutMatch(layout, number, row.cells, positions, currency, score, path)


@dataclass(frozen=True)
class FileSource:
    """A vendor whose exports are described by layouts."""

    id: str
    title: str
    layouts: tuple[Layout, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(layout.table for layout in self.layouts))

    def match(self, sheet: Sheet, path: Path) -> LayoutMatch | None:
        """Return the best layout for the sheet, or None."""
        found = [m for layout in self.layouts if (m := match_layout(layout, sheet, path))]
        return max(found, key=lambda match: match.score, default=None)

    def account(self, sheet: Sheet, match: LayoutMatch) -> str:
        """Return the account of the file: the single value of an `account` field, else what the preamble says."""
        at = match.positions.get("account")
        if at is not None:
            values = {v.strip() for v in column_sample(sheet, match.header, at) if v.strip()}
            return values.pop() if len(values) == 1 else ""
        above = lines_above(sheet, match.header)
        told = [
            found[1].strip()
            for line in above
            if (found := re.match(r"#?\s*(?:Property|Account|Propriété|Compte) ?: (.+)", line))
        ]
        return told[-1] if told else ""

    def period(self, sheet: Sheet, match: LayoutMatch) -> tuple[date, date] | None:
        """Return the period that the rows cover, where they carry no day."""
        return period_of(lines_above(sheet, match.header), match.path)

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Return how to read the sheet, and what the user should know. See `plan_reading`."""
        return plan_reading(self, sheet, match, context)

    def read(self, sheet: Sheet, match: LayoutMatch, context: Context) -> Iterator[Chunk]:
        """Yield the canonical rows of the sheet. See `protocol.Source.read`."""
        reading, notes = self.plan(sheet, match, context)
        yield from read_rows(sheet, reading, context)
        notes += compare(sheet, match, reading)
        if notes:
            yield Chunk(reading.table, empty(reading.table), notes=tuple(notes))


def distinct_values(sheet: Sheet, match: LayoutMatch, column: str, most: int = 5_000) -> list[str]:
    """Return the distinct raw values of a column over the whole sheet: for what a sample of a large file cannot prove."""
    import duckdb

    at = match.positions[column]
    if getattr(sheet, "rows", ()):
        return list(dict.fromkeys(column_sample(sheet, match.header, at)))[:most]
    with duckdb.connect() as connection:
        relation = sheet.relation(connection, match.header, len(match.names))
        found = connection.execute(f"SELECT DISTINCT c{at} FROM {relation} LIMIT {most}").fetchall()  # noqa: S608
    return [value for (value,) in found if value is not None]
