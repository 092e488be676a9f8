"""What happened to the plan since the last review: the review itself, the changes, the decisions that are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gouvernail.bearing.model import Bearing
from gouvernail.plan.model import Decision, Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.current import Current
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.rhythm.since import last_review

MOST = 5


@dataclass(frozen=True)
class SinceReview:
    """The last review (of objectives, or a meeting; an evaluation, where there is none) and what came after it."""

    day: date
    notes: tuple[str, ...]
    """What was written down that day."""
    revisions: tuple[PlanRevision, ...]
    more: int
    """Revisions beyond those listed."""
    before: Bearing | None
    """A bearing taken at or before the review, if one is on the shelf."""


def last_evaluation(plan: Plan, today: date) -> date | None:
    """Return the day of the newest evaluation up to today."""
    return max((one.date for one in plan.evaluations if one.date <= today), default=None)


def since_review(here: Current) -> SinceReview | None:
    """Return what happened since the last review, None where nobody ever reviewed or evaluated anything."""
    day = last_review(here) or last_evaluation(here.plan, here.today)
    if day is None:
        return None
    end_of_day = datetime.combine(day + timedelta(days=1), time(), UTC)
    revisions = PlanRevision.objects.filter(
        workspace=here.workspace, scenario=here.scenario, made__gte=end_of_day, number__lte=here.revision
    ).select_related("author")[: MOST + 1]
    found = tuple(revisions)
    notes = tuple(dict.fromkeys(one.note for one in here.plan.evaluations if one.date == day and one.note))
    return SinceReview(day, notes, found[:MOST], max(0, len(found) - MOST), _bearing_at(here, day))


def _bearing_at(here: Current, day: date) -> Bearing | None:
    found = (
        BearingRecord.objects.defer("body")
        .filter(workspace=here.workspace, state=BearingState.ready, today__lte=day, code=code_version())
        .order_by("-today", "-finished")
        .first()
    )
    return shelf.opened(found) if found else None


def plan_before(here: Current) -> tuple[int, Bearing] | None:
    """Return the newest earlier revision that says something else, with its bearing, if one is on the shelf."""
    if here.record is None:
        return None
    found = (
        BearingRecord.objects.defer("body")
        .filter(workspace=here.workspace, state=BearingState.ready, code=code_version())
        .filter(revision__lt=here.revision, revision__gt=0)
        .exclude(digest=here.record.digest)
        .order_by("-revision", "-finished")
        .first()
    )
    bearing = shelf.opened(found) if found else None
    return (found.revision, bearing) if found and bearing else None


def due(decisions: Iterable[Decision], today: date) -> tuple[Decision, ...]:
    """Return the decisions that are due and not done, the longest due first."""
    waiting = [one for one in decisions if one.done is None and one.due and one.due <= today]
    return tuple(sorted(waiting, key=lambda one: one.due or today))
