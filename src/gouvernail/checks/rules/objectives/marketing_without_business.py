"""Marketing objective that serves no business objective.

## What it finds
A marketing or digital objective whose links upward reach no business objective.

## Why it matters
S0’s cure for the compass that became a weathercock; S3: management cannot read what marketing does unless it ends in business terms. Money spent on it cannot be aligned.

## Example
`{id: followers, level: digital, metric: followers}` with no `serves`.

## How to put it right
Link it with `serves` to the business objective that it helps, or drop it.

## Parameters
None.

## When it stays silent
For business objectives and objectives without a level.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Level

RULE = Rule(
    code="OBJ10",
    family="OBJ",
    title=T("Marketing objective without business objective"),
    severity=Severity.blocking,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        lower = objective.level in (Level.marketing, Level.digital)
        if lower and objective.id not in scene.index.serving_business:
            yield RULE.finding(
                objective.id,
                T("The objective “{name}” reaches no business objective.", name=objective.name),
                T("Link it with “serves” to the business objective that it helps, or drop it."),
                money=scene.index.money(objective.budget),
            )
