"""Which workers live: each holds a lock on a file of its own, and the system lets go of it when the process dies.

No clock is asked, so a worker that computes for an hour is alive, and one killed a moment ago is not.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gouvernail.web import environment


@contextmanager
def signed_in(worker: str) -> Iterator[None]:
    """Hold the lock of `worker` while the block runs."""
    path = _file(worker)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _locked(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def is_alive(worker: str) -> bool:
    """Return whether a process holds the lock of `worker`."""
    try:
        handle = os.open(_file(worker), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def sweep() -> None:
    """Remove the files of dead workers."""
    for path in environment.home().joinpath("workers").glob("*.lock"):
        if not is_alive(path.stem):
            path.unlink(missing_ok=True)


def _locked(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        # Somebody may have swept the file away between the two calls: then the lock is on nothing.
        if path.exists() and path.stat().st_ino == os.fstat(handle).st_ino:
            return handle
        os.close(handle)


def _file(worker: str) -> Path:
    return environment.home() / "workers" / f"{worker}.lock"
