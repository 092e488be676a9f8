"""The page that explains the API."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gouvernail.web.accounts.models import User
from gouvernail.web.api.reference import subjects
from gouvernail.web.workspaces.models import Membership


@login_required
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation, with examples for an organisation of the reader's own."""
    mine = Membership.objects.filter(user=cast(User, request.user)).select_related("workspace")
    slugs = [one.workspace.slug for one in mine.order_by("workspace__name")]
    last = request.session.get("organisation")
    slug = last if last in slugs else next(iter(slugs), "acme")
    address = request.build_absolute_uri("/").rstrip("/")
    shown = {"subjects": subjects(address, slug), "address": address, "slug": slug, "belongs": bool(slugs)}
    return render(request, "workspaces/api.html", shown)
