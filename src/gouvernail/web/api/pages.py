"""The page that explains the API."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation."""
    return render(request, "workspaces/api.html", {})
