"""Faults of the disk, said in sentences."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gouvernail.base.errors import WarehouseError
from gouvernail.base.text import T, Text

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def disk_faults(folder: Path) -> Iterator[None]:
    """Turn an `OSError` (also Arrow's and Delta's, which inherit from it) into a `WarehouseError`."""
    try:
        yield
    except OSError as error:
        raise WarehouseError(_sentence(error, folder)) from error


def _sentence(error: OSError, folder: Path) -> Text:
    words = str(error)
    if error.errno in _FULL or "os error 28" in words:
        return T(
            "The disk that holds {folder} is full. Nothing was changed: make room, then try again.",
            folder=str(folder),
        )
    if error.errno in _FORBIDDEN or "os error 30" in words or "os error 13" in words:
        return T(
            "{folder} cannot be written (read-only, or not yours). Nothing was changed.",
            folder=str(folder),
        )
    return T(
        "The lake {folder} cannot be read or written: {reason}",
        folder=str(folder),
        reason=words,
    )
