"""No offer.

## What it finds
A plan without a single offer.

## Why it matters
The mission holds the offer and the needs it meets (S2; S1: product is the first of the four P). Without it no action says what is sold.

## Example
```yaml
offers: []
```

## How to put it right
Write what the company sells, and the need that each offer meets.

## Parameters
None.

## When it stays silent
As soon as one offer is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="MIS03",
    family="MIS",
    title=T("No offer"),
    severity=Severity.warning,
    layer=Layer.mission,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.offers:
        yield RULE.missing(
            Layer.mission,
            T("The plan names no offer: nothing says what is sold."),
            T("Write what you sell, and under “meets” the need that each offer answers."),
        )
