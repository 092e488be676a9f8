"""No objective shared by marketing and sales.

## What it finds
Objectives exist, a marketing and a sales team too, and no objective is carried by both.

## Why it matters
S0 and S1: silos; “SMART objectives common to all teams are fundamental”. Each team reaching its own figure proves nothing for the company.

## Example
`shared_with: [marketing]` on every objective.

## How to put it right
Let both teams carry one objective: name them under `shared_with`.

## Parameters
None.

## When it stays silent
Without objectives (OBJ16 says so). Without a marketing or a sales team in the plan: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Function, Layer, Objective, Person

RULE = Rule(
    code="ORG01",
    family="ORG",
    title=T("No shared objective"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.objectives:
        return
    marketing, sales = (set(scene.index.teams(f)) for f in (Function.marketing, Function.sales))
    if not (marketing and sales):
        yield RULE.not_checked(T("The plan names no marketing team or no sales team."))
        return
    if not any(
        _carriers(scene, o) & marketing and _carriers(scene, o) & sales for o in scene.plan.objectives
    ):
        yield RULE.missing(
            Layer.objectives,
            T("No objective is shared by marketing and sales: each may succeed while the company fails."),
            T("Name both teams under “shared_with” of one objective, such as qualified leads won."),
        )


def _carriers(scene: Scene, objective: Objective) -> set[str]:
    owner = scene.plan.get(objective.owner or "")
    return {*objective.shared_with, *([owner.team] if isinstance(owner, Person) and owner.team else [])}
