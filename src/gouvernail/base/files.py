"""Files of the user: written whole or not at all, and what the system says against it in the reader's language."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text, verbatim

_REASONS: Mapping[int, Text] = {
    errno.EACCES: T("Permission denied"),
    errno.EPERM: T("Operation not permitted"),
    errno.ENOENT: T("No such file or directory"),
    errno.ENOTDIR: T("Not a directory"),
    errno.EISDIR: T("Is a directory"),
    errno.ENOSPC: T("No space left on device"),
    errno.EROFS: T("Read-only file system"),
    errno.ENAMETOOLONG: T("File name too long"),
    errno.ELOOP: T("Too many levels of symbolic links"),
    errno.EIO: T("Input/output error"),
}


def reason(error: OSError) -> Text:
    """Return why the system refuses: its own words, those that users meet translated."""
    return _REASONS.get(error.errno or 0) or verbatim(error.strerror or str(error))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in one sentence what the system has against writing `path`.

    Raises:
        UsageError: in the place of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise UsageError(
            T("{path} cannot be written: {reason}.", path=str(path), reason=reason(error))
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`; a crash leaves the old file, never half a new one.

    Where `path` is a link, what it leads to is written; a file that is there keeps its permissions. What is no file
    (/dev/null, a pipe) is written to, not replaced.

    Raises:
        OSError: the folder does not exist, or the system refuses.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if target.exists():
            shutil.copymode(target, name)
        else:
            # mkstemp makes private files; give it what a plain open would.
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
