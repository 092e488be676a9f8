"""An import under way, and its commit.

Rows and the copy of the original are written to a folder of their own beside the tables, without the lock.
Leaving the `with` block takes the lock, moves the files in, commits each Delta table, and then the journal.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from gouvernail.base.errors import WarehouseError
from gouvernail.base.text import T
from gouvernail.warehouse.faults import disk_faults
from gouvernail.warehouse.journal import Entry, State, canonical
from gouvernail.warehouse.records import ImportRecord, Rejected
from gouvernail.warehouse.rejects import rejects_batch
from gouvernail.warehouse.schema import REJECTS, conform
from gouvernail.warehouse.scratch import Scratch
from gouvernail.warehouse.spans import to_data
from gouvernail.warehouse.spool import Spool, sync
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    from gouvernail.warehouse.lake import Lake


class Import:
    """One import under way; use it as a context manager.

    After the block, `record` is what was committed and `repeated` says whether the same file with the same
    options was there already (then nothing changed).
    """

    def __init__(
        self, lake: Lake, source: str, account: str, original: Path, options: Mapping[str, Any]
    ) -> None:
        self.record: ImportRecord | None = None
        self.repeated = False
        self._lake, self._source, self._account = lake, source, account
        # A name in another encoding than UTF-8 holds what JSON and tables cannot.
        self._file = original.name.encode("utf-8", "replace").decode()
        self._options = json.loads(canonical(options))
        self._spools: dict[str, Spool] = {}
        with disk_faults(lake.folder):
            self._scratch = Scratch(lake.folder)
            try:
                self._copy = self._scratch.folder / ("original" + original.suffix.lower())
                self.digest = _copied(original, self._copy)
            except BaseException:
                self._scratch.close()
                raise
        self.id = self._new_id(lake.state())

    def add(self, table: str, rows: pa.RecordBatch) -> None:
        """Take rows of a canonical table, columns as in `warehouse.tables` (missing ones are null).

        Raises:
            WarehouseError: an unknown table or column, values of another type, or a full disk.
        """
        if table not in TABLES:
            raise WarehouseError(T("There is no table {table}.", table=table))
        shaped = conform(rows, table, source=self._source, account=self._account, import_id=self.id)
        with disk_faults(self._lake.folder):
            self._spool(table).add(shaped)

    def reject(self, rejects: Iterable[Rejected]) -> None:
        """Keep rows that could not be read, with line, column, value and reason."""
        batch = rejects_batch(rejects, self.id)
        if batch.num_rows:
            with disk_faults(self._lake.folder):
                self._spool(REJECTS).add(batch)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with disk_faults(self._lake.folder):
                if kind is None:
                    for spool in self._spools.values():
                        spool.close()
                    self._lake._commit_import(self)
        finally:
            self._scratch.close()

    def same_as(self, record: ImportRecord) -> bool:
        """Say whether `record` is of the same file, source, account and options."""
        return (record.digest, record.source, record.account, canonical(record.options)) == (
            self.digest,
            self._source,
            self._account,
            canonical(self._options),
        )

    def entry_body(self) -> dict[str, Any]:
        """Return the journal body of this import."""
        tables = {}
        for name, spool in self._filled():
            firsts = [span.first for span in spool.spans.values() if span.first]
            lasts = [span.last for span in spool.spans.values() if span.last]
            tables[name] = {
                "rows": spool.rows,
                "first": str(min(firsts)) if firsts else None,
                "last": str(max(lasts)) if lasts else None,
                "spans": to_data(spool.spans),
            }
        rejected = self._spools[REJECTS].rows if REJECTS in self._spools else 0
        return {
            "event": "import",
            "id": self.id,
            "source": self._source,
            "account": self._account,
            "file": self._file,
            "original": self._kept_name,
            "digest": self.digest,
            "options": self._options,
            "tables": tables,
            "rejected": rejected,
            "segments": dict.fromkeys(self.names(), f"{self.id}.parquet"),
        }

    def move_in(self) -> None:
        """Move the spooled files and the original to their places (the caller holds the lock)."""
        for name in self.names():
            folder = self._lake.table_folder(name)
            folder.mkdir(parents=True, exist_ok=True)
            self._spools[name].path.replace(folder / f"{self.id}.parquet")
            sync(folder)
        self._copy.replace(self._lake.folder / "originals" / self._kept_name)

    @property
    def _kept_name(self) -> str:
        return self.digest + self._copy.suffix

    def _spool(self, table: str) -> Spool:
        if table not in self._spools:
            self._spools[table] = Spool(self._scratch.folder / f"{table}.parquet", table)
        return self._spools[table]

    def names(self) -> list[str]:
        """Return the tables that have rows, `rejects` among them."""
        return sorted(name for name, spool in self._spools.items() if spool.rows)

    def _filled(self) -> list[tuple[str, Spool]]:
        return [(name, self._spools[name]) for name in self.names() if name != REJECTS]

    def _new_id(self, state: State) -> str:
        """Return an id made from the content, so that lakes filled alike are alike."""
        words = canonical([self.digest, self._source, self._account, self._options])
        stem = hashlib.sha256(words.encode()).hexdigest()[:12]
        times = sum(1 for id in state.entries if id.split("-")[0] == stem)
        return stem if not times else f"{stem}-{times + 1}"


def check_new(entries: Mapping[str, Entry], id: str) -> None:
    """Refuse an id that was used and undone by another process since the import began."""
    if id in entries:
        raise WarehouseError(T("The same file was imported and undone meanwhile. Import it again."))


def _copied(original: Path, copy: Path) -> str:
    """Copy within the kernel, then hash the copy: the digest is of what is kept, whatever happens to the original."""
    shutil.copyfile(original, copy)
    shutil.copystat(original, copy)
    copy.chmod(0o600)
    with copy.open("rb") as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest()
