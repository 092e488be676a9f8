"""Did you mean …?, asked many times: a plan full of unknown names must stay quick to check."""

from __future__ import annotations

from collections.abc import Iterable

from gouvernail.base.suggest import closest

MOST = 25
"""How many different unknown names get a suggestion: each look-up compares with every known name."""


class Suggestions:
    """The nearest known name, remembered by name, and no longer looked for once many were unknown."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(known)
        self._found: dict[str, str | None] = {}

    def near(self, word: str) -> str | None:
        """Return the known name most like `word`, or None."""
        if word not in self._found:
            self._found[word] = closest(word, self._known) if len(self._found) < MOST else None
        return self._found[word]
