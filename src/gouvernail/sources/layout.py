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
     (`period_of`), and the rows carry it whole (`day` … `until`).
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

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources.checksum import compare
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Row, Sheet
from gouvernail.sources.rows import Cell, Kind, Reading, empty, literal, read_rows
from gouvernail.sources.values.currencies import find_currency
from gouvernail.sources.values.dates import Style, find_style, parse_day
from gouvernail.sources.values.headers import is_continental, normalise, split_currency
from gouvernail.sources.values.missing import is_missing
from gouvernail.sources.values.numbers import Mark, find_mark
from gouvernail.warehouse.tables import TABLES

HEADER_WITHIN = 40
_LONGEST_HEADER = 1_000
_NUMBERS = ("count", "decimal", "money", "cost")


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


def lines_above(sheet: Sheet, header: int) -> tuple[str, ...]:
    """Return the lines before the header as text: comments, titles, period."""
    return (*sheet.preamble, *(", ".join(c for c in row.cells if c.strip()) for row in sheet.head[:header]))


def column_sample(sheet: Sheet, header: int, position: int) -> list[str]:
    """Return the raw cells of a column among the rows at hand (all of them for a small file)."""
    rows: tuple[Row, ...] = getattr(sheet, "rows", ()) or sheet.head
    return [row.cells[position] for row in rows[header + 1 :] if position < len(row.cells)]


def holds_numbers(sheet: Sheet, header: int, position: int) -> bool:
    """Return whether every filled cell of a column holds a digit, among the first rows at hand."""
    held = [cell for cell in column_sample(sheet, header, position)[:200] if cell.strip()]
    return bool(held) and all(any(letter.isdigit() for letter in cell) for cell in held)


def column_mark(sheet: Sheet, header: int, position: int) -> Mark:
    """Return the decimal mark of a column; where nothing proves one, that of the headers' language."""
    continental = is_continental(sheet.head[header].cells)
    return find_mark(column_sample(sheet, header, position)) or ("," if continental else ".")


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


_RANGE = (
    r"(\d{4}[-.]?\d{2}[-.]?\d{2})\s*(?:-|–|to|au|_|/)\s*(\d{4}[-.]?\d{2}[-.]?\d{2})",
    r"(\w+\.? \d{1,2}, \d{4})\s*[-–]\s*(\w+\.? \d{1,2}, \d{4})",
    r"(\d{1,2}\.?(?: de)? [\w.]+(?: de)? \d{4})\s*[-–]\s*(\d{1,2}\.?(?: de)? [\w.]+(?: de)? \d{4})",
    r"^\W*(\w+\.? \d{1,2}, \d{4}|\d{1,2}\.?(?: de)? [\w.]+(?: de)? \d{4})\W*()$",
)


def period_of(lines: tuple[str, ...], path: Path | None = None) -> tuple[date, date] | None:
    """Return the period that preamble lines tell, else the one in brackets that the platform puts in the file name."""
    text = "\n".join(lines).replace("\u202f", " ").replace("\u00a0", " ")
    start = re.search(r"(?:start date|date de début|reporting starts) ?:\s*(\S+)", text, re.IGNORECASE)
    end = re.search(r"(?:end date|date de fin|reporting ends) ?:\s*(\S+)", text, re.IGNORECASE)
    if start and end:
        return _ordered(start[1], end[1])
    for line in (*text.splitlines(), *([path.stem] if path and "(" in path.stem else [])):
        for form in _RANGE:
            if (found := re.search(form, line)) and (period := _ordered(found[1], found[2] or found[1])):
                return period
    return None


def _ordered(start: str, end: str) -> tuple[date, date] | None:
    first, last = parse_day(start), parse_day(end)
    return (first, last) if first and last and first <= last else None


def plan_reading(
    source: FileSource, sheet: Sheet, match: LayoutMatch, context: Context
) -> tuple[Reading, list[Text]]:
    """Return how to read the sheet, every choice made: decimal marks, date styles, currency, period.

    Raises:
        SourceError: the dates are ambiguous, or nothing says which days the rows cover.
    """
    layout, notes = match.layout, list[Text]()
    continental = is_continental(match.names)
    marks = _marks(layout, sheet, match, "," if continental else ".")
    cells = tuple(
        _cell(part, match, sheet, marks, continental or None)
        for part in layout.fields
        if part.column in match.positions and part.column != "account"
    )
    constants: dict[str, object] = dict(layout.constants)
    day = TABLES[layout.table].day
    if day not in match.positions and not any(part.column == day for part in layout.derived):
        period = source.period(sheet, match)
        if period is None:
            raise SourceError(
                T(
                    "Nothing in the file says which days it covers: export it again with a date column (by day)."
                )
            )
        constants |= {"day": period[0], "until": period[1]}
    if "currency" in {column.name for column in TABLES[layout.table].columns}:
        constants["currency"] = _currency(layout, sheet, match, context, notes)
    notes += _duplicates(match)
    if layout.caution:
        notes.append(layout.caution)
    derived = {
        d.column: d.sql
        for d in layout.derived
        if d.column not in match.positions and all(need in match.positions for need in d.needs)
    }
    reading = Reading(
        layout.table, source.id, source.account(sheet, match), match.header, match.names, cells, constants,
        derived, _skip(layout, match, sheet.spills),
    )  # fmt: skip
    return reading, notes


