"""One writer at a time: an advisory file lock that the system frees when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from gouvernail.base.errors import WarehouseError
from gouvernail.base.text import T, Text

_PAUSE = 0.02


@contextmanager
def locked(path: Path, *, patience: float, purpose: str) -> Iterator[None]:
    """Hold the lock `path`, waiting for at most `patience` seconds.

    Raises:
        WarehouseError: another process kept it; the message says which.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _acquire(handle, path, patience)
        _sign(handle, purpose)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise WarehouseError(_holder(path)) from None
            time.sleep(_PAUSE)
        else:
            return


def _sign(handle: int, purpose: str) -> None:
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "purpose": purpose,
    }
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(holder).encode(), 0)


def _holder(path: Path) -> Text:
    try:
        holder = json.loads(path.read_bytes())
    except (OSError, ValueError):
        holder = {}
    return T(
        "The lake is being written by process {pid} on {host} since {since} ({purpose}). Try again later.",
        pid=str(holder.get("pid", "?")),
        host=holder.get("host", "?"),
        since=holder.get("since", "?"),
        purpose=holder.get("purpose", "?"),
    )
