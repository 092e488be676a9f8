"""What the plan says is due: evaluations and reviews by their cadence, decisions until they are done, meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gouvernail.plan.model import Decision, Meeting, Objective, Plan, RecordKind
from gouvernail.web.rhythm.dates import after, upcoming

SOON = timedelta(days=14)
"""How far ahead something counts as due soon."""


@dataclass(frozen=True)
class DueObjective:
    """An objective to evaluate or to review, since when, and when it was last done. `final`: past its own due date."""

    objective: Objective
    type: RecordKind
    day: date
    last: date | None
    final: bool = False


class State(StrEnum):
    """Where a decision stands."""

    overdue = "overdue"
    soon = "soon"
    open = "open"
    done = "done"


@dataclass(frozen=True)
class Held:
    """A meeting, and when it takes place next (None where nothing says how often)."""

    meeting: Meeting
    next: date | None
    late: bool


def objectives_due(plan: Plan, today: date, ahead: timedelta = SOON) -> tuple[DueObjective, ...]:
    """Return the objectives to evaluate or review by `today` + `ahead`, the longest waiting first.

    A review counts as an evaluation too: who asks whether an objective is still right has looked at its numbers. One
    whose due date has passed is evaluated once more: reached or not, and why; it is reviewed no more.
    """
    evaluated, reviewed = _last(plan, today)
    found: list[DueObjective] = []
    for one in plan.objectives:
        found += _evaluation(one, evaluated.get(one.id), today)
        found += _review(one, reviewed.get(one.id), today)
    wanted = (one for one in found if one.day <= today + ahead)
    return tuple(sorted(wanted, key=lambda one: (one.day, one.objective.id, one.type)))


def _last(plan: Plan, today: date) -> tuple[dict[str, date], dict[str, date]]:
    evaluated: dict[str, date] = defaultdict(lambda: date.min)
    reviewed: dict[str, date] = defaultdict(lambda: date.min)
    for one in plan.evaluations:
        if one.date > today:
            continue
        evaluated[one.objective] = max(evaluated[one.objective], one.date)
        if one.type is RecordKind.review:
            reviewed[one.objective] = max(reviewed[one.objective], one.date)
    return dict(evaluated), dict(reviewed)


def _evaluation(objective: Objective, last: date | None, today: date) -> Iterator[DueObjective]:
    if objective.evaluated is None or (objective.start and objective.start > today):
        return
    if objective.due and objective.due < today:
        if last is None or last < objective.due:
            yield DueObjective(objective, RecordKind.evaluation, objective.due, last, final=True)
        return
    since = last or objective.start
    day = after(since, objective.evaluated) if since else today
    # Where the last turn would end after the objective itself, its due date ends it.
    yield DueObjective(objective, RecordKind.evaluation, min(day, objective.due or day), last)


def _review(objective: Objective, last: date | None, today: date) -> Iterator[DueObjective]:
    over = objective.due is not None and objective.due < today
    if objective.reviewed is None or over or (objective.start and objective.start > today):
        return
    since = last or objective.start
    yield DueObjective(
        objective, RecordKind.review, after(since, objective.reviewed) if since else today, last
    )


def state_of(decision: Decision, today: date) -> State:
    """Return where a decision stands."""
    if decision.done:
        return State.done
    if decision.due is None:
        return State.open
    if decision.due < today:
        return State.overdue
    return State.soon if decision.due <= today + SOON else State.open


def open_decisions(plan: Plan) -> tuple[Decision, ...]:
    """Return the decisions that are not done, those due first, those without a day last."""
    left = (one for one in plan.decisions if not one.done)
    return tuple(sorted(left, key=lambda one: (one.due or date.max, one.date or date.max, one.id)))


def meetings(plan: Plan, today: date) -> tuple[Held, ...]:
    """Return the meetings with their next day, the next first."""
    found = []
    for one in plan.meetings:
        day = upcoming(one.last, one.cadence, today)
        found.append(Held(one, day, day is not None and day < today))
    return tuple(sorted(found, key=lambda one: (one.next or date.max, one.meeting.id)))
