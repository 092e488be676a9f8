"""Files on their way in: kept in the organisation's folder under a name that can do no harm, and never executed."""

from __future__ import annotations

import glob
import re
import shutil
import unicodedata
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db.models import QuerySet

from gouvernail.web.accounts.models import User
from gouvernail.web.data.models import Upload
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

FOLDER = "incoming"
LONGEST = 120
"""Bytes of a file name: with its folder it fits any file system."""
_BATCH = re.compile(r"[0-9a-f]{16}")
_HARMLESS = re.compile(r"[^\w .,()\[\]&+='@-]")


def receive(workspace: Workspace, author: User | None, file: UploadedFile[Any], batch: str = "") -> Upload:
    """Keep an uploaded file and return its record. Ordering the look at it is the caller's (`data.orders.look`).

    Files of one `batch` stand in one folder, as they did where they come from: some explain each other.
    """
    name = safe_name(file.name or "")
    place = Path(FOLDER) / (batch if _BATCH.fullmatch(batch) else token_hex(8)) / name
    if (workspace.folder / place).exists():
        place = Path(FOLDER) / token_hex(8) / name
    target = workspace.folder / place
    target.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    _move(file, target)
    made = Upload.objects.create(
        workspace=workspace, author=author, name=name, kept=str(place), size=target.stat().st_size
    )
    record(workspace, author, "file.uploaded", name, size=made.size)
    return made


def safe_name(name: str) -> str:
    """Return the last part of a file name without anything a path, a shell or a page could stumble over.

    What exports write into their names is kept (`Campaigns(2026.05.05-2026.05.24).csv`): some tell the period there.
    """
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    plain = _HARMLESS.sub("_", last).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 12:
        return _cut(plain, LONGEST)
    return f"{_cut(stem, LONGEST - len(ending) * 4)}.{ending}"


def batch_of(upload: Upload) -> QuerySet[Upload]:
    """Return the other files that came with this one and are still here."""
    folder = f"{Path(upload.kept).parent}/"
    mine = Upload.objects.filter(workspace=upload.workspace, kept__startswith=folder)
    return mine.exclude(pk=upload.pk)


def drop(upload: Upload, *, at_once: bool = True) -> None:
    """Throw the file away: the lake keeps its own copy of what was imported.

    Unless `at_once`, it stays beside the others that came with it until the last of them goes: they may need it.
    """
    if not upload.kept:
        return
    if not batch_of(upload).exists():
        shutil.rmtree(upload.path.parent, ignore_errors=True)
    elif at_once:
        for path in upload.path.parent.glob(f"{glob.escape(upload.path.name)}*"):
            path.unlink(missing_ok=True)
    Upload.objects.filter(pk=upload.pk).update(kept="")
    upload.kept = ""


def _move(file: UploadedFile[Any], target: Path) -> None:
    if isinstance(file, TemporaryUploadedFile):
        # The spool is emptied when the request ends: what was moved away is no longer its own.
        shutil.move(file.temporary_file_path(), target)
    else:
        with target.open("wb") as out:
            for piece in file.chunks():
                out.write(piece)
    target.chmod(0o600)


def _cut(words: str, most: int) -> str:
    return words.encode()[:most].decode(errors="ignore")
