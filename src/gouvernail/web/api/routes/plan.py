"""The plan: whole, element by element, and its revisions."""

from __future__ import annotations

import re
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Body, Header, Query, Router, Status

from gouvernail.base.ids import slugify
from gouvernail.base.text import T
from gouvernail.plan.model import SECTIONS
from gouvernail.web.api.caller import caller, workspace_of
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.problems import Problem
from gouvernail.web.api.shapes import (
    ElementBody,
    ElementOut,
    Page,
    PlanOut,
    RevisionDetail,
    RevisionOut,
    Where,
)
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.plans.models import ElementRevision, PlanRevision, Scenario
from gouvernail.web.workspaces.models import Permission, Workspace

router = Router(tags=["plan"])
InScenario = Annotated[int | None, Query(description="Number of a scenario; the plan itself where not said.")]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="Revision that you saw the element at, such as “12”.")
]


@router.get("/{slug}/plan", response=PlanOut, summary=T("Read the whole plan").template)
def get_plan(
    request: HttpRequest, slug: str, revision: int | None = None, scenario: InScenario = None
) -> dict[str, Any]:
    """In the plan file's short form: what has its default value is left out."""
    workspace = workspace_of(request, slug, Permission.read)
    branch = scenario_of(workspace, scenario)
    head = store.head(workspace, branch)
    if revision is not None and not 0 <= revision <= head:
        raise Http404
    loaded = shelf.loaded(workspace, head if revision is None else revision, branch)
    return {
        "revision": head if revision is None else revision,
        "scenario": scenario,
        "digest": loaded.digest,
        "plan": {"version": loaded.plan.version, **store.short(loaded.plan)},
    }


@router.get(
    "/{slug}/plan/elements", response=Page[ElementOut], summary=T("List elements of the plan").template
)
def list_elements(
    request: HttpRequest,
    slug: str,
    section: Annotated[str | None, Query(description="Only one section, such as objectives.")] = None,
    scenario: InScenario = None,
    page: Number = 1,
    per_page: PerPage = 100,
) -> dict[str, Any]:
    """In the order of the plan."""
    workspace = workspace_of(request, slug, Permission.read)
    if section is not None and section not in SECTIONS:
        raise Http404
    rows = store.latest(workspace, scenario=scenario_of(workspace, scenario))
    chosen = [row for row in rows if (row.section == section if section else row.section in SECTIONS)]
    return paged(chosen, page, per_page, _element)


@router.get(
    "/{slug}/plan/elements/{section}/{id}", response=ElementOut, summary=T("Read one element").template
)
def get_element(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    section: str,
    id: str,
    scenario: InScenario = None,
) -> dict[str, Any]:
    """With the revision that it was last changed in, also as ETag."""
    workspace = workspace_of(request, slug, Permission.read)
    return _tagged(response, _found(workspace, section, id, scenario_of(workspace, scenario)))


@router.post(
    "/{slug}/plan/elements/{section}", response={201: ElementOut}, summary=T("Add an element").template
)
def add_element(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    section: str,
    element: Annotated[ElementBody, Body()],
    where: Query[Where],
) -> Status[dict[str, Any]]:
    """Its id is made from its title where it has none."""
    workspace = workspace_of(request, slug, Permission.edit, writes=True)
    _known(section)
    id = str(element.pop("id", "") or _free_id(workspace, section, str(element.get("title", ""))))
    change = store.Change(section, id, element, base=0)
    branch = scenario_of(workspace, where.scenario)
    if _row(workspace, section, id, branch):
        raise Problem(409, "exists", T("There is an element “{id}” already.", id=id))
    store.commit(
        workspace, caller(request).user, [_fresh(workspace, change, branch)], note=where.note, scenario=branch
    )
    return Status(201, _tagged(response, _found(workspace, section, id, branch)))


@router.put(
    "/{slug}/plan/elements/{section}/{id}", response=ElementOut, summary=T("Replace an element").template
)
def put_element(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    section: str,
    id: str,
    element: Annotated[ElementBody, Body()],
    where: Query[Where],
    if_match: IfMatch = None,
) -> dict[str, Any]:
    """`If-Match` names the revision that you saw. Where somebody changed it since, both versions come back (409)."""
    workspace = workspace_of(request, slug, Permission.edit, writes=True)
    branch = scenario_of(workspace, where.scenario)
    if not _row(workspace, section, id, branch):
        _gone(workspace, section, id, branch, if_match, element)
    if str(element.pop("id", id)) != id:
        raise Problem(
            422, "request", T("The element is called “{id}” in the address and otherwise in the body.", id=id)
        )
    change = store.Change(section, id, element, base=_base(if_match))
    store.commit(workspace, caller(request).user, [change], note=where.note, scenario=branch)
    return _tagged(response, _found(workspace, section, id, branch))


