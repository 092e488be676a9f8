"""A folder for work under way, beside the tables; those of dead processes are swept."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

NAME = "work"


class Scratch:
    """A temporary folder in the lake that this process holds by a lock; `close` removes it."""

    def __init__(self, lake: Path) -> None:
        parent = lake / NAME
        parent.mkdir(exist_ok=True)
        self.folder, self._handle = _made(parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._handle)


def _made(parent: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(dir=parent))
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        with suppress(BlockingIOError, FileNotFoundError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A sweeper may have taken the folder before it was locked.
            folder.stat()
            return folder, handle
        os.close(handle)


def sweep(lake: Path) -> None:
    """Remove the folders whose process is gone (the caller holds the lake's lock)."""
    for folder in (lake / NAME).iterdir():
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)
