"""Objective that serves nothing above it (R).

## What it finds
A business objective, or one without a level, that serves no existing element: no mission, no vision, no strategy.

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). *Realistic* means tied to the rest: an objective that serves nothing above is a number chosen alone (S2). What stands below it, means and actions, is judged by BUD01 and OBJ15.

## Example
`{id: revenue, level: business}` with no `serves`.

## How to put it right
Name under `serves` the mission or the part of the strategy it comes from.

## Parameters
None.

## When it stays silent
For marketing and digital objectives: OBJ10 judges whether they reach a business objective.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Level

RULE = Rule(
    code="OBJ04",
    family="OBJ",
    title=T("Serves nothing above (R)"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        own_rule = objective.level in (Level.marketing, Level.digital)
        if not own_rule and not scene.index.parents(objective):
            yield RULE.finding(
                objective.id,
                T("The objective “{name}” serves nothing above it in the plan.", name=objective.name),
                T("Name under “serves” the mission or the part of the strategy that it follows from."),
            )
