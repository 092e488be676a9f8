"""Where the mapping of a file is found."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.files import reason
from gouvernail.base.text import T, Text

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
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise UsageError(
            T("The mapping file {path} cannot be read: {why}", path=str(path), why=_why(error))
        ) from error
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(T("The mapping file {path} holds no mapping.", path=str(path)))
    return found if isinstance(found, list) else entries[0]


def _why(error: Exception) -> Text:
    """Return why a mapping file is none, told to someone who has never met YAML's own words."""
    from yaml.error import MarkedYAMLError

    match error:
        case OSError():
            return reason(error)
        case UnicodeDecodeError():
            return T("it is not text saved as UTF-8.")
        case MarkedYAMLError(problem_mark=mark) if mark:
            return T(
                "line {line} is not valid YAML: check quotes, colons and indentation.", line=mark.line + 1
            )
        case _:
            return T("it is not valid YAML.")
