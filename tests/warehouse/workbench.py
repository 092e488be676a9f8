"""Rows, files and readings that the lake's tests share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.records import RejectedRow
from gouvernail.warehouse.schema import arrow_schema
from gouvernail.warehouse.writing import Import

Rows = Mapping[str, list[Mapping[str, Any]]]


def batch(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(rows), schema=arrow_schema(table))


def spend(days: Iterable[int], cost: int, **more: Any) -> list[Mapping[str, Any]]:
    """One row a day of January 2026."""
    return [{"day": date(2026, 1, day), "cost": Decimal(cost), **more} for day in days]


def bring(
    lake: Lake,
    name: str,
    rows: Rows,
    *,
    source: str = "google_ads",
    account: str = "main",
    rejects: Iterable[RejectedRow] = (),
    folder: Path | None = None,
) -> Import:
    """Import `rows` as if they had been read from a file that holds its own `name`."""
    original = (folder or lake.folder.parent) / f"{name}.csv"
    original.write_text(name)
    with lake.begin(source, account, original, {"dialect": "fr"}) as work:
        for table, items in rows.items():
            work.add(table, batch(table, items))
        work.reject(rejects)
    return work


def read(lake: Lake, table: str) -> list[dict[str, Any]]:
    """Return every visible row of a table, in a stable order."""
    found = [row for path in lake.files(table) for row in pq.read_table(path).to_pylist()]
    return sorted(found, key=repr)


def costs(lake: Lake) -> dict[int, int]:
    """Return the cost of each day of January in `spend`; a day with two rows counts both."""
    result: dict[int, int] = {}
    for row in read(lake, "spend"):
        result[row["day"].day] = result.get(row["day"].day, 0) + int(row["cost"])
    return dict(sorted(result.items()))
