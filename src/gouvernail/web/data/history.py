"""The imports of an organisation: what each brought, who brought it, and what undoing it would take away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from gouvernail.base.ids import source_name
from gouvernail.base.text import T, Text
from gouvernail.warehouse import journal
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.records import ImportRecord
from gouvernail.warehouse.visibility import touched
from gouvernail.web.bearings import shelf
from gouvernail.web.data.models import Upload, UploadState
from gouvernail.web.data.words import table_name
from gouvernail.web.workspaces.models import Workspace


@dataclass(frozen=True)
class Brought:
    """What an import brought to one table."""

    table: Text
    rows: int
    days: Text | None


@dataclass(frozen=True)
class Import:
    """One import of the history."""

    record: ImportRecord
    source: str
    tables: tuple[Brought, ...]
    who: str
    upload: Upload | None
    kept: bool
    """Whether the lake still keeps the file itself."""

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables)

    @property
    def when(self) -> datetime:
        return self.record.time


@dataclass(frozen=True)
class Returning:
    """Days that an earlier import told, and would tell again."""

    record: ImportRecord
    table: Text


def records(workspace: Workspace) -> list[ImportRecord]:
    """Return every import, also those that were undone, the newest first."""
    lake = shelf.lake(workspace)
    return list(reversed(lake.imports(undone=True))) if lake else []


def imports(workspace: Workspace, some: Iterable[ImportRecord]) -> list[Import]:
    """Return imports with who brought them; one question to the database for all."""
    wanted = list(some)
    lake = shelf.lake(workspace)
    uploads = Upload.objects.filter(workspace=workspace, import_id__in=[one.id for one in wanted])
    by_id: dict[str, Upload] = {}
    for upload in uploads.select_related("author").defer("preview").order_by("pk"):
        if upload.state != UploadState.repeated:
            by_id[upload.import_id] = upload
    originals = {path.name for path in (lake.folder / "originals").glob("*")} if lake else set()
    entries = lake.state().entries if lake else {}
    return [_import(one, by_id.get(one.id), kept=entries[one.id].original in originals) for one in wanted]


def found(workspace: Workspace, id: str) -> tuple[Lake, Import]:
    """Return one import.

    Raises:
        Http404: there is none of that id in this organisation.
    """
    lake = shelf.lake(workspace)
    record = next((one for one in lake.imports(undone=True) if one.id == id), None) if lake else None
    if lake is None or record is None:
        raise Http404
    return lake, imports(workspace, [record])[0]


def returning(lake: Lake, id: str) -> tuple[Returning, ...]:
    """Return what earlier imports would tell again if this one were undone: it had replaced their days."""
    state = lake.state()
    entry = state.entries[id]
    after = journal.undone(state, id) if entry.live else state
    return tuple(
        Returning(earlier.record, table_name(table))
        for table in entry.segments
        if table in entry.spans
        for earlier in touched(after, table, entry)
    )


def _import(record: ImportRecord, upload: Upload | None, *, kept: bool) -> Import:
    who = str(upload.author) if upload and upload.author else ""
    tables = tuple(
        Brought(
            table_name(name),
            one.rows,
            T("{start} to {end}", start=one.first, end=one.last) if one.first and one.last else None,
        )
        for name, one in sorted(record.tables.items())
    )
    return Import(record, source_name(record.source), tables, who, upload, kept)
