"""Counts, days and sums of one table while its chunks go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gouvernail.sources.protocol import Chunk, TablePreview
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

_RIVAL_CUTS = ("web", "search")


@dataclass
class Tally:
    """Counts and sums of one table while its chunks go by."""

    rows: int = 0
    rejected: int = 0
    start: date | None = None
    end: date | None = None
    by_cut: dict[str | None, dict[str, Decimal]] = field(default_factory=dict)
    currencies: set[str] = field(default_factory=set)
    table: str = ""

    @property
    def totals(self) -> dict[str, Decimal]:
        """Sums of one cut: breakdowns of the same total, side by side in a file, must not be added."""
        order = {name: place for place, name in enumerate(TABLES[self.table].cuts)} if self.table else {}
        cuts = sorted(self.by_cut, key=lambda cut: (order.get(cut or "", len(order)), cut or ""))
        return self.by_cut[cuts[0]] if cuts else {}

    def add(self, table: str, chunk: Chunk) -> None:
        """Count a chunk in."""
        self.rejected += chunk.rejected
        if not chunk.rows.num_rows:
            return
        self.rows += chunk.rows.num_rows
        self._add_days(table, chunk.rows)
        self.table = table
        for cut, rows in _cuts(table, chunk.rows):
            totals = self.by_cut.setdefault(cut, {})
            for name in TABLES[table].summable:
                total = _sum(rows, name)
                if total is not None:
                    totals[name] = totals.get(name, Decimal(0)) + total
        if "currency" in chunk.rows.schema.names:
            self.currencies |= {code for code in chunk.rows.column("currency").unique().to_pylist() if code}

    def _add_days(self, table: str, rows: pa.RecordBatch) -> None:
        import pyarrow.compute as pc

        names = [name for name in (TABLES[table].day, "until") if name in rows.schema.names]
        days = [day for name in names for day in pc.min_max(rows.column(name)).as_py().values() if day]
        if days:
            self.start = min(days) if self.start is None else min(self.start, *days)
            self.end = max(days) if self.end is None else max(self.end, *days)

    def preview(self) -> TablePreview:
        """Return what was counted; amounts in several currencies have no total."""
        currency = next(iter(self.currencies)) if len(self.currencies) == 1 else None
        totals = dict(self.totals)
        if len(self.currencies) > 1:
            totals = {
                name: total
                for name, total in totals.items()
                if TABLES[self.table].column(name).type != "money"
            }
        return TablePreview(self.rows, self.rejected, self.start, self.end, totals, currency)


def _sum(rows: pa.RecordBatch, name: str) -> Decimal | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    column = rows.column(name)
    if column.null_count == len(column):
        return None
    if not pa.types.is_floating(column.type):
        return Decimal(pc.sum(column).as_py())
    # Exact to the sixth digit: binary noise of float sums must not show in totals.
    return Decimal(repr(round(pc.sum(column).as_py(), 6)))


def _cuts(table: str, rows: pa.RecordBatch) -> Iterator[tuple[str | None, pa.RecordBatch]]:
    """The rows of each cut; all together where the table's cuts are no rival views of one total (deals, contacts)."""
    import pyarrow.compute as pc

    cuts = rows.column("cut").unique().to_pylist() if table in _RIVAL_CUTS else [None]
    if len(cuts) == 1:
        yield cuts[0], rows
        return
    for cut in cuts:
        yield cut, rows.filter(pc.equal(rows.column("cut"), cut))
