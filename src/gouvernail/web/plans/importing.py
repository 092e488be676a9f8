"""A plan brought as plan.yaml, several files or a zip of them: read with every fault, compared, then written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.bearing.own_metrics import measure_faults
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.faults import Fault, refuse
from gouvernail.plan.files import decode
from gouvernail.plan.formulas import parse_drivers
from gouvernail.plan.load import LoadedPlan, load_texts
from gouvernail.sources.reading.container import UNREADABLE, complaint

MOST_BYTES = 16 * 2**20
"""A plan of ten thousand elements takes a quarter of it."""
MOST_FILES = 200
_YAML = (".yaml", ".yml")


def limit() -> int:
    """Return the most bytes that a plan may take here."""
    return min(MOST_BYTES, int(settings.UPLOAD_LIMIT))


def texts_of(files: Sequence[UploadedFile[Any]]) -> tuple[list[tuple[str, str]], list[Fault]]:
    """Return name and text of every file, and what cannot be decoded.

    Raises:
        UsageError: there are no files, too many, or too large ones.
    """
    texts, faults = [], []
    for name, data in _contents(files):
        text, found = decode(data, name)
        faults += found
        if text is not None:
            texts.append((name, text))
    return texts, faults


def load(
    texts: Sequence[tuple[str, str]], faults: list[Fault], told: Callable[[float], None] = lambda _share: None
) -> LoadedPlan:
    """Read the plan that the files make together; `told` hears how much of the work is done.

    Raises:
        PlanError: the plan cannot be read; `.faults` holds every fault with its line.
    """
    loaded = load_texts(list(texts), faults)
    told(0.8)
    _, wrong = parse_drivers(loaded.plan, METRICS, loaded.locations)
    wrong = [*wrong, *measure_faults(loaded)]
    if wrong:
        raise refuse(wrong)
    return loaded


def _contents(files: Sequence[UploadedFile[Any]]) -> list[tuple[str, bytes]]:
    if not files:
        raise UsageError(T("Choose a file first: plan.yaml, several YAML files, or a zip of them."))
    found: list[tuple[str, bytes]] = []
    left = limit()
    for file in files:
        for name, data in _of(file, left):
            left -= len(data)
            found.append((name, data))
        if left < 0 or len(found) > MOST_FILES:
            raise _too_large()
    if not found:
        raise UsageError(T("There is no YAML file in it."))
    return sorted(found)


def _of(file: UploadedFile[Any], left: int) -> Iterable[tuple[str, bytes]]:
    name = PurePosixPath(str(file.name or "plan.yaml")).name
    if (file.size or 0) > left:
        raise _too_large()
    data = file.read()
    if data[:4] == b"PK\x03\x04":
        return _unzipped(data, left)
    return [(name, data)]


def _unzipped(data: bytes, left: int) -> list[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        wanted = [one for one in archive.infolist() if _wanted(one)]
        if len(wanted) > MOST_FILES:
            raise _too_large()
        found = []
        for one in wanted:
            # What the archive says of its sizes is not believed: reading stops where the room ends.
            with archive.open(one) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise _too_large()
            found.append((PurePosixPath(one.filename).name, content))
    except UsageError:
        raise
    except UNREADABLE as error:
        raise UsageError(complaint(error)) from None
    return found


def _wanted(one: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(one.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not one.is_dir() and not hidden and path.suffix.casefold() in _YAML


def _too_large() -> UsageError:
    return UsageError(
        T(
            "That is too much for a plan: {n} files and {size} MB at most.",
            n=MOST_FILES,
            size=limit() // 2**20,
        )
    )
