"""A kept page: its bytes, cut where something of the reader's own belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from gouvernail.web.kept import own
from gouvernail.web.kept.reading import Reading

TOKEN = ""
"""The hole of the token; the others are named by the template that fills them."""
_FOLLOWS = re.compile(rb'hx-trigger="[^"]*\bevery\b')
_PLAIN = frozenset(vars(HttpResponse(status=200)))


@dataclass(frozen=True)
class Page:
    """A page with holes: `pieces` are bytes of everybody's and names of holes in turn, bytes first and last."""

    pieces: tuple[bytes | str, ...]
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """Bytes that the page takes."""
        return 1000 + sum(len(one) for one in self.pieces)

    def answer(self, request: Any) -> HttpResponse:
        """Return the page for one reader."""
        filled = (one if isinstance(one, bytes) else _filling(request, one) for one in self.pieces)
        answer = HttpResponse(b"".join(filled))
        for name, value in self.headers:
            answer.headers[name] = value
        return answer


def page_of(answer: HttpResponseBase, reading: Reading) -> Page | None:
    """Return an answer as a page to keep, None where it must not be: it tells the reader alone, or follows work under way."""
    if (
        not isinstance(answer, HttpResponse)
        or answer.status_code != 200
        or not answer.headers.get("Content-Type", "").startswith("text/html")
        or answer.cookies
        or reading.request.session.modified
        or getattr(messages.get_messages(reading.request), "added_new", False)
        # A blank part of the frame cannot be found again.
        or not all(one.strip() for one in reading.own.values())
        # Something a decorator wants of the layers outside: they would not hear of it the next time.
        or vars(answer).keys() - _PLAIN
        or _FOLLOWS.search(answer.content)
    ):
        return None
    return Page(tuple(_pieces(answer.content, reading)), tuple(answer.headers.items()))


def _pieces(body: bytes, reading: Reading) -> list[bytes | str]:
    whole: list[bytes | str] = [body]
    for name, said in reading.own.items():
        whole = _cut(whole, said.encode(), name)
    if hasattr(reading.request, "form_token"):
        whole = _cut(whole, own.token(reading.request).encode(), TOKEN)
    return whole


def _cut(pieces: list[bytes | str], by: bytes, hole: str) -> list[bytes | str]:
    found: list[bytes | str] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(piece)
            continue
        first, *others = piece.split(by)
        found.append(first)
        for other in others:
            found += [hole, other]
    return found


def _filling(request: Any, hole: str) -> bytes:
    return (own.part(request, hole) if hole else own.token(request)).encode()
