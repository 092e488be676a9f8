"""Sentences that are kept, in every language: whoever looks at them later may read another one."""

from __future__ import annotations

from collections.abc import Mapping

from gouvernail.base.text import LANGUAGES, Text


def both(text: Text) -> dict[str, str]:
    """Return a sentence in both languages."""
    return {language: text.render(language) for language in LANGUAGES}


def in_language(kept: Mapping[str, str] | None, language: str) -> str:
    """Return a sentence that was kept in both languages."""
    return (kept or {}).get(language) or (kept or {}).get("en", "")
