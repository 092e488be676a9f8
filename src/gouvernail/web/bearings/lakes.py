"""What a page must know of an organisation's facts without asking any engine: the journal of its lake tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.records import ImportRecord
from gouvernail.web.workspaces.models import Workspace

JOURNAL = "journal.jsonl"


@dataclass(frozen=True)
class LakeFacts:
    """The version of the facts, the days that they cover, and the last day of each source."""

    version: str = ""
    imports: int = 0
    first: date | None = None
    last: date | None = None
    last_by_source: Mapping[str, date] = field(default_factory=dict)
    records: tuple[ImportRecord, ...] = ()


def facts_of(workspace: Workspace) -> LakeFacts:
    """Return what the lake's journal says now; an organisation that never imported anything has no version."""
    folder, now = workspace.lake_path, stamp(workspace)
    if now is None:
        return LakeFacts(version=Lake.open(folder).version()) if folder.exists() else LakeFacts()
    return _read(folder, *now)


def stamp(workspace: Workspace) -> tuple[int, int] | None:
    """Return what differs once the journal said something more, None where it never said anything."""
    try:
        stat = (workspace.lake_path / JOURNAL).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=256)
def _read(folder: Path, _changed: int, _size: int) -> LakeFacts:
    state = Lake.open(folder).state()
    first: list[date] = []
    last: dict[str, date] = {}
    for entry in state.live():
        for table in entry.record.tables.values():
            first += [table.first] if table.first else []
            if table.last:
                source = entry.record.source
                last[source] = max(table.last, last.get(source, table.last))
    return LakeFacts(
        state.token,
        len(state.live()),
        min(first, default=None),
        max(last.values(), default=None),
        last,
        tuple(entry.record for entry in state.live()),
    )
