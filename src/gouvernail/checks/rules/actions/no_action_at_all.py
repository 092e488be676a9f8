"""No action.

## What it finds
A plan without a living action.

## Why it matters
Execution is where the chain touches ground (S2, layer 6).

## Example
`actions: []`, or only ideas.

## How to put it right
Plan the actions that the objectives need.

## Parameters
None.

## When it stays silent
As soon as one action is neither an idea nor cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="ACT12",
    family="ACT",
    title=T("No action"),
    severity=Severity.blocking,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.index.actions:
        yield RULE.missing(
            Layer.execution,
            T("The plan has no action: nobody works for its objectives."),
            T("Plan at least one action for each objective, with budget, dates, audience and KPI."),
        )
