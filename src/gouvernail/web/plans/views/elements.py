"""Reading the plan: its sections, one element, two versions of it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

from gouvernail.plan.model import SECTIONS
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import current
from gouvernail.web.cockpit.cockpit import to_decide
from gouvernail.web.cockpit.links import Links
from gouvernail.web.plans import element as pages
from gouvernail.web.plans import history
from gouvernail.web.plans.branch import branch
from gouvernail.web.plans.called import called
from gouvernail.web.plans.choicewords import KINDS
from gouvernail.web.plans.choicewords import SECTIONS as TITLES
from gouvernail.web.plans.differences import field_moves, record_of
from gouvernail.web.plans.numbers import number
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

PER_PAGE = 50
COMMENTS = "rhythm/comments.html"


@member(Permission.read)
def plan(request: MemberRequest) -> HttpResponse:
    """Show every part of the plan, with how much stands in each."""
    here = branch(request)
    layered = [(name, model) for name, model in SECTIONS.items() if model.layer]
    around = [(name, model) for name, model in SECTIONS.items() if not model.layer]
    groups = [
        [(name, TITLES[name], len(getattr(here.plan, name))) for name, _ in group]
        for group in (layered, around)
    ]
    return render(
        request,
        "plans/plan.html",
        {"branch": here, "chain": groups[0], "around": groups[1], "organisation": here.plan.organisation},
    )


@member(Permission.read)
def section(request: MemberRequest, section: str) -> HttpResponse:
    """List the elements of one section, in their order."""
    if section not in SECTIONS:
        raise Http404
    here = branch(request)
    elements = getattr(here.plan, section)
    page = Paginator(elements, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "plans/section.html",
        {
            "branch": here,
            "section": section,
            "title": TITLES[section],
            "kind": KINDS[SECTIONS[section].kind],
            "page": page,
            "named": [(one, called(one, here.plan)) for one in page],
            "last": len(elements),
        },
    )


@member(Permission.read)
def element(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Show one element: its fields, its neighbours, its findings, its history."""
    here = current(request)
    record = pages.find(here.plan, section, id)
    versions = history.of_element(request.workspace, section, id, here.plan, here.scenario)
    if record is None and not versions:
        raise Http404
    if record is None:
        # Earlier revisions lead here: what the plan held once has a page that tells so.
        return render(
            request,
            "plans/gone.html",
            {
                "current": here,
                "section": section,
                "id": id,
                "name": history.once_called(request.workspace, section, id, here.plan, here.scenario),
                "versions": versions,
                "title": TITLES.get(section),
            },
        )
    loaded = shelf.loaded(request.workspace, here.revision, here.scenario)
    bearing = here.bearing if not here.older else None
    found = pages.findings_of(loaded, bearing, here.today, section, record)
    return render(
        request,
        "plans/element.html",
        {
            "current": here,
            "page": pages.page(request.workspace, loaded, section, record, found),
            "id": id,
            "section": section,
            "section_title": TITLES[section],
            "versions": versions,
            "newest": here.revision == here.head,
            "results": pages.PAGES.get(section),
            "comments": _comments(),
            "findings": to_decide(tuple(found), Links(request.workspace.slug, here.plan)),
        },
    )


@member(Permission.read)
def compare(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Show two versions of one element side by side."""
    here = branch(request)
    numbers = sorted(
        one
        for word in (request.GET.get("a", ""), request.GET.get("b", ""))
        if (one := number(word)) is not None
    )
    if len(numbers) != 2:  # two versions
        raise Http404
    rows = [history.version(request.workspace, section, id, number, here.scenario) for number in numbers]
    if not any(rows):
        raise Http404
    records = [record_of(section, id, row.body if row else None) for row in rows]
    return render(
        request,
        "plans/element_compare.html",
        {
            "section": section,
            "id": id,
            "numbers": numbers,
            "name": next((one.name for one in reversed(records) if one), id),  # type: ignore[attr-defined]
            "moves": field_moves(records[0], records[1], here.plan, here.plan),
            "branch": here,
        },
    )


def _comments() -> str:
    """The template of the comments, empty where this site has none."""
    try:
        get_template(COMMENTS)
    except TemplateDoesNotExist:
        return ""
    return COMMENTS
