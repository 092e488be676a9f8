"""Writing files for the user: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T


def write_whole(path: Path, content: str) -> None:
    """Write `content` to `path`; a crash leaves the old file, never half a new one.

    Raises:
        UsageError: the folder does not exist or cannot be written.
    """
    if path.is_dir():
        raise UsageError(T("{path} is a folder: name a file.", path=str(path)))
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        # mkstemp makes private files; a report is to be shared, so give it what a plain open would.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise UsageError(
            T("{path} cannot be written: {reason}.", path=str(path), reason=error.strerror or str(error))
        ) from None
