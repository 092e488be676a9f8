"""Where the mapping of a file is found."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T

Mappings = dict[str, Any] | list[dict[str, Any]]


def find_mapping(file: Path, given: Path | None = None, folder: Path | None = None) -> Mappings | None:
    """Return the mapping for `file`: the one given, the one beside it, or one of `folder`; None where there is none.

    Raises:
        UsageError: the mapping file is missing or is not YAML.
    """
    if given is not None:
        return load_mapping(given)
    for name in (f"{file.name}.mapping.yaml", f"{file.stem}.mapping.yaml"):
        if (file.parent / name).is_file():
            return load_mapping(file.parent / name)
    if folder is None or not folder.is_dir():
        return None
    for path in sorted(folder.glob("*.yaml")):
        own = {file.name, file.stem, f"{file.name}.mapping", f"{file.stem}.mapping"}
        if path.stem in own:
            return load_mapping(path)
        found = load_mapping(path)
        first = found[0] if isinstance(found, list) else found
        if first.get("files") and fnmatch(file.name, str(first["files"])):
            return found
    return None


def load_mapping(path: Path) -> Mappings:
    """Return the content of a mapping file, plain text and numbers only (dates stay text).

    Raises:
        UsageError: the file is missing, is not YAML, or holds no mapping.
    """
    import yaml

    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes text only
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(
            T("The mapping file {path} cannot be read: {why}", path=str(path), why=why)
        ) from error
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(T("The mapping file {path} holds no mapping.", path=str(path)))
    return found if isinstance(found, list) else entries[0]
