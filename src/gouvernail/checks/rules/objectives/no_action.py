"""Objective without any action.

## What it finds
An objective that no living action serves, directly or through other objectives.

## Why it matters
An objective that nobody works for is a wish (S2: execution is where the chain touches ground).

## Example
An objective “+20 % qualified leads” with no action below.

## How to put it right
Plan an action for it, or drop it.

## Parameters
None.

## When it stays silent
As soon as a living action serves it; actions with status `idea` or `cancelled` do not count. For a business objective that no marketing objective serves: OBJ09 says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Level

RULE = Rule(
    code="OBJ15",
    family="OBJ",
    title=T("Objective without action"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    lower = (o.id for o in scene.plan.objectives if o.level in (Level.marketing, Level.digital))
    carried = scene.index.above(lower)
    for objective in scene.plan.objectives:
        if objective.level is Level.business and objective.id not in carried:
            continue
        if objective.id not in scene.index.with_action:
            yield RULE.finding(
                objective.id,
                T("No action works for the objective “{name}”.", name=objective.name),
                T("Plan an action that serves it, or drop the objective."),
            )
