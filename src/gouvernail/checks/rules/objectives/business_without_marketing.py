"""Business objective that no marketing objective serves.

## What it finds
A business objective below which no marketing or digital objective stands.

## Why it matters
S0: “does our marketing strategy really serve our business objectives?” Here nothing in marketing does.

## Example
A business objective “Revenue +20 %” that only an event serves.

## How to put it right
Write the marketing objective that carries it, and link it with `serves`.

## Parameters
None.

## When it stays silent
For marketing and digital objectives.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Level

RULE = Rule(
    code="OBJ09",
    family="OBJ",
    title=T("Business objective without marketing objective"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    lower = (o.id for o in scene.plan.objectives if o.level in (Level.marketing, Level.digital))
    carried = scene.index.above(lower)
    for objective in scene.index.business:
        if objective.id not in carried:
            yield RULE.finding(
                objective.id,
                T("No marketing objective serves the business objective “{name}”.", name=objective.name),
                T("Write what marketing must achieve for it, and link it with “serves”."),
            )
