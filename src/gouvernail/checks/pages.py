"""A rule's page in the reader's language: the module's docstring in English, `locale/fr/rules/<CODE>.md` in French."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gouvernail.checks.catalogue import RULES

FOLDER = Path(__file__).parent.parent / "locale"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "What it finds",
        "Why it matters",
        "Example",
        "How to put it right",
        "Parameters",
        "When it stays silent",
    ),
    "fr": (
        "Ce que la règle relève",
        "Pourquoi c’est important",
        "Exemple",
        "Comment y remédier",
        "Paramètres",
        "Quand elle se tait",
    ),
}
"""Language → the headings of a page, in order."""


def page(code: str, language: str) -> str:
    """Return the page of the rule `code`, in Markdown, its one-line statement first.

    Raises:
        KeyError: there is no such rule.
    """
    rule = RULES[code]
    if language == "en":
        return rule.doc
    return (FOLDER / language / "rules" / f"{code}.md").read_text("utf-8").strip()


def section(code: str, language: str, heading: int) -> str:
    """Return the text under the heading number `heading` (of `HEADINGS`), from 0."""
    _, _, rest = page(code, language).partition(f"## {HEADINGS[language][heading]}\n")
    return rest.partition("\n## ")[0].strip()
