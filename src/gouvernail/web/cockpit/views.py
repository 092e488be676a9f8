"""The cockpit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission


@member(Permission.read)
def cockpit(request: MemberRequest) -> HttpResponse:
    """Show the four figures, the objectives and the three things to decide."""
    return render(request, "cockpit/cockpit.html", {})
