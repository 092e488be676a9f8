"""What happened to the plan since the last review: the review itself, the changes, the decisions that are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gouvernail.bearing.model import Bearing
from gouvernail.plan.model import Decision, Evaluation, Plan, RecordKind
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.current import Current
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.plans.models import PlanRevision

MOST = 5


@dataclass(frozen=True)
class SinceReview:
    """The last dated review (or evaluation, where there is none) and what came after it."""

    record: Evaluation
    revisions: tuple[PlanRevision, ...]
    more: int
    """Revisions beyond those listed."""
    before: Bearing | None
    """A bearing taken at or before the review, if one is on the shelf."""


def last_review(plan: Plan, today: date) -> Evaluation | None:
    """Return the newest review up to today; an evaluation where nobody reviewed anything yet."""
    past = [one for one in plan.evaluations if one.date <= today]
    reviews = [one for one in past if one.type is RecordKind.review]
    return max(reviews or past, key=lambda one: one.date, default=None)


def since_review(here: Current) -> SinceReview | None:
    """Return what happened since the last review, None where nobody ever reviewed or evaluated anything."""
    record = last_review(here.plan, here.today)
    if record is None:
        return None
    end_of_day = datetime.combine(record.date + timedelta(days=1), time(), UTC)
    revisions = PlanRevision.objects.filter(
        workspace=here.workspace, scenario=here.scenario, made__gte=end_of_day, number__lte=here.revision
    ).select_related("author")[: MOST + 1]
    found = tuple(revisions)
    return SinceReview(record, found[:MOST], max(0, len(found) - MOST), _bearing_at(here, record.date))


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
