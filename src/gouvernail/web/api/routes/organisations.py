"""The organisations within the caller's reach."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Q
from django.http import HttpRequest
from ninja import Router

from gouvernail.base.text import T
from gouvernail.web.api.caller import caller, place
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.shapes import OrganisationOut, Page
from gouvernail.web.workspaces.models import ALLOWED, Membership, Permission

router = Router(tags=["organisations"])


@router.get("", response=Page[OrganisationOut], summary=T("List the organisations within reach").template)
def list_organisations(request: HttpRequest, page: Number = 1, per_page: PerPage = 50) -> dict[str, Any]:
    """Those that the caller belongs to; with a token, the one that it is bound to."""
    who = caller(request)
    found = Membership.objects.filter(user=who.user).select_related("workspace")
    if who.token:
        found = found.filter(workspace=who.token.workspace)
    newest = Max("workspace__revisions__number", filter=Q(workspace__revisions__scenario=None))
    return paged(found.annotate(head=newest).order_by("workspace__name", "pk"), page, per_page, _organisation)


@router.get("/{slug}", response=OrganisationOut, summary=T("Show one organisation").template)
def get_organisation(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What it is called, and what the caller may do there."""
    mine = place(request, slug, Permission.read)
    newest = mine.workspace.revisions.filter(scenario=None).aggregate(n=Max("number"))["n"]
    mine.head = newest  # type: ignore[attr-defined]
    return _organisation(mine)


def _organisation(mine: Membership) -> dict[str, Any]:
    one = mine.workspace
    return {
        "slug": one.slug,
        "name": one.name,
        "language": one.language,
        "time_zone": one.time_zone,
        "role": mine.role,
        "permissions": sorted(ALLOWED[mine.role]),
        "revision": getattr(mine, "head", None) or 0,
    }
