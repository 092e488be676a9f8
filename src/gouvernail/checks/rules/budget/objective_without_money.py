"""Objective with no money.

## What it finds
An objective without budget of its own and below which no action has a budget or an envelope.

## Why it matters
S2: budget is one of the means of execution; S4: *realistic* means that the means are there.

## Example
“Enter Germany” with three actions, all without budget.

## How to put it right
Set money aside for it, or drop it.

## Parameters
None.

## When it stays silent
As soon as some amount above zero stands below the objective. For an objective that no action serves: OBJ15 says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="BUD01",
    family="BUD",
    title=T("Objective without money"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    acted, paid = scene.index.with_action, scene.index.with_money
    for objective in scene.plan.objectives:
        if objective.id in acted and objective.id not in paid:
            yield RULE.finding(
                objective.id,
                T("No money is planned for the objective “{name}”.", name=objective.name),
                T("Give a budget to an action that serves it, or drop the objective."),
            )
