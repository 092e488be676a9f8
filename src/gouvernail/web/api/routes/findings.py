"""Findings: reading them, setting one aside with a reason, taking it up again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from gouvernail.base.text import T
from gouvernail.bearing.findings_json import finding
from gouvernail.checks.catalogue import RULES
from gouvernail.plan.model import Layer
from gouvernail.web.api.caller import caller, workspace_of
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.routes.bearings import bearing_out, taken
from gouvernail.web.api.routes.plan import scenario_of
from gouvernail.web.api.shapes import FindingsOut, SetAsideIn, Wanted, WrittenOut
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.rhythm import asides
from gouvernail.web.workspaces.models import Permission, Workspace

router = Router(tags=["findings"])


@router.get(
    "/{slug}/findings", response={200: FindingsOut, 202: FindingsOut}, summary=T("List the findings").template
)
def list_findings(
    request: HttpRequest, slug: str, wanted: Query[Wanted], page: Number = 1, per_page: PerPage = 100
) -> Status[dict[str, Any]]:
    """Of the last closed month where no period is said; 202 with none while the bearing is being taken."""
    made, bearing = taken(request, slug, wanted)
    chosen = [one for one in bearing.findings if wanted.takes(one)] if bearing else []
    said = language()
    shown = paged(chosen, page, per_page, lambda one: finding(one, said))
    return Status(200 if bearing else 202, {**shown, "bearing": bearing_out(made)})


@router.post(
    "/{slug}/findings/{id}/set-aside", response=WrittenOut, summary=T("Set a finding aside").template
)
def set_finding_aside(
    request: HttpRequest, slug: str, id: str, body: SetAsideIn, scenario: int | None = None
) -> dict[str, Any]:
    """Its rule is silent on its element from then on; the reason stands in the plan."""
    workspace = workspace_of(request, slug, Permission.edit, writes=True)
    code, element = _parts(workspace, id)
    user, branch = caller(request).user, scenario_of(workspace, scenario)
    made = asides.set_aside(
        workspace, user, branch, code=code, element=element, reason=body.reason, note=body.reason
    )
    return {"revision": made.number if made else None}


@router.delete(
    "/{slug}/findings/{id}/set-aside", response=WrittenOut, summary=T("Take a finding up again").template
)
def take_finding_back(
    request: HttpRequest, slug: str, id: str, scenario: int | None = None
) -> dict[str, Any]:
    """Its rule judges its element again."""
    workspace = workspace_of(request, slug, Permission.edit, writes=True)
    code, element = _parts(workspace, id)
    made = asides.take_back(
        workspace, caller(request).user, scenario_of(workspace, scenario), code=code, element=element
    )
    return {"revision": made.number if made else None}


def _parts(workspace: Workspace, id: str) -> tuple[str, str]:
    """Return rule and element of a finding's identity."""
    code, _, rest = id.partition(":")
    element = rest.partition(":")[0]
    known = element in store.read(workspace).by_id or element in Layer.__members__
    if code not in RULES or not known:
        raise Http404
    return code, element