def _marks(layout: Layout, sheet: Sheet, match: LayoutMatch, default: Mark) -> dict[str, Mark]:
    """One mark for the file, from all number columns together; a column that proves the other keeps its own."""
    numeric = [
        part.column for part in layout.fields if part.kind in _NUMBERS and part.column in match.positions
    ]
    samples = {name: column_sample(sheet, match.header, match.positions[name]) for name in numeric}
    whole = find_mark(value for values in samples.values() for value in values) or default
    return {name: find_mark(values) or whole for name, values in samples.items()}


def _cell(
    part: Field, match: LayoutMatch, sheet: Sheet, marks: Mapping[str, Mark], day_first: bool | None
) -> Cell:
    at = match.positions[part.column]
    required = part.value_required or part.column == TABLES[match.layout.table].day
    cell = Cell(
        part.column, part.kind, (at,), required, part.values, part.otherwise, marks.get(part.column, ".")
    )
    if part.kind not in ("day", "instant"):
        return cell
    if part.style:
        return replace(cell, style=part.style)
    sample = [value for value in column_sample(sheet, match.header, at) if not is_missing(value)]
    return replace(cell, style=choose_style(sample, match.names[at], day_first))


def choose_style(sample: list[str], header: str, day_first: bool | None) -> Style:
    """Return the date style of a column.

    Raises:
        SourceError: `03/04/2026` could be March or April and nothing decides.
    """
    style = find_style(sample, day_first)
    if style == "ambiguous":
        raise SourceError(
            T(
                "The dates of “{column}” can be read as day/month or month/day (such as {example}): "
                "export them as YYYY-MM-DD, or say which in a mapping file.",
                column=header,
                example=sample[0],
            )
        )
    return style or "iso"


def _currency(layout: Layout, sheet: Sheet, match: LayoutMatch, context: Context, notes: list[Text]) -> str:
    told = match.currency
    if "currency" in match.positions or told:
        return told or context.currency
    money = [
        p.column
        for p in layout.fields
        if p.kind in ("money", "cost", "micros") and p.column in match.positions
    ]
    for name in money:
        if shown := find_currency(column_sample(sheet, match.header, match.positions[name])):
            return shown
    if layout.currency:
        return layout.currency
    if money:
        notes.append(
            T(
                "The file does not say its currency: amounts are taken as {currency}.",
                currency=context.currency,
            )
        )
    return context.currency


def _duplicates(match: LayoutMatch) -> list[Text]:
    names = [normalise(name) for name in match.names if name.strip()]
    read = {normalise(match.names[i]) for i in match.positions.values()}
    twice = sorted({name for name in names if names.count(name) > 1 and name in read})
    return [
        T("The column “{column}” stands more than once: the first is read.", column=name) for name in twice
    ]


def _skip(layout: Layout, match: LayoutMatch, spills: bool) -> str | None:
    conditions = []
    if layout.totals:
        beyond = len(match.names) - (0 if spills else 1)
        conditions += [
            _is_total(f"c{i}", layout.totals) for i in dict.fromkeys((*range(min(3, beyond)), beyond))
        ]
    blank = [match.positions[c] for c in layout.blank_is_total if c in match.positions]
    if blank:
        conditions.append(" AND ".join(f"coalesce(trim(c{i}), '') = ''" for i in blank))
    if layout.where:
        raw = {column: f"c{i}" for column, i in match.positions.items()}
        conditions.append(f"NOT ({layout.where.format(**raw)})")
    return " OR ".join(f"({condition})" for condition in conditions) or None


def _is_total(raw: str, pattern: str) -> str:
    """A pattern `^(Total|Summe)…` is first looked for by its plain beginnings, which costs next to nothing."""
    matched = f"regexp_matches(coalesce({raw}, ''), {literal(pattern)})"
    starts = re.match(r"\^\(([\w |À-ÿ]+)\)", pattern)
    if not starts:
        return matched
    words = starts[1].split("|")
    shortest = [
        word for word in words if not any(word != other and word.startswith(other) for other in words)
    ]
    begins = " OR ".join(f"starts_with({raw}, {literal(word)})" for word in shortest)
    return f"CASE WHEN {begins} THEN {matched} ELSE false END"
