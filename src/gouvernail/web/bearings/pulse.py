"""Signs of life of the bearings being taken: a file that the worker touches while it works.

A file and no row: the work runs in one long call, and a second connection to write a row with would wait for the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from gouvernail.web.background.beside import Pause, beside
from gouvernail.web.workspaces.models import Workspace

EVERY = 3.0
"""Seconds between two signs."""


def last(workspace: Workspace, pk: int) -> datetime | None:
    """Return when the worker of a bearing last gave a sign, None where it never did."""
    try:
        return datetime.fromtimestamp(_file(workspace, pk).stat().st_mtime, UTC)
    except OSError:
        return None


@contextmanager
def beating(workspace: Workspace, pk: int) -> Iterator[None]:
    """Give signs of life while the block runs; none is left behind."""
    file = _file(workspace, pk)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()

    def beat(over: Pause) -> None:
        while not over(EVERY):
            file.touch()

    try:
        with beside(beat):
            yield
    finally:
        file.unlink(missing_ok=True)


def _file(workspace: Workspace, pk: int) -> Path:
    return workspace.folder / "bearings" / f"{pk}.alive"
