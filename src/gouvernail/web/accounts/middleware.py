"""The reader's language: the person's own choice, else the session's, else the browser's."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import trans_real

from gouvernail.base.text import LANGUAGES

SESSION_KEY = "language"


class LanguageMiddleware:
    """Activates language and time zone for one request, and names the language on the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        chosen = (user.language if user else "") or request.session.get(SESSION_KEY) or _accepted(request)
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        if user:
            timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
        try:
            response = self._get_response(request)
        finally:
            timezone.deactivate()
        response.headers.setdefault("Content-Language", chosen)
        return response


def _accepted(request: HttpRequest) -> str:
    for code, _ in trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code[:2] in LANGUAGES:
            return code[:2]
    return "en"
