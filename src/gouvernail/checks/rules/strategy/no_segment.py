"""No segment.

## What it finds
A plan without a single segment.

## Why it matters
S1: strategic marketing is segmentation, targeting, positioning. Without segments an audience cannot be right or wrong.

## Example
```yaml
segments: []
```

## How to put it right
Write the parts of the market you choose, with ages, countries and priority.

## Parameters
None.

## When it stays silent
As soon as one segment is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="STR06",
    family="STR",
    title=T("No segment"),
    severity=Severity.warning,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.segments:
        yield RULE.missing(
            Layer.strategy,
            T("The strategy names no segment: nothing says for whom the actions are."),
            T("Write the parts of the market you choose, with ages, countries and priority."),
        )
