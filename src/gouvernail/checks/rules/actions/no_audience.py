"""Action without audience.

## What it finds
An action that names no segment, no persona, no market and no age.

## Why it matters
S1 and S4: a message for everyone is for nobody; and without an audience the channel cannot be judged (AUD01).

## Example
`{id: fair, channel: events}` with no `audience`.

## How to put it right
Name under `audience` the segment or persona it addresses.

## Parameters
None.

## When it stays silent
For product, price and distribution moves, and status `idea` or `cancelled`.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import ActionType, Layer

INWARD = (ActionType.product, ActionType.price, ActionType.distribution)
"""Moves that address the offer rather than a public."""

RULE = Rule(
    code="ACT06",
    family="ACT",
    title=T("Action without audience"),
    severity=Severity.warning,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        audience = action.audience
        named = audience.segments or audience.personas or audience.market or audience.age
        if not named and action.type not in INWARD:
            yield RULE.finding(
                action.id,
                T("The action “{name}” says nothing of whom it addresses.", name=action.name),
                T("Name under “audience” the segment or the persona it is for."),
            )
