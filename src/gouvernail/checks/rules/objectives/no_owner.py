"""Objective without owner.

## What it finds
An objective that names no owner, and for which nobody is accountable under `responsibilities`.

## Why it matters
S1: clear responsibilities; an objective of everybody is an objective of nobody.

## Example
`{id: revenue}` with no `owner`.

## How to put it right
Name under `owner` the one person accountable.

## Parameters
None.

## When it stays silent
Where a responsibility names someone accountable for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ08",
    family="OBJ",
    title=T("Objective without owner"),
    severity=Severity.advice,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    accountable = {one.element for one in scene.plan.responsibilities if one.accountable}
    for objective in scene.plan.objectives:
        if objective.owner is None and objective.id not in accountable:
            yield RULE.finding(
                objective.id,
                T("Nobody owns the objective “{name}”.", name=objective.name),
                T("Name under “owner” the one person accountable for it."),
            )
