"""The site's addresses and one more: a bare page, a table of twenty rows in a template of its own, no query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from gouvernail.web.urls import handler403, handler404, handler500
from gouvernail.web.urls import urlpatterns as ours

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
ROWS = [{"number": number, "name": f"Action {number}", "amount": 1_000 * number} for number in range(20)]


def bare(request: HttpRequest) -> HttpResponse:
    """Show twenty rows."""
    return render(request, "bare.html", {"rows": ROWS})


def count_queries(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Write the number of queries into the answer's head."""

    def counted(request: HttpRequest) -> HttpResponse:
        n = 0

        def count(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal n
            n += 1
            return execute(*arguments)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response.headers["X-Queries"] = str(n)
        return response

    return counted


urlpatterns = [*ours, path("bare", bare)]
