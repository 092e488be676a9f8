"""The parts of the settings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from gouvernail.web.plans import store
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.index import columns_of, parts
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.words import PERMISSIONS, role_table


@member(Permission.read)
def settings(request: MemberRequest) -> HttpResponse:
    """Show where everything is set."""
    plan = store.read(request.workspace)
    columns = columns_of(
        parts(request.workspace.slug, plan, manages=request.membership.may(Permission.manage))
    )
    return render(request, "workspaces/settings.html", {"columns": columns})


@member(Permission.read)
def roles(request: MemberRequest) -> HttpResponse:
    """Tell in words who may do what."""
    return render(
        request, "workspaces/roles.html", {"roles": role_table(), "permissions": list(PERMISSIONS.values())}
    )
