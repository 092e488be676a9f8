"""The page of a method: what it promises, what it needs, how it goes, a worked table, and when not to use it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

import gouvernail
from gouvernail.base.text import T, Text

_LINK = re.compile(r'href="([a-z-]+)\.md(#[^"]*)?"')
_ELSEWHERE = re.compile(r'<a href="(?!#)[^"]*\.(?:md|py|csv)[^"]*">(.*?)</a>', re.DOTALL)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


TITLES: Mapping[str, Text] = {
    "attribution": T("Attribution: credit, and cause"),
    "compare": T("Two sources, one figure"),
    "drivers": T("Driver tree"),
    "evidence": T("Evidence for the rules"),
    "experiments": T("Experiments: size, deal, read, decide"),
    "explain": T("Explanation"),
    "facts": T("Values from facts"),
    "forecast": T("Forecast of a metric and chance to reach a target"),
    "geo": T("Geo experiments: choose markets, read, decide"),
    "level": T("Breaks and holes in daily data"),
    "matching": T("Matching facts to actions"),
    "response": T("How results move with spend"),
    "sequential": T("Looks over time"),
    "text-rules": T("Rules that read words"),
    "touch": T("First and last touch"),
    "trend": T("Probability of reaching a target, by trend"),
}
"""What each method is called."""

_FOLDERS = {"en": ("methods", "docs/methods"), "fr": ("methods/fr", "docs/fr/methodes")}
"""Where the pages stand: within the package in a wheel, in a checkout where the documentation is made of them."""


def title(id: str) -> Text | None:
    """Return what a method is called; None where there is no such page."""
    return TITLES.get(id) if _words(id, "en") else None


@lru_cache(maxsize=64)
def page(id: str, slug: str, language: str) -> SafeString:
    """Return the page of a method in a language, without its title; links to other methods lead to their pages."""
    from markdown_it import MarkdownIt  # 0.1 s, and most pages show none

    words = _TITLE.sub("", _words(id, language) or "", count=1)
    made: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(words)
    made = _LINK.sub(lambda found: _link(found, slug), made)
    made = _ELSEWHERE.sub(r"\1", made)
    made = made.replace("<table>", '<div class="table-scroll" tabindex="0"><table class="data-table">')
    return mark_safe(made.replace("</table>", "</table></div>"))  # noqa: S308 - our own text, with HTML turned off


def _link(found: re.Match[str], slug: str) -> str:
    from django.urls import reverse

    if _words(found[1], "en") is None:
        return found[0]
    return f'href="{reverse("method", args=[slug, found[1]])}{found[2] or ""}"'


@lru_cache(maxsize=64)
def _words(id: str, language: str) -> str | None:
    if id not in TITLES:
        return None
    package = Path(gouvernail.__file__).parent
    packed, documented = _FOLDERS[language]
    for folder in (package / packed, package.parent.parent / documented):
        path = folder / f"{id}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None
