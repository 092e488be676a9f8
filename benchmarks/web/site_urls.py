"""The site's addresses and one more: a bare page, twenty rows of the database in a template of its own, in French."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.urls import handler403, handler404, handler500
from gouvernail.web.urls import urlpatterns as ours

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
ROWS = 20


def bare(request: HttpRequest) -> HttpResponse:
    """Show the newest changes: what any Django page does, and nothing of ours."""
    rows = PlanRevision.objects.select_related("author", "workspace").order_by("-pk")[:ROWS]
    return render(request, "bare.html", {"rows": rows})


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
