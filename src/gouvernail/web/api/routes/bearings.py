"""Bearings: ordering one, following it, reading it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Status

from gouvernail.base.text import T
from gouvernail.bearing.export import to_dict
from gouvernail.bearing.model import Bearing
from gouvernail.web.api.caller import workspace_of
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.problems import Problem
from gouvernail.web.api.routes.plan import scenario_of
from gouvernail.web.api.shapes import BearingAsk, BearingBody, BearingOut, Page, Taken
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Permission, Workspace

router = Router(tags=["bearings"])


@router.get("/{slug}/bearings", response=Page[BearingOut], summary=T("List the bearings").template)
def list_bearings(
    request: HttpRequest, slug: str, page: Number = 1, per_page: PerPage = 50
) -> dict[str, Any]:
    """The newest first."""
    workspace = workspace_of(request, slug, Permission.read)
    found = BearingRecord.objects.defer("body").filter(workspace=workspace).order_by("-pk")
    return paged(found, page, per_page, bearing_out)


@router.post(
    "/{slug}/bearings", response={200: BearingOut, 202: BearingOut}, summary=T("Order a bearing").template
)
def order_bearing(request: HttpRequest, slug: str, asked: BearingAsk) -> Status[dict[str, Any]]:
    """200 where it is ready, 202 while it is being taken. It changes nothing: a token that may only read may order it."""
    workspace = workspace_of(request, slug, Permission.read)
    made = ordered(workspace, asked)
    return Status(200 if made.state == BearingState.ready else 202, bearing_out(made))


@router.get("/{slug}/bearings/{id}", response=BearingOut, summary=T("Follow a bearing").template)
def get_bearing(request: HttpRequest, slug: str, id: int) -> dict[str, Any]:
    """How far it is."""
    return bearing_out(_found(workspace_of(request, slug, Permission.read), id))


@router.get("/{slug}/bearings/{id}/content", response=BearingBody, summary=T("Read a bearing").template)
def read_bearing(request: HttpRequest, slug: str, id: int) -> dict[str, Any]:
    """The same JSON as `gouvernail bearing --json`, in the caller's language."""
    found = _found(workspace_of(request, slug, Permission.read), id)
    bearing = shelf.opened(found)
    if bearing is None:
        raise Problem(409, "state", T("This bearing is not ready."), state=found.state)
    return to_dict(bearing, language())


def ordered(workspace: Workspace, asked: BearingAsk) -> BearingRecord:
    """Return the record of a bearing, ordered where nobody did."""
    branch = scenario_of(workspace, asked.scenario)
    if asked.revision is not None and not 0 <= asked.revision <= store.head(workspace, branch):
        raise Http404
    question = shelf.question(workspace, asked.period, number=asked.revision, scenario=branch)
    return shelf.order(question, again=asked.again)


def taken(request: HttpRequest, slug: str, wanted: Taken) -> tuple[BearingRecord, Bearing | None]:
    """Return the bearing asked for and its record, ordered where nobody did; None until it is ready."""
    workspace = workspace_of(request, slug, Permission.read)
    asked = BearingAsk(period=wanted.period, revision=wanted.revision, scenario=wanted.scenario, again=False)
    made = ordered(workspace, asked)
    return made, shelf.opened(made)


def _found(workspace: Workspace, id: int) -> BearingRecord:
    found = BearingRecord.objects.defer("body").filter(workspace=workspace, pk=id).first()
    if found is None:
        raise Http404
    return found


def bearing_out(one: BearingRecord) -> dict[str, Any]:
    """Return a record as the API shows it."""
    message = one.message or {}
    return {
        "id": one.pk,
        "period": one.period,
        "revision": one.revision,
        "today": one.today,
        "state": one.state,
        "progress": one.progress,
        "asked": one.asked,
        "finished": one.finished,
        "message": message.get(language()) if isinstance(message, dict) else None,
    }
