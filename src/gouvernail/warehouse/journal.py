"""The journal: the single commit point of the lake.

One line of JSON an event, appended under the lock. The line feed at its end is what commits it: a line
without one was cut short by a kill, is ignored by readers and cut off by the next writer. Each line carries
the hash of all bodies up to its own, so a version token names a content: the same files imported in the
same order give the same token. Times and Delta versions stand outside the hash.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gouvernail.base.errors import WarehouseError
from gouvernail.base.text import T
from gouvernail.warehouse.records import ImportRecord, TableRecord
from gouvernail.warehouse.spans import Spans, from_data

EMPTY = "0"


@dataclass(frozen=True)
class Entry:
    """An import as the journal knows it: record, covered days and file per table, file of the original."""

    record: ImportRecord
    spans: Mapping[str, Spans]
    segments: Mapping[str, str]
    original: str

    @property
    def live(self) -> bool:
        return self.record.undone is None


@dataclass
class State:
    """What the journal says up to one of its lines. `versions` are Delta versions by table.

    `erased` are files that the last event erases; every writer removes them before it begins, so an
    earlier event's are gone.
    """

    number: int = 0
    hash: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    erased: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        return f"{self.number}-{self.hash[:12]}" if self.number else EMPTY

    def live(self) -> list[Entry]:
        """Return the imports that were not undone, oldest first."""
        return [entry for entry in self.entries.values() if entry.live]


def read_state(path: Path, *, upto: int | None = None) -> State:
    """Replay the journal, up to line `upto` when given.

    Raises:
        WarehouseError: a committed line is damaged.
    """
    state = State()
    data = path.read_bytes() if path.exists() else b""
    for line in data.split(b"\n")[:-1]:
        if upto is not None and state.number >= upto:
            break
        _apply(state, line, path)
    return state


def append(path: Path, state: State, body: Mapping[str, Any], versions: Mapping[str, int]) -> None:
    """Commit `body` after `state` (the caller holds the lock). Durable when it returns."""
    line = {
        "body": body,
        "versions": dict(versions),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "hash": _chain(state.hash, body),
    }
    words = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    with path.open("ab") as file:
        start = _committed_length(path)
        file.truncate(start)
        try:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            # A full disk may have taken half a line; leave none of it.
            os.ftruncate(file.fileno(), start)
            raise


def imported(state: State, body: Mapping[str, Any]) -> State:
    """Return a copy of `state` after an import that is not committed yet."""
    after = _copy(state)
    _import(after, body, datetime.now(UTC))
    return after


def undone(state: State, id: str) -> State:
    """Return a copy of `state` after the undoing of import `id`, not committed yet."""
    after = _copy(state)
    _undo(after, {"id": id}, datetime.now(UTC))
    return after


def forgotten(state: State, body: Mapping[str, Any]) -> State:
    """Return a copy of `state` after an erasure that is not committed yet."""
    after = _copy(state)
    _forget(after, body, datetime.now(UTC))
    return after


def _copy(state: State) -> State:
    return replace(state, entries=dict(state.entries), versions=dict(state.versions))


def canonical(value: Any) -> str:
    """Return one text for equal JSON values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _committed_length(path: Path) -> int:
    data = path.read_bytes()
    return data.rfind(b"\n") + 1


def _chain(previous: str, body: Mapping[str, Any]) -> str:
    return hashlib.sha256((previous + canonical(body)).encode()).hexdigest()


def _apply(state: State, words: bytes, path: Path) -> None:
    try:
        line = json.loads(words)
        body, when = line["body"], datetime.fromisoformat(line["time"])
        whole = _chain(state.hash, body) == line["hash"]
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise WarehouseError(
            T(
                "Line {line} of {file} is damaged. Restore the lake from a backup, or import the originals "
                "into a new one.",
                line=state.number + 1,
                file=str(path),
            )
        )
    _EVENTS[body["event"]](state, body, when)
    state.versions.update(line["versions"])
    state.number += 1
    state.hash = line["hash"]


def _import(state: State, body: Mapping[str, Any], when: datetime) -> None:
    tables = {
        name: TableRecord(table["rows"], _day(table["first"]), _day(table["last"]))
        for name, table in body["tables"].items()
    }
    record = ImportRecord(
        body["id"],
        body["source"],
        body["account"],
        body["file"],
        body["digest"],
        body["options"],
        when,
        tables,
        body["rejected"],
    )
    spans = {name: from_data(table["spans"], name) for name, table in body["tables"].items()}
    state.entries[record.id] = Entry(record, spans, dict(body["segments"]), body["original"])
    state.erased = []


def _undo(state: State, body: Mapping[str, Any], when: datetime) -> None:
    entry = state.entries[body["id"]]
    state.entries[body["id"]] = replace(entry, record=replace(entry.record, undone=when))
    state.erased = []


def _forget(state: State, body: Mapping[str, Any], _: datetime) -> None:
    for id, segments in body["segments"].items():
        entry = state.entries[id]
        state.entries[id] = replace(entry, segments={**entry.segments, **segments})
    state.erased = list(body["erased"])


_EVENTS = {"import": _import, "undo": _undo, "forget": _forget}


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
