"""Erasing a person: from the tables, from every earlier version, and from the kept originals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from gouvernail.warehouse.journal import Entry, State
from gouvernail.warehouse.spool import batches, open_writer, sync
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    from gouvernail.warehouse.lake import Lake

_PERSONS = frozenset({"person", "subject"})


@dataclass
class Erasure:
    """What is to be erased: rows, new segments by import and table, files that must go."""

    rows: int = 0
    segments: dict[str, dict[str, str]] = field(default_factory=dict)
    erased: list[str] = field(default_factory=list)

    def body(self) -> dict[str, Any]:
        """Return the journal body; it does not name the person."""
        return {"event": "forget", "segments": self.segments, "erased": self.erased}


def prepare(lake: Lake, state: State, person: str, scratch: Path) -> Erasure:
    """Write the segments without `person`, also those of undone imports; nothing is committed yet."""
    erasure = Erasure()
    for entry in state.entries.values():
        for table, segment in entry.segments.items():
            columns = _person_columns(table)
            path = lake.table_folder(table) / segment
            found = sum(_of(rows, columns, person) for rows in batches(path, table)) if columns else 0
            if found:
                erasure.rows += found
                target = _replace(erasure, entry, table, path, state.number + 1)
                _write_without(target, table, path, person, scratch)
    return erasure


def _replace(erasure: Erasure, entry: Entry, table: str, path: Path, number: int) -> Path:
    id = entry.record.id
    target = path.parent / f"{id}.without{number}.parquet"
    erasure.segments.setdefault(id, {})[table] = target.name
    for stray in path.parent.glob(f"{target.stem}.*parquet"):
        # Left by an erasure that was killed before it was committed, perhaps of another person.
        stray.unlink()
    # Remainders made from the segment hold the person too.
    files = sorted(path.parent.glob(f"{id}.*parquet"))
    erasure.erased += [f"tables/{table}/{file.name}" for file in files]
    original = f"originals/{entry.original}"
    if original not in erasure.erased:
        erasure.erased.append(original)
    return target


def finish(lake: Path, state: State) -> None:
    """Remove the files that were to be erased, also those that a killed process left."""
    for name in state.erased:
        (lake / name).unlink(missing_ok=True)


def _write_without(target: Path, table: str, path: Path, person: str, scratch: Path) -> None:
    with open_writer(scratch, table) as writer:
        for rows in _left(path, table, person):
            writer.write_batch(rows)
    sync(scratch)
    scratch.replace(target)


def _left(path: Path, table: str, person: str) -> Iterator[pa.RecordBatch]:
    columns = _person_columns(table)
    for rows in batches(path, table):
        yield rows.filter(pc.invert(_mask(rows, columns, person)))


def _of(rows: pa.RecordBatch, columns: list[str], person: str) -> int:
    return int(pc.sum(_mask(rows, columns, person)).as_py() or 0)


def _mask(rows: pa.RecordBatch, columns: list[str], person: str) -> pa.Array:
    mask = pa.repeat(pa.scalar(False), rows.num_rows)
    for name in columns:
        mask = pc.or_(mask, pc.fill_null(pc.equal(rows.column(name), person), False))
    return mask


def _person_columns(table: str) -> list[str]:
    if table not in TABLES:
        return []
    return [column.name for column in TABLES[table].columns if column.name in _PERSONS]
