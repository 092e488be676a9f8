"""Objective that is not measurable (M).

## What it finds
An objective without metric or target (blocking), or without baseline (warning).

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). A result that cannot be counted cannot be reached; without a baseline nobody knows how far the way is.

## Example
`{id: awareness, title: Be better known}`
Instead: `metric: brand_awareness, baseline: 0.12, target: 0.20`

## How to put it right
Give metric, baseline and target.

## Parameters
None.

## When it stays silent
Never for gaps in these three fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="OBJ02",
    family="OBJ",
    title=T("Not measurable (M)"),
    severity=Severity.blocking,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        lacks = [word for word, value in _parts(objective) if value is None]
        if lacks:
            grave = objective.metric is None or objective.target is None
            yield RULE.finding(
                objective.id,
                T(
                    "The objective “{name}” cannot be measured: it lacks its {lacks}.",
                    name=objective.name,
                    lacks=lacks,
                ),
                T("Give the metric, where it stands today and the value to reach."),
                severity=Severity.blocking if grave else Severity.warning,
            )


def _parts(objective: Objective) -> tuple[tuple[Text, object], ...]:
    return (
        (T("metric"), objective.metric),
        (T("baseline"), objective.baseline),
        (T("target"), objective.target),
    )
