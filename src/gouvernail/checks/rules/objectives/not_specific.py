"""Objective that is not specific (S).

## What it finds
An objective whose scope names no market, no segment and no product.

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). Without a scope two teams read the same sentence and work on two markets.

## Example
`{id: more-sales, title: Sell more, metric: revenue}`

## How to put it right
Say under `scope` which market, segment or product it is about.

## Parameters
None.

## When it stays silent
For an objective with any part of the scope given.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ01",
    family="OBJ",
    title=T("Not specific (S)"),
    severity=Severity.advice,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if objective.scope.empty:
            yield RULE.finding(
                objective.id,
                T(
                    "The objective “{name}” is not specific: it names no market, segment or product.",
                    name=objective.name,
                ),
                T("Say under “scope” what part of the business it is about."),
            )
