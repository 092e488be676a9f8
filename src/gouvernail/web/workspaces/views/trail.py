"""Who changed what, when."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gouvernail.base.text import T
from gouvernail.web.look.export import csv_response
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail_page import TrailForm, chosen, lines
from gouvernail.web.workspaces.words import what

ON_A_PAGE = 50
ROWS = 50_000
HEADINGS = (T("When"), T("Who"), T("E-mail address"), T("What"), T("Kind"), T("Of what"), T("Details"))


@member(Permission.read)
def trail(request: MemberRequest) -> HttpResponseBase:
    """Show the trail, filtered; or give it as a table."""
    form = TrailForm(request.workspace, request.GET)
    found = chosen(request.workspace, form)
    if request.GET.get("format") == "csv":
        rows = (
            (
                timezone.localtime(one.made),
                str(one.actor or ""),
                one.actor.email if one.actor else "",
                what(one.what),
                one.what,
                one.subject,
                "; ".join(f"{key}={value}" for key, value in one.details.items() if value not in ("", None)),
            )
            for one in found[:ROWS].iterator(chunk_size=1000)
        )
        return csv_response(f"{request.workspace.slug}-trail", HEADINGS, rows)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "lines": list(lines(page.object_list)), "page": page}
    return render(request, "workspaces/trail.html", shown)
