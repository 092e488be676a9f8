"""Pages of the actions: table, board, calendar, timeline, one action with its tracked link; audience coverage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gouvernail.base.errors import PeriodError, UsageError
from gouvernail.base.periods import Grain, Period, bucket, parse_period
from gouvernail.base.text import T, Text
from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, Status
from gouvernail.report.labels import STATUSES
from gouvernail.web.actions import board, calendar, coverage, links
from gouvernail.web.actions.moving import move
from gouvernail.web.actions.rows import ActionRow, Actions
from gouvernail.web.actions.wanted import STAGES, Wanted
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.cockpit.cockpit import to_decide
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.parts import Crumb, Tab
from gouvernail.web.look.templatetags.look import say
from gouvernail.web.measure.experiments_list import tried
from gouvernail.web.plans.store import Conflict
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

SHAPES: dict[str, tuple[Text, str]] = {
    "table": (T("Table"), "table"),
    "board": (T("Board"), "layout-kanban"),
    "calendar": (T("Calendar"), "calendar"),
    "timeline": (T("Timeline"), "timeline"),
}
A_PAGE = 100
"""Actions on one page of the table."""
PUBLICS = 50
"""Segments and personas on one page of the coverage."""
MISFITS = "AUD"
"""Rules that judge who is spoken to."""
MOST_MISFITS = 10
CHANGED = T("Somebody changed this action meanwhile: look at it again, then move it.")
COLUMNS = (
    T("Action"),
    T("Type"),
    T("State"),
    T("Channel"),
    T("Owner"),
    T("Serves"),
    T("Start"),
    T("End"),
    T("Planned"),
    T("Committed"),
    T("Spent in the period"),
    T("Left"),
    T("Currency"),
)


@member(Permission.read)
def actions(request: MemberRequest) -> HttpResponse:
    """Show the actions of the plan in one of four shapes, filtered."""
    here = current(request)
    found = _found(request, here)
    shape = request.GET.get("as", "table")
    shape = shape if shape in SHAPES else "table"
    context = {
        "current": here,
        "wanted": found.wanted,
        "told": found.wanted.told(found.look_up),
        "count": len(found),
        "every": len(here.plan.actions),
        "totals": found.totals(),
        "tabs": _tabs(request, shape),
        "filters": _filters(found.look_up),
        "shape": shape,
        **_shape(request, shape, found, here),
    }
    return render(request, "actions/actions.html", context)


@member(Permission.read)
def actions_csv(request: MemberRequest) -> HttpResponse:
    """Give the filtered actions as a table for spreadsheets."""
    found = _found(request, current(request))
    return csv_response("actions", COLUMNS, (_cells(row) for row in found))


@member(Permission.read)
def action(request: MemberRequest, id: str) -> HttpResponse:
    """Show one action: whom it serves, what it says, what it costs and brought, and its tracked link."""
    here = current(request)
    row = _row(here, id)
    index = Index(here.plan)
    source, medium = links.medium_of(index.channels.get(row.action.channel or ""))
    located = known(here.bearing).by_element.get(id, ()) if here.bearing else ()
    context = {
        "current": here,
        "row": row,
        "crumbs": (Crumb(T("Actions"), reverse("actions", args=[request.workspace.slug])),),
        "targets": [(index.name(one), one) for one in row.action.audience.segments],
        "promise": here.plan.get(row.action.value_proposition or ""),
        "findings": to_decide(tuple(located), Links(request.workspace.slug, here.plan)),
        "link": {"source": source, "medium": medium, "campaign": links.campaign_of(row.action)},
        "states": list(STATUSES.items()),
        "kpis": [index.metric_name(one) for one in row.action.kpis],
        "tried": tried(here, id, Links(request.workspace.slug, here.plan)),
    }
    return render(request, "actions/action.html", context)


@member(Permission.edit)
@require_POST
def status(request: MemberRequest, id: str) -> HttpResponse:
    """Move an action to another state of the board."""
    wanted = request.POST.get("status", "")
    if wanted not in set(Status):
        raise Http404
    fetched = request.headers.get("X-Requested-With") == "fetch"
    try:
        move(request.workspace, request.user, id, Status(wanted), current(request).scenario)
    except Conflict:
        messages.error(request, say(CHANGED))
        if fetched:
            return HttpResponse(status=409)
    if fetched:
        return HttpResponse(status=204)
    here = reverse("actions", args=[request.workspace.slug])
    back = request.POST.get("next", "")
    return redirect(back if back.startswith(here) else f"{here}?as=board")


@member(Permission.read)
def link(request: MemberRequest, id: str) -> HttpResponse:
    """Build the tracked address of an action and its QR code (a fragment of its page)."""
    row = _row(current(request), id)
    address = request.GET.get("address", "")
    campaign = request.GET.get("campaign") or links.campaign_of(row.action)
    context: dict[str, Any] = {"row": row}
    try:
        context["made"] = links.tracked(
            address, request.GET.get("source", ""), request.GET.get("medium", ""), campaign
        )
        context["recognised"] = campaign in {key.value for key in row.action.tracking}
    except UsageError as fault:
        context["fault"] = fault.message
    return render(request, "actions/link.html", context)


@member(Permission.read)
def audience(request: MemberRequest) -> HttpResponse:
    """Show who is spoken to, at which moment, on which channel, with how much money."""
    here = current(request)
    judged = here.bearing.findings if here.bearing else ()
    misfits = tuple(one for one in judged if one.finding.code.startswith(MISFITS))
    page = Paginator(coverage.Coverage(here.plan), PUBLICS).get_page(request.GET.get("page"))
    context = {
        "current": here,
        "page": page,
        "stages": STAGES.values(),
        "chart": coverage.heat_map(list(page)),
        "findings": to_decide(misfits[:MOST_MISFITS], Links(request.workspace.slug, here.plan)),
        "more_findings": max(0, len(misfits) - MOST_MISFITS),
        "misfits": MISFITS,
    }
    return render(request, "actions/audience.html", context)


def _row(here: Current, id: str) -> ActionRow:
    found = here.plan.get(id)
    if not isinstance(found, Action):
        raise Http404
    return Actions(here.plan, here.bearing).row(found)


def _found(request: MemberRequest, here: Current) -> Actions:
    return Actions(here.plan, here.bearing, _wanted(request))


def _wanted(request: MemberRequest) -> Wanted:
    return Wanted(**{name: request.GET.get(name, "") for name in Wanted.__dataclass_fields__})


def _tabs(request: MemberRequest, shape: str) -> list[Tab]:
    query = request.GET.copy()
    found = []
    query.pop("page", None)
    for name, (title, icon) in SHAPES.items():
        query["as"] = name
        found.append(Tab(title, f"?{query.urlencode()}", name == shape, icon))
    return found


def _filters(index: Index) -> dict[str, list[tuple[str, Any]]]:
    """The choices of each filter: (value, words), only what occurs."""
    plan = index.plan
    owners = {id: index.name(id) for id in {one.owner for one in plan.actions} if id}
    channels = {id: _channel(index, id) for id in {one.channel for one in plan.actions} if id}
    serves = {id: index.name(id) for id in {link.id for one in plan.actions for link in one.serves}}
    return {
        "status": [(one.value, STATUSES[one]) for one in Status],
        "owner": _sorted(owners | ({} if all(one.owner for one in plan.actions) else {"-": T("Nobody")})),
        "channel": _sorted(channels | ({} if all(one.channel for one in plan.actions) else {"-": T("None")})),
        "objective": _sorted({id: name for id, name in serves.items() if plan.get(id)}),
    }


def _channel(index: Index, id: str) -> Text | str:
    known = index.channels.get(id)
    return known.name if known else id


def _sorted(choices: Mapping[str, Text | str]) -> list[tuple[str, Any]]:
    return sorted(choices.items(), key=lambda one: say(one[1]).casefold())


def _shape(request: MemberRequest, shape: str, found: Actions, here: Current) -> dict[str, Any]:
    match shape:
        case "board":
            return {"lanes": board.lanes(found), "states": list(STATUSES.items())}
        case "calendar":
            return {"sheet": calendar.month_sheet(found, _month(request, here), here.today)}
        case "timeline":
            page = calendar.timeline_page(found, request.GET.get("page"))
            csv = f"{reverse('actions-csv', args=[request.workspace.slug])}?{request.GET.urlencode()}"
            return {"page": page, "chart": calendar.timeline(list(page), here.today, csv)}
        case _:
            return {"page": Paginator(found, A_PAGE).get_page(request.GET.get("page"))}


def _month(request: MemberRequest, here: Current) -> Period:
    try:
        asked = parse_period(request.GET.get("month", ""))
    except PeriodError:
        asked = bucket(here.today, Grain.month)
    return bucket(asked.start, Grain.month)


def _cells(row: ActionRow) -> tuple[Any, ...]:
    action, money = row.action, row.money
    return (
        action.name,
        row.type,
        row.state,
        row.channel,
        row.owner,
        "; ".join(name for _, name in row.serves),
        action.start,
        action.end,
        money.planned,
        money.committed,
        money.spent,
        money.left,
        money.planned.currency if money.planned else None,
    )
