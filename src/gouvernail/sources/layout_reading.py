"""A sheet that matched a layout made into a `Reading`: marks, date styles, currency, period, rows to skip."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Cell, Reading, literal
from gouvernail.sources.samples import choose_style, column_sample
from gouvernail.sources.values.currencies import find_currency
from gouvernail.sources.values.headers import is_continental, normalise
from gouvernail.sources.values.missing import is_missing
from gouvernail.sources.values.numbers import Mark, find_mark
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    from gouvernail.sources.layout import Field, FileSource, Layout, LayoutMatch

_NUMBERS = ("count", "decimal", "money", "cost")


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
