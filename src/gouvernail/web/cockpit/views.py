"""The pages that read a bearing: cockpit, chain, objectives, provenance, search. They fetch, call and render."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from gouvernail.bearing.model import Bearing
from gouvernail.report.context import readings
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.cockpit import chain as chains
from gouvernail.web.cockpit import cockpit as cockpits
from gouvernail.web.cockpit import objective as objective_pages
from gouvernail.web.cockpit import objectives as objective_lists
from gouvernail.web.cockpit import provenance as origins
from gouvernail.web.cockpit import rows as origin_rows
from gouvernail.web.cockpit import search as searching
from gouvernail.web.cockpit.charts.graph import graph
from gouvernail.web.cockpit.links import Links, address, links
from gouvernail.web.cockpit.reviews import plan_before, since_review
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

LEVELS = ("business", "marketing", "digital")


def _look(request: MemberRequest) -> tuple[Current, Links]:
    here = current(request)
    return here, links(request.workspace.slug, here.plan, here.bearing)


def _starts(request: MemberRequest) -> dict[str, str]:
    """Where somebody begins who has no plan, or no data."""
    slug = request.workspace.slug
    return {
        "audit": address("audit", slug),
        "plan_import": address("plan-import", slug),
        "upload": address("data", slug),
        "demo": address("demo") or address("organisations"),
    }


@member(Permission.read)
def cockpit(request: MemberRequest) -> HttpResponse:
    """Show the four figures, the objectives, what changed and the three things to decide."""
    here, found = _look(request)
    if not here.has_plan and not here.has_data:
        return render(request, "cockpit/start.html", {"starts": _starts(request)})
    context = {"current": here, "starts": _starts(request)}
    if here.bearing is None:
        return render(request, "cockpit/waiting.html", context)
    if not here.has_plan:
        known = [one for one in readings(here.bearing) if not one.refused]
        return render(request, "cockpit/no_plan.html", {**context, "readings": known})
    page = cockpits.build(
        here, here.bearing, _before(here), plan_before(here), since_review(here), found, language()
    )
    return render(request, "cockpit/cockpit.html", {**context, "page": page})


def _before(here: Current) -> Bearing | None:
    """Return the bearing of the period before, ordered for the next visit where nobody asked for it."""
    if here.older:
        return None
    asked = shelf.question(here.workspace, str(here.previous), number=here.revision, scenario=here.scenario)
    return shelf.opened(shelf.order(replace(asked, today=here.today)))


@member(Permission.read)
def chain(request: MemberRequest) -> HttpResponse:
    """Show the chain, from values to execution: the table first, the diagram second."""
    here, found = _look(request)
    if not here.has_plan:
        return render(request, "cockpit/start.html", {"starts": _starts(request), "place": "chain"})
    asked = chains.Asked(
        layer=request.GET.get("layer", ""),
        word=request.GET.get("q", ""),
        flawed=request.GET.get("flawed") == "1",
        number=request.GET.get("page", "1"),
    )
    page = chains.build(here, found, asked)
    wide = request.GET.get("view") == "diagram"
    drawn = (
        graph(chains.rows_of(here), None if here.older else here.bearing, found, language()) if wide else None
    )
    context = {"current": here, "page": page, "asked": asked, "diagram": drawn, "wide": wide}
    return render(request, "cockpit/chain_rows.html" if request.htmx else "cockpit/chain.html", context)  # type: ignore[attr-defined]


@member(Permission.read)
def objectives(request: MemberRequest) -> HttpResponse:
    """Show the objectives with health, progress and confidence as three signs."""
    here, found = _look(request)
    level = request.GET.get("level", "")
    context = {
        "current": here,
        "starts": _starts(request),
        "level": level,
        "new": address("element-new", request.workspace.slug, "objectives"),
    }
    number = request.GET.get("page", "1")
    if here.bearing is not None:
        statuses = objective_lists.chosen(here.bearing, level)
        page = Paginator(statuses, objective_lists.A_PAGE).get_page(number)
        context |= {
            "page": page,
            "lines": objective_lists.lines(page, here.bearing, here, found),
            "tabs": objective_lists.tabs(here.bearing, level),
        }
    else:
        written = Paginator(here.plan.objectives, objective_lists.A_PAGE).get_page(number)
        context |= {"page": written, "plain": objective_lists.plain(written, here, found)}
    return render(request, "cockpit/objectives.html", context)


@member(Permission.read)
def objective(request: MemberRequest, id: str) -> HttpResponse:
    """Show one objective whole."""
    here, found = _look(request)
    element = next((one for one in here.plan.objectives if one.id == id), None)
    if element is None:
        raise Http404
    status = next((one for one in here.bearing.objectives if one.id == id), None) if here.bearing else None
    context = {
        "current": here,
        "element": element,
        "crumbs": (objective_lists.crumb(request.workspace.slug),),
        "edit": address("element-edit", request.workspace.slug, "objectives", id),
        "evaluate": address("objective-evaluate", request.workspace.slug, id),
        "review": address("objective-review", request.workspace.slug, id),
        "said": objective_pages.said(element, here, status),
    }
    if here.bearing is not None and status is not None:
        context["page"] = objective_pages.build(
            status, here.bearing, here, found, language(), request.GET.get("page", "1")
        )
    return render(request, "cockpit/objective.html", context)


@member(Permission.read)
def provenance(request: MemberRequest, subject: str) -> HttpResponse:
    """Show where a figure comes from."""
    here, found = _look(request)
    if here.bearing is None:
        return render(request, "cockpit/waiting.html", {"current": here, "starts": _starts(request)})
    page = origins.find(subject, here.bearing, here, found)
    if page is None:
        raise Http404
    return render(request, "cockpit/provenance.html", {"current": here, "page": page})


@member(Permission.read)
def rows(request: MemberRequest, subject: str) -> HttpResponse:
    """Show the first rows behind a figure: a part of its page that comes after."""
    here, _ = _look(request)
    found = origin_rows.rows_of(subject, here.bearing, here) if here.bearing else None
    return render(request, "cockpit/rows.html", {"rows": found})


@member(Permission.read)
def search(request: MemberRequest) -> HttpResponse:
    """Find elements, findings, indicators and actions by their words."""
    here, found = _look(request)
    words = request.GET.get("q", "")[:200]
    context = {"words": words, "groups": searching.search(words, here, found, language())}
    return render(request, "cockpit/search_hits.html" if request.htmx else "cockpit/search.html", context)  # type: ignore[attr-defined]
