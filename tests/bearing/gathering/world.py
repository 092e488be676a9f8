"""A lake with the rows of one test, and what is gathered from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from gouvernail.base.periods import Period, parse_period
from gouvernail.bearing.checking import open_plan
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.soundness import Ways
from gouvernail.plan.graph import Graph
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.schema import arrow_schema
from tests.bearing.company import write_plan

Row = dict[str, Any]
SEPTEMBER = parse_period("2026-09")
HEAD = """\
version: 1
organisation: {name: Atelier Zoé, currency: CHF, language: en}
"""


def stand(
    folder: Path, *imports: tuple[str, str, list[Row]], plan: str = HEAD, period: Period = SEPTEMBER
) -> Ground:
    """Import (source, table, rows) one after the other and stand on the ground of the plan and the period."""
    lake = Lake.open(folder / "lake")
    for number, (source, table, rows) in enumerate(imports):
        original = folder / f"{number}.csv"
        original.write_text(repr(rows), "utf-8")
        with lake.begin(source, "main", original, {}) as work:
            work.add(
                table,
                pa.RecordBatch.from_pylist([full(table, row) for row in rows], schema=arrow_schema(table)),
            )
    measures = Measures(open_plan(write_plan(folder, plan)).plan, lake if imports else None, period)
    return Ground(measures, Deeds(measures, Ways(Graph(measures.plan), ())))


def full(table: str, row: Row) -> Row:
    """A row of one day covers that day."""
    if "until" in arrow_schema(table).names:
        row = {"until": row["day"], **row}
    return row


def day(month: int, of_month: int = 1, year: int = 2026) -> date:
    return date(year, month, of_month)


def francs(amount: str | int) -> Decimal:
    return Decimal(amount)
