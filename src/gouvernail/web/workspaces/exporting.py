"""Everything of an organisation as one zip: what people wrote, brought, found and did, in files that need no Gouvernail.

The zip is written while it is sent: nothing of it stands in memory or on disk, however large the originals are.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.utils import timezone

from gouvernail.base.spreadsheet import neutral
from gouvernail.bearing.export import dump, to_dict
from gouvernail.bearing.findings_json import finding
from gouvernail.plan.dump import dump_plan
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.data.models import Upload
from gouvernail.web.plans import store
from gouvernail.web.plans.models import ElementRevision
from gouvernail.web.reports.models import Report
from gouvernail.web.rhythm.models import Comment, Minutes
from gouvernail.web.workspaces.models import AuditEntry, Membership, Workspace

CHUNK = 1024 * 1024


class _Pipe:
    """Where the zip is written to: what came since the last look is taken away and sent."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0

    def write(self, data: bytes) -> int:
        """Take bytes."""
        self._parts.append(bytes(data))
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        """Say how much came so far."""
        return self._length

    def flush(self) -> None:
        """Keep nothing back."""

    def taken(self) -> bytes:
        """Return what came since the last look."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def everything(workspace: Workspace, language: str) -> Iterator[bytes]:
    """Yield the zip, piece by piece."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # writes only
        for name, text in _texts(workspace, language):
            archive.writestr(name, text)
            yield pipe.taken()
        for name, path in _originals(workspace):
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                while piece := source.read(CHUNK):
                    target.write(piece)
                    yield pipe.taken()
    yield pipe.taken()


def _texts(workspace: Workspace, language: str) -> Iterator[tuple[str, str]]:
    yield "plan.yaml", dump_plan(store.read(workspace))
    yield "plan-history.jsonl", _jsonl(_history(workspace))
    yield from _findings(workspace, language)
    yield "people.csv", _csv(("email", "name", "role", "person", "since"), _people(workspace))
    yield "trail.csv", _csv(("when", "who", "what", "of what", "details"), _trail(workspace))
    yield "comments.jsonl", _jsonl(_comments(workspace))
    yield "minutes.jsonl", _jsonl(_minutes(workspace))
    yield "reports.jsonl", _jsonl(_reports(workspace))
    yield "imports.jsonl", _jsonl(_imports(workspace))


def _findings(workspace: Workspace, language: str) -> Iterator[tuple[str, str]]:
    newest = (
        BearingRecord.objects.defer("body")
        .filter(workspace=workspace, state=BearingState.ready)
        .order_by("-pk")
        .first()
    )
    bearing = shelf.opened(newest) if newest else None
    if bearing:
        yield "bearing.json", dump(to_dict(bearing, language))
        yield "findings.json", dump([finding(one, language) for one in bearing.findings])


def _history(workspace: Workspace) -> Iterator[dict[str, Any]]:
    rows = (
        ElementRevision.objects.filter(workspace=workspace)
        .select_related("revision__author")
        .order_by("number", "pk")
    )
    for row in rows.iterator(chunk_size=1000):
        yield {
            "revision": row.number,
            "scenario": row.scenario_id,
            "made": row.revision.made.isoformat(),
            "author": row.revision.author.email if row.revision.author else None,
            "note": row.revision.note,
            "section": row.section,
            "element": row.element,
            "body": None if row.deleted else row.body,
        }


def _people(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    for one in Membership.objects.filter(workspace=workspace).select_related("user").order_by("pk"):
        yield one.user.email, one.user.name, one.role, one.person, one.since.isoformat()


def _trail(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    rows = AuditEntry.objects.filter(workspace=workspace).select_related("actor").order_by("pk")
    for one in rows.iterator(chunk_size=1000):
        who = one.actor.email if one.actor else ""
        yield one.made.isoformat(), who, one.what, one.subject, json.dumps(one.details, ensure_ascii=False)


def _comments(workspace: Workspace) -> Iterator[dict[str, Any]]:
    for one in Comment.objects.filter(workspace=workspace).select_related("author").order_by("pk"):
        yield {
            "element": one.element,
            "finding": one.finding,
            "author": one.author.email if one.author else None,
            "made": one.made.isoformat(),
            "text": one.text,
        }


def _minutes(workspace: Workspace) -> Iterator[dict[str, Any]]:
    for one in Minutes.objects.filter(workspace=workspace).order_by("pk"):
        yield {
            "meeting": one.meeting,
            "held": one.held.isoformat(),
            "agenda": one.agenda,
            "notes": one.notes,
            "present": one.present,
        }


def _reports(workspace: Workspace) -> Iterator[dict[str, Any]]:
    for one in Report.objects.filter(workspace=workspace).defer("html").order_by("pk"):
        yield {
            "title": one.title,
            "period": one.period,
            "made": one.made.isoformat(),
            "made_from": one.made_from,
        }


def _imports(workspace: Workspace) -> Iterator[dict[str, Any]]:
    for one in Upload.objects.filter(workspace=workspace).select_related("author").order_by("pk"):
        yield {
            "id": one.pk,
            "name": one.name,
            "size": one.size,
            "author": one.author.email if one.author else None,
            "made": one.made.isoformat(),
            "state": one.state,
            "import": one.import_id,
        }


def _originals(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    folder = workspace.lake_path / "originals"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield f"originals/{path.name}", path
    for one in Upload.objects.filter(workspace=workspace).exclude(kept="").order_by("pk"):
        one.workspace = workspace
        if one.path.is_file() and not one.path.is_symlink():
            yield f"uploads/{one.pk}/{Path(one.name).name or 'file'}", one.path


def _jsonl(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)


def _csv(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def name_of(workspace: Workspace) -> str:
    """Return what the zip is called."""
    return f"{workspace.slug}-{timezone.localdate():%Y-%m-%d}.zip"
