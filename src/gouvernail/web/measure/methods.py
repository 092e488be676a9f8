"""The page of a method: what it promises, what it needs, how it goes, a worked table, and when not to use it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

import gouvernail

_ID = re.compile(r"[a-z][a-z-]*")
_LINK = re.compile(r'href="([a-z-]+)\.md(#[^"]*)?"')
_ELSEWHERE = re.compile(r'<a href="(?!#)(?!\.\./)[^"]*\.(?:md|py|csv)[^"]*">(.*?)</a>', re.DOTALL)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@lru_cache(maxsize=64)
def title(id: str) -> str | None:
    """Return what a method is called; None where there is no such page."""
    words = _words(id)
    found = _TITLE.search(words) if words else None
    return found[1] if found else None


@lru_cache(maxsize=64)
def page(id: str, slug: str) -> SafeString:
    """Return the page of a method without its title; links to other methods lead to their pages."""
    from markdown_it import MarkdownIt  # 0.1 s, and most pages show none

    words = _TITLE.sub("", _words(id) or "", count=1)
    made: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(words)
    made = _LINK.sub(lambda found: _link(found, slug), made)
    made = _ELSEWHERE.sub(r"\1", made)
    made = made.replace("<table>", '<div class="table-scroll" tabindex="0"><table class="data-table">')
    return mark_safe(made.replace("</table>", "</table></div>"))  # noqa: S308 - our own text, with HTML turned off


def _link(found: re.Match[str], slug: str) -> str:
    from django.urls import reverse

    if _words(found[1]) is None:
        return found[0]
    return f'href="{reverse("method", args=[slug, found[1]])}{found[2] or ""}"'


@lru_cache(maxsize=64)
def _words(id: str) -> str | None:
    if not _ID.fullmatch(id):
        return None
    package = Path(gouvernail.__file__).parent
    # In a wheel the pages stand within the package; in a checkout where the documentation is made of them.
    for folder in (package / "methods", package.parent.parent / "docs" / "methods"):
        path = folder / f"{id}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None
