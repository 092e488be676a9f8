"""Review overdue.

## What it finds
An objective whose last review, or start where there was none, lies further back than its review cadence and the days of grace.

## Why it matters
S4’s last letter: an objective that is not questioned goes on when the market has left it. S2: reviewed yearly.

## Example
`reviewed: quarterly`, last review on 10 January, today 20 June.

## How to put it right
Hold the review and write it down as an evaluation of type `review`; or lengthen the cadence.

## Parameters
`grace_days` (7): days by which a review may be late.

## When it stays silent
For objectives without review cadence (OBJ07), not started, or past their due date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gouvernail.base.text import TN, T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer, Objective, Plan, RecordKind

RULE = Rule(
    code="REV01",
    family="REV",
    title=T("Review overdue"),
    severity=Severity.warning,
    layer=Layer.objectives,
    dated=True,
    parameters=(Parameter("grace_days", 7, T("Days by which a review may be late.")),),
)


@dataclass(frozen=True)
class Overdue:
    """An objective whose review is late: when it was last reviewed, since when it waits, by how many days it is late."""

    objective: Objective
    reviewed: date | None
    since: date
    late: int


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for one in overdue(scene.plan, scene.today, scene.parameters["grace_days"]):
        yield RULE.finding(
            one.objective.id,
            _sentence(one.objective.name, one.reviewed, one.since, one.late),
            T("Hold the review now and write down what was decided."),
            days_late=one.late,
        )


def overdue(plan: Plan, today: date, grace: float) -> Iterator[Overdue]:
    """Yield the objectives whose review is late by more than `grace` days."""
    last: dict[str, date] = {}
    for record in plan.evaluations:
        if record.type is RecordKind.review and record.date <= today:
            last[record.objective] = max(record.date, last.get(record.objective, record.date))
    for objective in plan.objectives:
        since = last.get(objective.id, objective.start)
        over = objective.due is not None and objective.due < today
        if objective.reviewed is None or since is None or over:
            continue
        late = (today - since).days - objective.reviewed.days
        if late > grace:
            yield Overdue(objective, last.get(objective.id), since, late)


def _sentence(name: str, reviewed: date | None, since: date, late: int) -> Text:
    if reviewed is None:
        return TN(
            "“{name}” has run since {since} without a review: it is {n} day overdue.",
            "“{name}” has run since {since} without a review: it is {n} days overdue.",
            late,
            name=name,
            since=since,
        )
    return TN(
        "“{name}” was last reviewed on {since}: the next review is {n} day overdue.",
        "“{name}” was last reviewed on {since}: the next review is {n} days overdue.",
        late,
        name=name,
        since=since,
    )
