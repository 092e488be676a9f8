"""What moved since an earlier bearing: the last review, a revision of the plan, a period before.

Both bearings are judged as of the same day and by the same facts, so that only what the plan or the period changed shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail.base.periods import Period, last_closed_month
from gouvernail.base.text import T, Text
from gouvernail.bearing.checking import CheckedPlan
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing
from gouvernail.bearing.moves import Gone, Moves, compare
from gouvernail.plan.model import Plan, RecordKind
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import Current
from gouvernail.web.plans.models import PlanRevision, Scenario
from gouvernail.web.rhythm.models import Minutes

REVISIONS = 12
"""How many revisions of the plan are on offer."""


@dataclass(frozen=True)
class Before:
    """An earlier state to compare with: a revision of the plan, a period, and how a sentence names it."""

    value: str
    """As the address writes it: `review`, `period`, `r12`."""
    title: Text
    revision: int
    period: Period


@dataclass(frozen=True)
class Since:
    """What moved. `moves` is None while the earlier bearing is being taken, or where there is nothing before."""

    choices: tuple[Before, ...]
    chosen: Before | None
    moves: Moves | None
    waiting: bool = False

    def gone(self) -> tuple[tuple[Gone, tuple[LocatedFinding, ...]], ...]:
        """Return the findings that are no more, by why, reasons without any left out."""
        if self.moves is None:
            return ()
        return tuple((why, several) for why in Gone if (several := self.moves.of(why)))


def since(here: Current, asked: str = "") -> Since:
    """Return what moved up to the bearing in view. The earlier one is ordered in the background, never waited for."""
    choices = _choices(here)
    chosen = next((one for one in choices if one.value == asked), next(iter(choices), None))
    if chosen is None or here.bearing is None:
        return Since(choices, chosen, None)
    earlier = bearing_of(here, chosen)
    if earlier is None:
        return Since(choices, chosen, None, waiting=True)
    return Since(choices, chosen, moves_between(here, chosen, earlier))


def bearing_of(here: Current, before: Before) -> Bearing | None:
    """Return the earlier bearing if it is ready; it is ordered where nobody did."""
    asked = shelf.question(
        here.workspace, str(before.period), number=before.revision, scenario=_scenario(here, before)
    )
    record = shelf.order(asked)
    record.workspace = here.workspace
    return shelf.opened(record)


def moves_between(here: Current, before: Before, earlier: Bearing) -> Moves | None:
    """Return what moved from an earlier bearing to the one in view."""
    if here.bearing is None:
        return None
    old = shelf.loaded(here.workspace, before.revision, _scenario(here, before)).plan
    return compare(_checked(here.bearing, here.plan), _checked(earlier, old), before.value)


def reviewed_on(here: Current, meetings: tuple[date, ...]) -> date | None:
    """Return the day of the last review: a meeting that was held, or the review of an objective."""
    reviews = (one.date for one in here.plan.evaluations if one.type is RecordKind.review)
    held = (one.last for one in here.plan.meetings if one.last)
    return max((day for day in (*meetings, *reviews, *held) if day <= here.today), default=None)


def last_review(here: Current) -> date | None:
    """Return the day of the last review of the organisation, its closed minutes included."""
    held = Minutes.objects.filter(workspace=here.workspace, closed__isnull=False)
    return reviewed_on(here, tuple(held.values_list("held", flat=True)[:1]))


def as_of(here: Current, day: date, value: str = "review", title: Text | None = None) -> Before | None:
    """Return the plan and the closed month as they stood on a day; the first revision where the plan is younger."""
    mine = PlanRevision.objects.filter(workspace=here.workspace, scenario=None).order_by("number")
    found = mine.filter(made__date__lte=day).last() or mine.first()
    if found is None:
        return None
    return Before(value, title or T("the last review, {day}", day=day), found.number, last_closed_month(day))


def _choices(here: Current) -> tuple[Before, ...]:
    if not here.has_plan:
        return ()
    found: list[Before] = []
    day = last_review(here)
    review = as_of(here, day) if day else None
    if review:
        found.append(review)
    found.append(
        Before("period", T("{period}, the period before", period=here.previous), here.revision, here.previous)
    )
    newest = PlanRevision.objects.filter(workspace=here.workspace, scenario=None)[:REVISIONS]
    found += [
        Before(f"r{one.number}", _title(one), one.number, here.period)
        for one in newest
        if one.number != here.revision
    ]
    return tuple(found)


def _title(one: PlanRevision) -> Text:
    if one.label or one.note:
        return T("revision {n}: {note}", n=one.number, note=one.label or one.note)
    return T("revision {n} of {day}", n=one.number, day=one.made)


def _scenario(here: Current, before: Before) -> Scenario | None:
    return here.scenario if before.revision == here.revision else None


def _checked(bearing: Bearing, plan: Plan) -> CheckedPlan:
    from gouvernail.plan.load import LoadedPlan
    from gouvernail.plan.locations import Locations

    return CheckedPlan(
        LoadedPlan(plan, Locations({}, {}), bearing.made_from.plan),
        bearing.findings,
        bearing.not_checked,
        bearing.ignored,
        bearing.figures.coherence,
    )
