"""Meetings: when they come next, what stands on the agenda, how one starts; their calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gouvernail.checks.cadences import often
from gouvernail.plan.model import Meeting, Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.plans import store
from gouvernail.web.rhythm import dues, ical, minutes
from gouvernail.web.rhythm.agenda import Heading, Material, agenda, circle, purpose_of
from gouvernail.web.rhythm.models import Assignment, Minutes
from gouvernail.web.rhythm.rows import named
from gouvernail.web.rhythm.since import as_of, bearing_of, moves_between
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission, Workspace
from gouvernail.web.workspaces.trail import record


@member(Permission.read)
def index(request: MemberRequest) -> HttpResponse:
    """Show the meetings, the next first, and the last minutes."""
    plan, today = store.read(request.workspace), shelf.today(request.workspace)
    slug = request.workspace.slug
    held = [
        (one, tuple(named(slug, plan, id) for id in one.meeting.between), _often(one.meeting))
        for one in dues.meetings(plan, today)
    ]
    last = Minutes.objects.filter(workspace=request.workspace).select_related("author")[:10]
    names = [(one, named(slug, plan, one.meeting)) for one in last]
    return render(request, "rhythm/meetings.html", {"held": held, "minutes": names, "tab": "meetings"})


@member(Permission.read)
def one(request: MemberRequest, id: str) -> HttpResponse:
    """Show a meeting with the agenda that it would have now."""
    here = current(request)
    meeting = _meeting(here.plan, id)
    slug = request.workspace.slug
    headings, since, waiting = _agenda(request, here, meeting)
    earlier = list(
        Minutes.objects.filter(workspace=request.workspace, meeting=id).select_related("author")[:20]
    )
    context = {
        "current": here,
        "meeting": meeting,
        "purpose": minutes.PURPOSES[purpose_of(here.plan, meeting)],
        "between": tuple(named(slug, here.plan, team) for team in meeting.between),
        "often": _often(meeting),
        "held": next(held for held in dues.meetings(here.plan, here.today) if held.meeting.id == id),
        "agenda": minutes.shown(headings, slug, here.plan),
        "since": since,
        "waiting": waiting,
        "going_on": next((one for one in earlier if one.closed is None), None),
        "earlier": [one for one in earlier if one.closed is not None],
        "tab": "meetings",
    }
    return render(request, "rhythm/meeting.html", context)


@member(Permission.decide)
@require_POST
def start(request: MemberRequest, id: str) -> HttpResponse:
    """Start a meeting: its agenda is kept as it stands now. One that is going on is gone on with."""
    here = current(request)
    meeting = _meeting(here.plan, id)
    headings, _, _ = _agenda(request, here, meeting)
    with transaction.atomic():
        # Two who press at once write the same minutes.
        Workspace.objects.select_for_update().get(pk=request.workspace.pk)
        made, fresh = Minutes.objects.get_or_create(
            workspace=request.workspace,
            meeting=id,
            closed=None,
            defaults={
                "held": here.today,
                "agenda": minutes.kept(headings),
                "present": ", ".join(_expected(here.plan, meeting))[:500],
                "author": request.user,
            },
        )
    if fresh:
        record(request.workspace, request.user, "meeting.started", id, minutes=made.pk)
    return redirect("minutes", request.workspace.slug, made.pk)


@member(Permission.read)
def calendar(request: MemberRequest, id: str = "") -> HttpResponse:
    """Give the meetings (or one of them) as a calendar file."""
    plan, today = store.read(request.workspace), shelf.today(request.workspace)
    wanted = [one for one in dues.meetings(plan, today) if not id or one.meeting.id == id]
    if id and not wanted:
        raise Http404
    events = [
        ical.Event(
            f"{one.meeting.id}@{request.workspace.slug}.gouvernail",
            max(one.next, today),
            one.meeting.name,
            one.meeting.text,
            request.build_absolute_uri(minutes.link_to(request.workspace.slug, one.meeting.id)),
            one.meeting.cadence,
        )
        for one in wanted
        if one.next
    ]
    answer = HttpResponse(
        ical.calendar(request.workspace.name, events, datetime.now(UTC)),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{request.workspace.slug}-{id or "meetings"}.ics"'
    return answer


def _agenda(
    request: MemberRequest, here: Current, meeting: Meeting
) -> tuple[tuple[Heading, ...], date | None, bool]:
    """Return the agenda, the day since which it tells what moved, and whether that is still being worked out."""
    before = as_of(here, meeting.last) if meeting.last and here.bearing else None
    earlier = bearing_of(here, before) if before else None
    given = Assignment.objects.filter(workspace=request.workspace, done=None).select_related("assignee")
    bearing = here.bearing
    made_of = Material(
        meeting,
        here.plan,
        here.today,
        findings=bearing.findings if bearing else (),
        moves=moves_between(here, before, earlier) if before and earlier else None,
        objectives=bearing.objectives if bearing else (),
        before=earlier.objectives if earlier else (),
        currency=bearing.currency if bearing else here.plan.organisation.currency,
        assigned={one.finding: str(one.assignee) for one in given},
    )
    return agenda(made_of), meeting.last if before else None, before is not None and earlier is None


def _meeting(plan: Plan, id: str) -> Meeting:
    found = plan.get(id)
    if not isinstance(found, Meeting):
        raise Http404
    return found


def _expected(plan: Plan, meeting: Meeting) -> list[str]:
    there = circle(plan, meeting)
    return [one.name for one in plan.people if one.id in there]


def _often(meeting: Meeting) -> Any:
    return often(meeting.cadence) if meeting.cadence else None
