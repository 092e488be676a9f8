"""Text that goes into a spreadsheet: none that it would run as a formula, whoever wrote it."""

from __future__ import annotations

RISKY = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(words: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe before it makes it text again."""
    return f"'{words}" if words.startswith(RISKY) else words
