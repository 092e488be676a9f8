"""One Delta table: which data files each version holds, and a commit that changes the set of files.

Data files are written by us, once, and never rewritten; a Delta commit only adds and removes them. So
superseding rows costs nothing but the part of an older file that stays, and Spark, Trino or ClickHouse read
the same folders.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake import Schema as DeltaSchema
from deltalake.transaction import AddAction, RemoveAction

from gouvernail.warehouse.schema import arrow_schema

# Old versions stay readable for ever (pinned bearings), and no foreign VACUUM takes what undo needs.
_KEPT_FOR_EVER = {
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.enableExpiredLogCleanup": "false",
}


def files_at(folder: Path, version: int) -> frozenset[str]:
    """Return the names of the data files of a version."""
    return _names(DeltaTable(str(folder), version=version))


def commit(folder: Path, table: str, wanted: frozenset[str]) -> int:
    """Make the newest version hold exactly the files `wanted`; return its number.

    What a killed writer may have committed after the journal's version is undone by the same commit.
    """
    delta = _opened(folder, table)
    held = _names(delta)
    now = int(time.time() * 1000)
    actions: list[AddAction | RemoveAction] = [_added(folder / name, now) for name in sorted(wanted - held)]
    actions += [RemoveAction(name, True, now) for name in sorted(held - wanted)]
    if actions:
        schema = DeltaSchema.from_arrow(arrow_schema(table))
        delta.create_write_transaction(actions, "append", schema)
        delta = DeltaTable(str(folder))
    return delta.version()


def _opened(folder: Path, table: str) -> DeltaTable:
    if not DeltaTable.is_deltatable(str(folder)):
        return DeltaTable.create(
            str(folder),
            arrow_schema(table),
            name=table,
            configuration=dict(_KEPT_FOR_EVER),
        )
    delta = DeltaTable(str(folder))
    known = {field.name for field in delta.schema().fields}
    wished = DeltaSchema.from_arrow(arrow_schema(table)).fields
    if new := [field for field in wished if field.name not in known]:
        delta.alter.add_columns(new)
        delta = DeltaTable(str(folder))
    return delta


def _added(path: Path, now: int) -> AddAction:
    rows = pq.read_metadata(path).num_rows
    size = path.stat().st_size
    return AddAction(path.name, size, {}, now, True, json.dumps({"numRecords": rows}))


def _names(delta: DeltaTable) -> frozenset[str]:
    return frozenset(_last_parts(delta.file_uris()))


def _last_parts(uris: Iterable[str]) -> Iterable[str]:
    return (uri.rsplit("/", 1)[-1] for uri in uris)
