"""No business objective.

## What it finds
A plan without an objective of level `business`.

## Why it matters
Aligned spend climbs to business objectives: without one, all money is orphan (S0, S2).

## Example
Only `level: digital` objectives.

## How to put it right
Write what the company wants to earn or become this year, with metric, target and date.

## Parameters
None.

## When it stays silent
As soon as one objective has the level `business`.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ16",
    family="OBJ",
    title=T("No business objective"),
    severity=Severity.blocking,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.index.business:
        yield RULE.missing(
            Layer.objectives,
            T(
                "The plan has no business objective: nothing that marketing does can be tied to what the company wants."
            ),
            T("Write what the company wants to earn or become this year, with metric, target and date."),
        )
