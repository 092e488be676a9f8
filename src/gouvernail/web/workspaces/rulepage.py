"""A rule's page in passages, in the reader's language: without its list of parameters, which stand in the form beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from gouvernail.base.text import Text
from gouvernail.checks.pages import HEADINGS
from gouvernail.checks.rule import Rule
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.rhythm import rule_pages

PARAMETERS = HEADINGS["en"].index("Parameters")


@dataclass(frozen=True)
class Passage:
    """A heading, and what stands under it."""

    title: str
    body: SafeString


def page_of(rule: Rule) -> tuple[Passage, ...]:
    """Return what the rule's page says."""
    tongue = language()
    found = (
        Passage(title, rule_pages.part(rule.code, tongue, i))
        for i, title in enumerate(HEADINGS[tongue])
        if i != PARAMETERS
    )
    return tuple(one for one in found if one.body)


def sources_of(rule: Rule) -> tuple[tuple[str, Text], ...]:
    """Return the source documents that the page names, each with what it is."""
    words = rule_pages.whole(rule.code, language())
    return tuple((name, said) for name, said in rule_pages.SOURCES.items() if name in words)
