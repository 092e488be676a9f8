"""Writing files for the user: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from gouvernail.base import files
from gouvernail.base.errors import UsageError
from gouvernail.base.text import T


def write_whole(path: Path, content: str) -> None:
    """Write `content` to `path`, whole or not at all (`base.files.write_whole`).

    Raises:
        UsageError: it is a folder, its folder does not exist, or it cannot be written.
    """
    if path.is_dir():
        raise UsageError(T("{path} is a folder: name a file.", path=str(path)))
    with files.writing(path):
        files.write_whole(path, content.encode("utf-8"))
