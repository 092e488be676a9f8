"""Numbers that come with a request: what is none, or more than a database counts, is None."""

from __future__ import annotations

_MOST_DIGITS = 9


def number(words: str) -> int | None:
    """Return the number that `words` say, None where they say none that could be a revision's."""
    return int(words) if words.isdecimal() and len(words) <= _MOST_DIGITS else None
