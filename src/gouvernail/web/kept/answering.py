"""A page is given again where it is kept, else made and kept. Access was checked before, on every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from gouvernail.web.kept import own, proof
from gouvernail.web.kept.page import Page, page_of
from gouvernail.web.kept.reading import Key, Reading, keepable
from gouvernail.web.kept.shelf import Shelf

Make = Callable[[], HttpResponseBase]
_PAGES: Shelf[Page] = Shelf(7)


def answered(request: Any, make: Make) -> HttpResponseBase:
    """Return the page of a member's request: kept, or made by `make`."""
    if not settings.KEPT_BYTES or not keepable(request):
        return make()
    reading = Reading(request)
    key = reading.key()
    found = _PAGES.get((key, None)) or _PAGES.get((key, reading.person))
    if found is None:
        return _made(reading, key, make)
    return _given(found, reading, make)


def forget() -> None:
    """Keep no page."""
    _PAGES.clear()
    own.forget()


def _made(reading: Reading, key: Key, make: Make) -> HttpResponseBase:
    with reading.watched():
        answer = make()
    page = page_of(answer, reading)
    if page is not None:
        _PAGES.put((key, reading.person if reading.personal else None), page)
    return answer


def _given(page: Page, reading: Reading, make: Make) -> HttpResponse:
    with reading.watched():
        answer = page.answer(reading.request)
        if settings.KEPT_PROOF:
            proof.compare(reading.request.path, answer, make())
    return answer
