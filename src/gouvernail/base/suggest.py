"""Did you mean …? One helper for every unknown name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name most like `word`, or the shortest that it begins; None when nothing is close."""
    names = {name.casefold(): name for name in known}
    begun = [name for name in names if len(word) > 2 and name.startswith(word.casefold())]
    if begun:
        return names[min(begun, key=len)]
    match = difflib.get_close_matches(word.casefold(), names, n=1, cutoff=cutoff)
    return names[match[0]] if match else None
