"""Parts of the frame that are the person's own: made once for each, and put into every page that they read.

{% own "frame/person.html" %}

They are kept without the two things that differ by page and by answer: the address to come back to (`back`) and the token
against forged forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from gouvernail.web.kept.reading import Reading
from gouvernail.web.kept.shelf import Shelf


@dataclass(frozen=True)
class Part:
    """A part of the frame, with marks that nobody can guess where address and token belong."""

    words: str
    back: str
    token: str

    @property
    def size(self) -> int:
        return 4 * len(self.words)

    def filled(self, request: HttpRequest) -> str:
        """Return the part for one answer."""
        return self.words.replace(self.back, escape(request.get_full_path())).replace(
            self.token, token(request)
        )


_PARTS: Shelf[Part] = Shelf(1)


def token(request: Any) -> str:
    """Return the token against forged forms: one for the whole answer, so that it can be found in it again."""
    if not hasattr(request, "form_token"):
        request.form_token = get_token(request)
    return str(request.form_token)


def part(request: Any, template: str) -> str:
    """Return a person's own part of the frame, and tell the reading of the page that it stands there."""
    reading: Reading | None = getattr(request, "reading", None)
    if reading is None:
        return _made(request, template).filled(request)
    with reading.unwatched():
        reading.own[template] = said = _kept(request, reading, template).filled(request)
    return said


def _kept(request: Any, reading: Reading, template: str) -> Part:
    mark = reading.membership.mark  # type: ignore[attr-defined]  # asked with the membership
    workspace = reading.membership.workspace
    key = (template, workspace.pk, mark, workspace.day, reading.person, reading.user.theme, get_language())
    found = _PARTS.get(key)
    if found is None:
        found = _made(request, template)
        _PARTS.put(key, found)
    return found


def _made(request: HttpRequest, template: str) -> Part:
    back, token_ = token_hex(16), token_hex(32)
    values = {"back": back, "csrf_token": token_, "up": True}
    return Part(render_to_string(template, values, request), back, token_)


def forget() -> None:
    """Keep no part."""
    _PARTS.clear()
