"""Which code made a bearing: the version, and a hash of the source, so that a correction is seen at once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import gouvernail

APART = frozenset({"web", "cli", "report", "locale", "simulate"})
"""Rooms that show a bearing and do not make it."""


@cache
def code_version() -> str:
    """Return the version of the code that makes bearings, e.g. `0.3.0+9f86d081`. Read once in a process."""
    root = Path(gouvernail.__file__).parent
    seen = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if path.suffix in (".py", ".yaml") and inner.parts[0] not in APART:
            seen.update(str(inner).encode())
            seen.update(path.read_bytes())
    return f"{gouvernail.__version__[:20]}+{seen.hexdigest()[:10]}"
