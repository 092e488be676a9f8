"""Objective that is never evaluated (E).

## What it finds
An objective without an evaluation cadence.

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). S2 asks that KPIs be followed weekly, monthly or quarterly.

## Example
`{id: revenue, due: 2026-12-31}` with no `evaluated`.

## How to put it right
Say how often the numbers are looked at.

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
    code="OBJ06",
    family="OBJ",
    title=T("Not evaluated (E)"),
    severity=Severity.advice,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if objective.evaluated is None:
            yield RULE.finding(
                objective.id,
                T("Nothing says how often the numbers of “{name}” are looked at.", name=objective.name),
                T("Give “evaluated” a cadence: weekly, monthly or quarterly."),
            )
