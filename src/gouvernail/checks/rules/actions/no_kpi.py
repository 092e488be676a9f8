"""Action without KPI.

## What it finds
An action that names no KPI.

## Why it matters
S0 and S3: what is not measured by an agreed figure is judged by taste.

## Example
`{id: webinar, budget: 5000}` with no `kpis`.

## How to put it right
Name one or two metrics by which it will be judged.

## Parameters
None.

## When it stays silent
For actions with status `idea` or `cancelled`.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="ACT02",
    family="ACT",
    title=T("Action without KPI"),
    severity=Severity.warning,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        if not action.kpis:
            yield RULE.finding(
                action.id,
                T("The action “{name}” has no KPI: nothing tells whether it works.", name=action.name),
                T("Name the one or two metrics by which it will be judged."),
            )
