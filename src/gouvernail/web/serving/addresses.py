"""Addresses that hold the character of number 0: nothing is called so, and PostgreSQL takes it in no question."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"


class PlainAddresses:
    """Answers *not found* to them, whatever page they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self._get_response(request)
