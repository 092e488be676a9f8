"""A rule's page, as paragraphs: its docstring in the reader's language, without its list of parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouvernail.checks.pages import page
from gouvernail.checks.rule import Rule
from gouvernail.web.look.templatetags.look import language

HIDDEN = frozenset({"Parameters", "Paramètres"})


@dataclass(frozen=True)
class Passage:
    """A heading, and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def page_of(rule: Rule) -> tuple[Passage, ...]:
    """Return what the rule's page says; its parameters stand in the form beside it."""
    parts = re.split(r"^## +(.+)$", page(rule.code, language()), flags=re.M)
    found = zip(parts[1::2], parts[2::2], strict=True)
    return tuple(
        Passage(
            title.strip(), tuple(line.strip().replace("`", "") for line in body.splitlines() if line.strip())
        )
        for title, body in found
        if title.strip() not in HIDDEN
    )
