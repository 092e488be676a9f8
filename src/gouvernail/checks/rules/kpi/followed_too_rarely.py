"""KPI followed too rarely for its objective.

## What it finds
An objective whose numbers are looked at fewer than four times between its start and its due date. The cadence is the objective's `evaluated`, or the `followed` of its own metric where that is slower: what is counted once a half-year cannot be looked at every month.

## Why it matters
S2: KPIs are “followed continuously: by week, month and / or quarter”. S4's *evaluated*: a regular look finds problems while they can still be adjusted. With fewer than four looks the first warning comes when a third of the time is gone, and a second look to confirm it when two thirds are.

## Example
`{id: o, metric: leads, start: 2026-01-01, due: 2026-12-31, evaluated: half_yearly}`: two looks, the second when the year is over.
Instead: `evaluated: monthly`

## How to put it right
Look more often, or set a nearer stage with its own target.

## Parameters
`minimum_looks` (4): looks between start and due date, the last one included.

## When it stays silent
Without metric (OBJ02), due date (OBJ05) or evaluation cadence (OBJ06), and without a start. Data that arrive too late are KPI03.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import TN, T, Text
from gouvernail.checks.cadences import often
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Cadence, Layer, Objective, PlanMetric

RULE = Rule(
    code="KPI04",
    family="KPI",
    title=T("KPI followed too rarely"),
    severity=Severity.advice,
    layer=Layer.objectives,
    parameters=(
        Parameter("minimum_looks", 4, T("Looks between start and due date, the last one included.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if not (objective.metric and objective.start and objective.due and objective.evaluated):
            continue
        days = (objective.due - objective.start).days + 1
        metric = scene.plan.get(objective.metric)
        followed = metric.followed if isinstance(metric, PlanMetric) else None
        slow = followed if followed and followed.days > objective.evaluated.days else None
        cadence = slow or objective.evaluated
        # A year holds four quarters, though not four times 92 days.
        looks = round(days / cadence.days)
        if days > 0 and looks < scene.parameters["minimum_looks"]:
            yield RULE.finding(
                objective.id,
                _sentence(scene, objective, cadence, looks, slow is not None),
                T("Look more often, or set a nearer stage with a target of its own."),
                money=scene.index.money_behind(objective.id),
                looks=looks,
                days=days,
            )


def _sentence(scene: Scene, objective: Objective, cadence: Cadence, looks: int, slow: bool) -> Text:
    values = {"name": objective.name, "due": objective.due, "often": often(cadence)}
    if slow:
        return TN(
            "The metric of “{name}”, “{metric}”, is followed {often}: {n} look until {due}.",
            "The metric of “{name}”, “{metric}”, is followed {often}: {n} looks until {due}.",
            looks,
            metric=scene.index.metric_name(objective.metric or ""),
            **values,
        )
    return TN(
        "“{name}” is looked at {often}: {n} look until it is due on {due}.",
        "“{name}” is looked at {often}: {n} looks until it is due on {due}.",
        looks,
        **values,
    )
