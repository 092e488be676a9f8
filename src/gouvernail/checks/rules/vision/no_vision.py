"""No vision.

## What it finds
A plan without a vision.

## Why it matters
The vision says what future the company wants for its customers and society; the mission is the means to it (S2, layer 2). Without it the mission has no direction.

## Example
```yaml
visions: []
```
Instead: `visions: [{id: vision, text: No line stops for want of a spare part., serves: [repairable]}]`

## How to put it right
Write in one sentence what will be different for customers and society in ten years.

## Parameters
None.

## When it stays silent
As soon as one vision is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="VIS01",
    family="VIS",
    title=T("No vision"),
    severity=Severity.blocking,
    layer=Layer.vision,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.visions:
        yield RULE.missing(
            Layer.vision,
            T("The plan states no vision: the mission leads nowhere."),
            T("Write in one sentence what will be different for customers and society in ten years."),
        )
