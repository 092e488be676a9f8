"""Yes and no in the words of exports, English and French; any other word is told, not guessed."""

from __future__ import annotations

YES = ("1", "true", "yes", "y", "t", "oui", "vrai", "o")
NO = ("0", "false", "no", "n", "f", "non", "faux")


def sql_yes_no(raw: str) -> str:
    """Return the SQL of a flag: true, false, or NULL where the words say neither."""
    word = f"lower(trim({raw}, E' \\t\\r\\n\u00a0\u202f'))"
    return f"CASE WHEN {word} IN ({_listed(YES)}) THEN true WHEN {word} IN ({_listed(NO)}) THEN false END"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
