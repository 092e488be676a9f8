"""The ways in which exports write "nothing" (FORMATS §0)."""

from __future__ import annotations

NUMBERS = (
    "", "-", "--", "—", "–", "n/a", "na", "null", "none", "(not set)", "(none)", "select", "<10%", "< 10%", "<5", "< 5",
    "nd", "n.d.", "s.o.", "#n/a",
)  # fmt: skip
"""Nothing, in a column of numbers or dates. `NaN` is not in the list: it is a broken value, and is reported."""
WORDS = ("", "-", "--", "—", "null", "n/a", "#n/a")
"""Nothing, in a column of words: `(none)` and `(not set)` mean something there."""


def is_missing(value: str | None) -> bool:
    """Return whether a raw cell of a number or date column means "nothing"."""
    return value is None or value.strip().casefold() in NUMBERS


def sql_missing(raw: str, tokens: tuple[str, ...] = NUMBERS) -> str:
    """Return the SQL condition "this raw cell means nothing".

    A list, not `IN`: the engine turns a long `IN` into a join, run for every row even where a CASE guards it.
    """
    listed = ", ".join(f"'{token}'" for token in tokens)
    return f"({raw} IS NULL OR list_contains([{listed}], lower({_trimmed(raw)})))"


def sql_words(raw: str) -> str:
    """Return the SQL of a cell of words, trimmed, NULL where it means nothing."""
    trimmed = _trimmed(raw)
    rest = f"CASE WHEN NOT {sql_missing(raw, WORDS)} THEN {trimmed} END"
    # Longer than any such word, a letter first, no space last: passed on as it is, without a copy.
    plain = f"strlen({raw}) > 8 AND {raw} >= '!' AND {raw} < '~' AND NOT suffix({raw}, ' ') AND NOT suffix({raw}, '\u00a0')"
    return f"CASE WHEN {plain} THEN {raw} ELSE {rest} END"


def _trimmed(raw: str) -> str:
    return f"trim({raw}, E' \\t\\r\\n\u00a0\u202f')"
