"""Objective that is never reviewed (R).

## What it finds
An objective without a review cadence.

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). Evaluating looks at the numbers; reviewing asks whether the objective is still the right one (S4). S2 wants it yearly at least.

## Example
`{id: revenue, evaluated: monthly}` with no `reviewed`.

## How to put it right
Say how often the objective itself is questioned.

## Parameters
None.

## When it stays silent
For any cadence.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ07",
    family="OBJ",
    title=T("Not reviewed (R)"),
    severity=Severity.advice,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if objective.reviewed is None:
            yield RULE.finding(
                objective.id,
                T(
                    "Nothing says when it is asked whether “{name}” is still the right objective.",
                    name=objective.name,
                ),
                T("Give “reviewed” a cadence: quarterly, half-yearly or yearly."),
            )