@router.delete(
    "/{slug}/plan/elements/{section}/{id}", response={204: None}, summary=T("Take an element out").template
)
def delete_element(
    request: HttpRequest,
    slug: str,
    section: str,
    id: str,
    where: Query[Where],
    if_match: IfMatch = None,
) -> Status[None]:
    """It stays in the history; `If-Match` as for replacing."""
    workspace = workspace_of(request, slug, Permission.edit, writes=True)
    branch = scenario_of(workspace, where.scenario)
    _found(workspace, section, id, branch)
    change = store.Change(section, id, None, base=_base(if_match))
    store.commit(workspace, caller(request).user, [change], note=where.note, scenario=branch)
    return Status(204, None)


@router.get(
    "/{slug}/revisions", response=Page[RevisionOut], summary=T("List the revisions of the plan").template
)
def list_revisions(
    request: HttpRequest, slug: str, page: Number = 1, per_page: PerPage = 50
) -> dict[str, Any]:
    """The newest first, those of scenarios included."""
    workspace = workspace_of(request, slug, Permission.read)
    found = PlanRevision.objects.filter(workspace=workspace).select_related("author").order_by("-number")
    return paged(found, page, per_page, _revision)


@router.get("/{slug}/revisions/{number}", response=RevisionDetail, summary=T("Show one revision").template)
def get_revision(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """Who, when, why, and what it changed."""
    workspace = workspace_of(request, slug, Permission.read)
    found = PlanRevision.objects.filter(workspace=workspace, number=number).select_related("author").first()
    if found is None:
        raise Http404
    rows = found.elements.order_by("pk").values_list("section", "element", "deleted")
    changed = [{"section": section, "id": id, "deleted": gone} for section, id, gone in rows]
    return {**_revision(found), "changed": changed}


def scenario_of(workspace: Workspace, number: int | None) -> Scenario | None:
    """Return a scenario of the organisation that can be worked in; None for the plan itself."""
    if number is None:
        return None
    found = Scenario.objects.filter(workspace=workspace, pk=number, merged=None, dropped=None).first()
    if found is None:
        raise Http404
    return found


def _known(section: str) -> None:
    if section not in SECTIONS:
        raise Http404


def _row(workspace: Workspace, section: str, id: str, scenario: Scenario | None) -> ElementRevision | None:
    _known(section)
    return store.row_of(workspace, section, id, scenario)


def _found(workspace: Workspace, section: str, id: str, scenario: Scenario | None) -> ElementRevision:
    found = _row(workspace, section, id, scenario)
    if found is None:
        raise Http404
    return found


def _gone(
    workspace: Workspace,
    section: str,
    id: str,
    scenario: Scenario | None,
    if_match: str | None,
    mine: dict[str, Any],
) -> None:
    """Tell that an element is not there: never was, or was taken out while the caller worked on it."""
    rows = ElementRevision.objects.filter(workspace=workspace, scenario=scenario, section=section, element=id)
    last = rows.select_related("revision__author").order_by("-number").first()
    if last and if_match and last.number > _base(if_match):
        raise store.Conflict(section, id, last, mine)
    raise Http404


def _fresh(workspace: Workspace, change: store.Change, scenario: Scenario | None) -> store.Change:
    """What was taken out may be added anew: the change then stands on its deletion."""
    rows = ElementRevision.objects.filter(
        workspace=workspace, scenario=scenario, section=change.section, element=change.element
    )
    last = rows.order_by("-number").values_list("number", flat=True).first()
    return store.Change(change.section, change.element, change.body, last or 0)


def _free_id(workspace: Workspace, section: str, title: str) -> str:
    stem = slugify(title)[:60].strip("-") or SECTIONS[section].kind.replace("_", "-")
    taken = store.read(workspace).by_id
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _base(if_match: str | None) -> int:
    if if_match is None:
        raise Problem(428, "revision", T("Send If-Match with the revision of the element that you changed."))
    found = re.fullmatch(r'\s*(?:W/)?"?(\d{1,9})"?\s*', if_match)
    if not found:
        raise Problem(400, "revision", T("If-Match is the number of a revision, such as “12”."))
    return int(found[1])


def _tagged(response: HttpResponse, row: ElementRevision) -> dict[str, Any]:
    response.headers["ETag"] = f'"{row.number}"'
    return _element(row)


def _element(row: ElementRevision) -> dict[str, Any]:
    return {
        "section": row.section,
        "id": row.element,
        "revision": row.number,
        "element": {"id": row.element, **row.body},
    }


def _revision(one: PlanRevision) -> dict[str, Any]:
    return {
        "number": one.number,
        "author": one.author.email if one.author else None,
        "made": one.made,
        "note": one.note,
        "label": one.label,
        "scenario": one.scenario_id,
    }
