"""Objective that is not time-bound (T).

## What it finds
An objective without start or due date, or due before it starts.

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). Without a date nothing is ever late.

## Example
`{id: revenue, start: 2026-01-01}`

## How to put it right
Give first and last day.

## Parameters
None.

## When it stays silent
Never for gaps in these two fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ05",
    family="OBJ",
    title=T("Not time-bound (T)"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if objective.due is None or objective.start is None:
            missing = T("due date") if objective.due is None else T("start date")
            yield RULE.finding(
                objective.id,
                T(
                    "The objective “{name}” is not bound in time: it has no {missing}.",
                    name=objective.name,
                    missing=missing,
                ),
                T("Give the first and the last day."),
            )
        elif objective.due < objective.start:
            yield RULE.finding(
                objective.id,
                T(
                    "The objective “{name}” is due on {due}, before it starts on {start}.",
                    name=objective.name,
                    due=objective.due,
                    start=objective.start,
                ),
                T("Correct one of the two dates."),
            )
