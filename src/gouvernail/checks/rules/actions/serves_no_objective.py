"""Action that serves no objective.

## What it finds
An action whose links upward reach no objective of the plan.

## Why it matters
S0: brilliant actions that serve nothing; the money of such an action is orphan.

## Example
`{id: fair, title: Trade fair, budget: 40000}` with no `serves`.

## How to put it right
Link it with `serves` to the objective it works for, or give its money to an action that has one.

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
    code="ACT01",
    family="ACT",
    title=T("Action serves no objective"),
    severity=Severity.blocking,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        if action.id not in scene.index.serving_objectives:
            yield RULE.finding(
                action.id,
                T("The action “{name}” serves no objective.", name=action.name),
                T("Link it with “serves” to the objective it works for, or stop it."),
                money=scene.index.money(action.budget),
            )
