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
For actions with status `idea` or `cancelled`: they do not count as actions.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ15",
    family="OBJ",
    title=T("Objective without action"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if objective.id not in scene.index.with_action:
            yield RULE.finding(
                objective.id,
                T("No action works for the objective “{name}”.", name=objective.name),
                T("Plan an action that serves it, or drop the objective."),
            )
