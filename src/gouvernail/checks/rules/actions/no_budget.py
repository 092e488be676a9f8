"""Action without budget.

## What it finds
An action with neither a budget nor an envelope.

## Why it matters
S2: budget is one of the five things that execution uses together. Without it, the split of money over objectives is blind to the action. An action that costs nothing says so with `budget: 0`.

## Example
`{id: webinar}` with no `budget`.

## How to put it right
Write what it costs from start to end; `0` where it is free.

## Parameters
None.

## When it stays silent
For `budget: 0`, an action drawing on an envelope, and actions with status `idea` or `cancelled`.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="ACT03",
    family="ACT",
    title=T("Action without budget"),
    severity=Severity.warning,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        if action.budget is None and action.envelope is None:
            yield RULE.finding(
                action.id,
                T("The action “{name}” has no budget.", name=action.name),
                T("Write what it costs from start to end, 0 where it is free."),
            )
