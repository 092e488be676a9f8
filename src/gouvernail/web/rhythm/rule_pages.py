"""A rule's page in the reader's language, put into HTML: what stands in it is our own text, and tags in it are not run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from gouvernail.base.text import T, Text
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.pages import page, section

SOURCES: Mapping[str, Text] = {
    "S0": T("a technology manufacturer whose marketing and sales aim at different people"),
    "S1": T("from the objective of the company down to the campaign"),
    "S2": T("the alignment from values to execution, and its validation"),
    "S3": T("speaking with management in its own language"),
    "S4": T("objectives that are SMARTER"),
}
_CODE = re.compile(r"^[A-Z]{3}[0-9]{2}$")


def known(code: str) -> bool:
    """Whether there is such a rule."""
    return bool(_CODE.match(code)) and code in RULES


@lru_cache(maxsize=512)
def whole(code: str, language: str) -> SafeString:
    """Return the page of a rule under its headings, without the line that opens it (see `opening`)."""
    return _html(page(code, language).partition("\n")[2])


def opening(code: str, language: str) -> str:
    """Return the rule in one line."""
    return page(code, language).partition("\n")[0].strip()


@lru_cache(maxsize=1024)
def part(code: str, language: str, heading: int) -> SafeString:
    """Return what stands under one heading of a rule's page (`checks.pages.HEADINGS`)."""
    return _html(section(code, language, heading))


def _html(markdown: str) -> SafeString:
    from markdown_it import MarkdownIt  # 0.1 s, and most pages show no rule

    made: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return mark_safe(made)  # noqa: S308 - our own text, with HTML turned off
