"""The lake: facts at rest, in a folder. What it guarantees, and how, is told in docs/lake.md.

lake.json      what the folder is, and the version of its layout
secret         key of the pseudonyms (mode 0600)
journal.jsonl  the single commit point
tables/<name>/ one Delta table for each canonical table, made when first needed; and `rejects`
originals/     the imported files, named by their SHA-256
work/          imports under way
lock           held while committing
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouvernail.base.errors import WarehouseError
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, verbatim
from gouvernail.warehouse import delta, journal
from gouvernail.warehouse.faults import disk_faults
from gouvernail.warehouse.forgetting import finish, prepare
from gouvernail.warehouse.founding import found
from gouvernail.warehouse.journal import Entry, State, canonical
from gouvernail.warehouse.locking import locked
from gouvernail.warehouse.records import Coverage, ImportRecord, RejectedRow
from gouvernail.warehouse.schema import REJECTS
from gouvernail.warehouse.scratch import Scratch, sweep
from gouvernail.warehouse.visibility import drop_strays, owner, touched, visible_file
from gouvernail.warehouse.writing import Import, check_new

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60.0
"""Seconds to wait for another writer."""


@dataclass(frozen=True)
class Lake:
    """A lake, following its newest version, or pinned to one (`pin`, see `at`)."""

    folder: Path
    patience: float = PATIENCE
    pin: str | None = None

    @classmethod
    def open(cls, folder: Path, *, patience: float = PATIENCE) -> Lake:
        """Open the lake in `folder`, making it where the folder is missing or empty.

        Raises:
            WarehouseError: the folder holds something else, or cannot be read or made.
        """
        with disk_faults(folder):
            found(folder)
        return cls(folder.resolve(), patience)

    @property
    def secret(self) -> bytes:
        """The random key of this lake's pseudonyms (32 bytes); it never leaves the lake's folder."""
        with disk_faults(self.folder):
            return (self.folder / "secret").read_bytes()

    def version(self) -> str:
        """Return the token of the version that is read: equal tokens, equal rows."""
        return self.state().token

    def at(self, token: str) -> Lake:
        """Return this lake as it was at `token`, read-only.

        Raises:
            WarehouseError: this lake never had such a version.
        """
        pinned = Lake(self.folder, self.patience, token)
        pinned.state()
        return pinned

    def imports(self, *, undone: bool = False) -> tuple[ImportRecord, ...]:
        """Return the imports, oldest first; with `undone`, also those that were undone."""
        entries = self.state().entries.values()
        return tuple(entry.record for entry in entries if undone or entry.live)

    def already_imported(self, digest: str, options: Mapping[str, Any]) -> ImportRecord | None:
        """Return the import of the same file (SHA-256 `digest`) with the same options, if it is in the lake."""
        wanted = canonical(options)
        for record in self.imports():
            if record.digest == digest and canonical(record.options) == wanted:
                return record
        return None

    def begin(self, source: str, account: str, original: Path, options: Mapping[str, Any]) -> Import:
        """Begin an import of the file `original`: a context manager that commits when its block ends well.

        Raises:
            WarehouseError: the lake is pinned or cannot be written.
        """
        self._writable()
        return Import(self, source, account, original, options)

    def undo(self, import_id: str) -> ImportRecord:
        """Take an import back: the lake is as if it had never been made, all others kept in their order.

        Raises:
            WarehouseError: no such import, or it was undone already.
        """
        self._writable()
        with self._writing(f"undo {import_id}") as (state, scratch):
            entry = _known(state, import_id)
            after = journal.undone(state, import_id)
            versions = {
                name: self._show(after, name, touched(after, name, entry), scratch, gone=import_id)
                for name in entry.segments
            }
            body = {"event": "undo", "id": import_id}
            journal.append(self._journal, state, body, versions)
        return self.state().entries[import_id].record

    def rejects(self, import_id: str) -> tuple[RejectedRow, ...]:
        """Return the rows of an import that could not be read.

        Raises:
            WarehouseError: no such import.
        """
        import pyarrow.parquet as pq

        from gouvernail.warehouse.rejects import rejected_rows

        entry = _known(self.state(), import_id, undone=True)
        if REJECTS not in entry.segments:
            return ()
        with disk_faults(self.folder):
            return rejected_rows(pq.read_table(self.table_folder(REJECTS) / entry.segments[REJECTS]))

    def forget_person(self, person: str) -> int:
        """Erase every row of a person (by pseudonym) from all tables and versions; return how many.

        The originals that held them are erased too, and versions of before can no longer be read.
        """
        self._writable()
        with self._writing("forget a person") as (state, scratch):
            erasure = prepare(self, state, person, scratch)
            if not erasure.segments:
                return 0
            after = journal.forgotten(state, erasure.body())
            changed = [after.entries[id] for id in erasure.segments]
            versions = {
                name: self._show(after, name, [e for e in changed if e.live and name in e.segments], scratch)
                for name in sorted({name for names in erasure.segments.values() for name in names})
            }
            journal.append(self._journal, state, erasure.body(), versions)
            finish(self.folder, self.state())
        return erasure.rows

    def coverage(self) -> tuple[Coverage, ...]:
        """Return what the lake holds, per source, account and table."""
        from gouvernail.warehouse.coverage import coverage
        from gouvernail.warehouse.engine import engine_of

        return coverage(engine_of(self))

    def files(self, table: str) -> tuple[Path, ...]:
        """Return the data files of a table at this version, in a stable order.

        Raises:
            WarehouseError: the version was erased (see `forget_person`).
        """
        state = self.state()
        if table not in state.versions:
            return ()
        folder = self.table_folder(table)
        with disk_faults(self.folder):
            names = delta.files_at(folder, state.versions[table])
        order = {id: place for place, id in enumerate(state.entries)}
        paths = [folder / name for name in sorted(names, key=lambda name: (order[owner(name)], name))]
        if not all(path.exists() for path in paths):
            raise WarehouseError(
                T(
                    "The version {token} of the lake can no longer be read: a person's rows were erased since.",
                    token=state.token,
                )
            )
        return tuple(paths)

    def table_folder(self, table: str) -> Path:
        """Return the folder of the Delta table `table`."""
        return self.folder / "tables" / table

    def state(self) -> State:
        """Return what the journal says at this version."""
        upto = None if self.pin is None else _number(self.pin)
        with disk_faults(self.folder):
            state = journal.read_state(self._journal, upto=upto)
        if self.pin is not None and state.token != self.pin:
            raise WarehouseError(T("This lake has no version {token}.", token=self.pin))
        return state

    @property
    def _journal(self) -> Path:
        return self.folder / "journal.jsonl"

    def _writable(self) -> None:
        if self.pin is not None:
            raise WarehouseError(T("A pinned version of the lake cannot be changed."))

    @contextmanager
    def _writing(self, purpose: str) -> Iterator[tuple[State, Path]]:
        """Hold the lock; yield the newest state and a scratch file for remainders."""
        with (
            disk_faults(self.folder),
            locked(self.folder / "lock", patience=self.patience, purpose=purpose),
            Scratch(self.folder) as scratch,
        ):
            sweep(self.folder)
            state = self.state()
            finish(self.folder, state)
            yield state, scratch.folder / "remainder.parquet"

    def _commit_import(self, work: Import) -> None:
        with self._writing(f"import {work.id}") as (state, scratch):
            for entry in state.live():
                if work.same_as(entry.record):
                    work.record, work.repeated = entry.record, True
                    return
            check_new(state.entries, work.id)
            drop_strays(self.folder, state, work.names())
            body = work.entry_body()
            work.move_in()
            after = journal.imported(state, body)
            entry = after.entries[work.id]
            versions = {
                name: self._show(after, name, [*touched(after, name, entry), entry], scratch)
                for name in entry.segments
            }
            journal.append(self._journal, state, body, versions)
        work.record = self.state().entries[work.id].record

    def _show(
        self, after: State, table: str, changed: Iterable[Entry], scratch: Path, *, gone: str = ""
    ) -> int:
        """Commit the Delta version of `table` in which each of `changed` shows what is left of it.

        The files of `changed`, and of the import `gone`, make way first.
        """
        folder = self.table_folder(table)
        shown = list(changed)
        ids = {gone, *(entry.record.id for entry in shown)}
        version = after.versions.get(table)
        held = delta.files_at(folder, version) if version is not None else frozenset()
        new = {visible_file(after, table, entry, folder, scratch) for entry in shown}
        staying = {name for name in held if owner(name) not in ids}
        wanted = frozenset(staying | {name for name in new if name})
        return delta.commit(folder, table, wanted)


def _known(state: State, import_id: str, *, undone: bool = False) -> Entry:
    entry = state.entries.get(import_id)
    if entry is None:
        near = closest(import_id, state.entries)
        hint = T(" Did you mean {near}?", near=near) if near else verbatim("")
        raise WarehouseError(T("There is no import {id} in this lake.{hint}", id=import_id, hint=hint))
    if not entry.live and not undone:
        raise WarehouseError(T("The import {id} was undone already.", id=import_id))
    return entry


def _number(token: str) -> int:
    words = token.partition("-")[0]
    if not words.isdecimal():
        raise WarehouseError(T("This lake has no version {token}.", token=token))
    return int(words)
