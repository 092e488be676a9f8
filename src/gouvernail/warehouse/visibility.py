"""Which file shows the rows of an import that later imports have not replaced.

Nothing of an import covered by later ones: its own file, the *segment*, as it was written. All of it covered:
no file. Part of it: a *remainder*, a file with the rows that are left, named after the segment and what is
covered, so that undoing an import finds the earlier remainder again and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from gouvernail.warehouse.journal import Entry, State
from gouvernail.warehouse.spans import Spans, covers, fingerprint, hides_all, kept
from gouvernail.warehouse.spool import batches, open_writer, sync


def owner(file: str) -> str:
    """Return the id of the import whose rows a data file holds."""
    return file.split(".", 1)[0]


def touched(state: State, table: str, by: Entry) -> list[Entry]:
    """Return the live imports before `by` whose covered days it touches."""
    result = []
    for entry in state.entries.values():
        if entry.record.id == by.record.id:
            break
        if entry.live and covers(entry.spans.get(table, {}), [by.spans.get(table, {})]):
            result.append(entry)
    return result


def visible_file(state: State, table: str, entry: Entry, folder: Path, scratch: Path) -> str | None:
    """Return the name of the file that shows what is left of `entry`, writing it where there is none yet."""
    own = entry.spans.get(table, {})
    cover = covers(own, _after(state, entry, table))
    segment = entry.segments[table]
    if not cover:
        return segment
    if hides_all(own, cover):
        return None
    name = f"{segment.removesuffix('.parquet')}.{fingerprint(cover)}.parquet"
    if not (folder / name).exists():
        with open_writer(scratch, table) as writer:
            for rows in batches(folder / segment, table):
                writer.write_batch(kept(rows, table, cover))
        sync(scratch)
        scratch.replace(folder / name)
    return name if pq.read_metadata(folder / name).num_rows else None


def drop_strays(lake: Path, state: State, tables: Iterable[str]) -> None:
    """Remove data files of imports that a killed writer never committed (the caller holds the lock)."""
    for table in tables:
        folder = lake / "tables" / table
        for path in folder.glob("*.parquet"):
            if owner(path.name) not in state.entries:
                path.unlink()


def _after(state: State, entry: Entry, table: str) -> list[Spans]:
    ids = list(state.entries)
    later = [state.entries[id] for id in ids[ids.index(entry.record.id) + 1 :]]
    return [other.spans[table] for other in later if other.live and table in other.spans]
