"""The proof, in tests: what would be given again is also made anew, and must be the same to the last letter."""

from __future__ import annotations

import re
from difflib import unified_diff

from django.http import HttpResponse
from django.http.response import HttpResponseBase

_AGO = re.compile(r"<time [^>]*>[^<]*</time>")
"""“3 minutes ago” may be a minute old."""


class Stale(AssertionError):  # noqa: N818  # says what is wrong
    """A kept page that is not what the page is now."""


def compare(path: str, kept: HttpResponse, fresh: HttpResponseBase) -> None:
    """Compare a kept page with the one made anew.

    Raises:
        Stale: they differ.
    """
    if not isinstance(fresh, HttpResponse) or fresh.status_code != 200:
        raise Stale(f"{path} was kept, and is now answered by {fresh.status_code}")
    if _head(kept) != _head(fresh):
        raise Stale(f"{path}: {_head(kept)} kept, {_head(fresh)} now")
    before, now = _lines(kept), _lines(fresh)
    if before != now:
        differ = unified_diff(before, now, "kept", "now", lineterm="", n=1)
        raise Stale(f"{path} was kept and changed meanwhile\n" + "\n".join(list(differ)[:60]))


def _head(page: HttpResponse) -> dict[str, str]:
    """Pages that no browser may keep expire when they are made: any moment that is over says the same."""
    return {name: value for name, value in page.headers.items() if name != "Expires"}


def _lines(page: HttpResponse) -> list[str]:
    return _AGO.sub("<time>", page.content.decode()).replace("><", ">\n<").split("\n")
