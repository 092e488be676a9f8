"""The page of where a figure comes from: what may stand on it, what it was made from, the imports it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail.base.ids import source_name
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.base.values import Number
from gouvernail.bearing.model import Bearing
from gouvernail.warehouse.records import ImportRecord
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.links import Ref, address
from gouvernail.web.look.parts import Deduction

Fact = tuple[Text, Any]
MADE_OF = T("Made of")


@dataclass(frozen=True)
class Part:
    """One of the parts that a figure is made of, with its own provenance."""

    name: Any
    value: Any
    origin: str = ""
    note: Any = None


@dataclass(frozen=True)
class Brought:
    """An import that the figure rests on. `rows` are those that it brought to the tables concerned."""

    record: ImportRecord
    source: str
    rows: int
    url: str = ""


@dataclass(frozen=True)
class Provenance:
    """The page of where one figure comes from."""

    subject: str
    title: Any
    period: Period
    value: Any = None
    refusal: Text | None = None
    meaning: Any = None
    method: tuple[Text, ...] = ()
    formula: str = ""
    facts: tuple[Fact, ...] = ()
    parts: tuple[Part, ...] = ()
    parts_title: Text = MADE_OF
    more_parts: int = 0
    deductions: tuple[Deduction, ...] = ()
    more_deductions: int = 0
    """Deductions beyond those listed; they cost `more_cost` together."""
    more_cost: Decimal = Decimal(0)
    left: Number | None = None
    imports: tuple[Brought, ...] = ()
    rows: bool = False
    """Whether the rows behind it can be shown."""
    element: Ref | None = None


def made_from(bearing: Bearing, here: Current) -> tuple[Fact, ...]:
    """Return what the bearing was made from: plan, data, program, day."""
    made = bearing.made_from
    return (
        (T("Plan"), T("revision {n} ({digest})", n=here.revision, digest=made.plan[:8])),
        (T("Data version"), made.data or T("no data")),
        (T("Gouvernail"), made.code),
        (T("Worked out on"), bearing.made_at),
    )


def brought(
    here: Current, period: Period, *, sources: Iterable[str] = (), tables: Iterable[str] = ()
) -> tuple[Brought, ...]:
    """Return the imports of these sources (any where none is named) that fill these tables in the period."""
    wanted, names_ = set(sources), set(tables)
    found = []
    for record in here.data.records:
        if wanted and record.source not in wanted:
            continue
        rows = 0
        for name, table in record.tables.items():
            inside = table.first is None or (
                table.first <= period.end and (table.last or table.first) >= period.start
            )
            if inside and (not names_ or name in names_):
                rows += table.rows
        if rows:
            url = address("import", here.workspace.slug, record.id)
            found.append(Brought(record, source_name(record.source), rows, url))
    return tuple(found)
