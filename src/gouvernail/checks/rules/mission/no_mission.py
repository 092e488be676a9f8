"""No mission.

## What it finds
A plan without a mission.

## Why it matters
The mission is the means to the vision: the mid-term plan, the offer and the needs it meets (S2, layer 3).

## Example
```yaml
missions: []
offers: [{id: sensors}]
```

## How to put it right
Say for whom the company does what, and how that leads to the vision.

## Parameters
None.

## When it stays silent
As soon as one mission is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="MIS01",
    family="MIS",
    title=T("No mission"),
    severity=Severity.blocking,
    layer=Layer.mission,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.missions:
        yield RULE.missing(
            Layer.mission,
            T("The plan states no mission: nothing says by what means the vision is reached."),
            T("Say in one sentence for whom you do what, and how that leads to the vision."),
        )
