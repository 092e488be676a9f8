"""Metric with no path to the metric it should move.

## What it finds
An objective that serves another one, whose metric the driver tree does not lead to the other’s metric.

## Why it matters
S0 and S3: a metric that is not tied to a business result loses its meaning. The cascade (S1) only works where the arithmetic between the two is written.

## Example
“Followers +30 %” serves “Revenue +20 %”, and no driver leads from followers to revenue.

## How to put it right
Write the driver that ties the two (`gouvernail metrics` shows usual parents), choose a metric that is a driver, or link the objective elsewhere.

## Parameters
None.

## When it stays silent
Where one of the two has no metric (OBJ02), where both have the same, and where the tree does not say how the upper metric is made: that is *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="CAS02",
    family="CAS",
    title=T("No path to the parent’s metric"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    untold: dict[str, str] = {}
    for child in scene.plan.objectives:
        for parent in scene.index.parents(child):
            if not isinstance(parent, Objective) or not (child.metric and parent.metric):
                continue
            if child.metric == parent.metric or parent.metric in scene.index.driven_by(child.metric):
                continue
            if parent.metric not in scene.index.formulas:
                untold[parent.id] = parent.metric
                continue
            yield RULE.finding(
                child.id,
                T(
                    "“{name}” serves “{parent}”, yet no driver leads from {metric} to {goal}.",
                    name=child.name,
                    parent=parent.name,
                    metric=scene.index.metric_name(child.metric),
                    goal=scene.index.metric_name(parent.metric),
                ),
                T(
                    "Write the driver that ties the two, or choose a metric that moves {goal}.",
                    goal=scene.index.metric_name(parent.metric),
                ),
                related=(parent.id,),
            )
    for id, metric in untold.items():
        yield RULE.not_checked(
            T("No driver says how {metric} is made.", metric=scene.index.metric_name(metric)), id
        )
