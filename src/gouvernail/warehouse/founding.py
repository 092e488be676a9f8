"""Making a lake, and knowing one when we see it. Several processes may make the same lake at once."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from gouvernail.base.errors import WarehouseError
from gouvernail.base.text import T

FORMAT = 1
_MARK = "lake.json"
_OWN = frozenset({_MARK, "secret", "tables", "originals", "work", "lock", "journal.jsonl"})
_DRAFT = ".draft-"


def found(folder: Path) -> None:
    """Make a lake in `folder`, or check that it is one.

    Raises:
        WarehouseError: the folder holds something else, or a lake of a newer program.
    """
    mark = folder / _MARK
    if not mark.exists():
        _check_free(folder)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("tables", "originals", "work"):
            (folder / name).mkdir(exist_ok=True, mode=0o700)
        _write_once(folder / "secret", secrets.token_bytes(32))
        # The mark comes last: a lake that has it is whole.
        _write_once(mark, json.dumps({"format": FORMAT}).encode())
    _check_format(mark)


def _check_free(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise WarehouseError(T("{folder} is a file, not a lake.", folder=str(folder)))
    held = {path.name for path in folder.iterdir()} if folder.exists() else set()
    strange = sorted(name for name in held - _OWN if not name.startswith(_DRAFT))
    if strange:
        raise WarehouseError(
            T(
                "{folder} is not a lake: it holds {name}. Name an empty or a new folder.",
                folder=str(folder),
                name=strange[0],
            )
        )


def _check_format(mark: Path) -> None:
    try:
        version = int(json.loads(mark.read_bytes())["format"])
    except (ValueError, KeyError, TypeError):
        version = 0
    if version > FORMAT:
        raise WarehouseError(
            T(
                "The lake {folder} was written by a newer Gouvernail. Upgrade the program.",
                folder=str(mark.parent),
            )
        )
    if version < 1:
        raise WarehouseError(
            T("{folder} is not a lake: {name} is damaged.", folder=str(mark.parent), name=mark.name)
        )


def _write_once(path: Path, data: bytes) -> None:
    """Write a file that is whole or absent; where another process was first, keep its."""
    handle, draft = tempfile.mkstemp(prefix=_DRAFT, dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()
