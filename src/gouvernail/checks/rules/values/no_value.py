"""No value.

## What it finds
A plan without a single value.

## Why it matters
Values are the top of the chain: they guide the vision, and everything below inherits from them (S2, layer 1; horizon ten years).

## Example
```yaml
values: []
```
Instead: `values: [{id: repairable, title: Repairable, text: Whatever we sell can be repaired for fifteen years.}]`

## How to put it right
Write two to five values that the company would keep even where they cost money.

## Parameters
None.

## When it stays silent
As soon as one value is written, whatever its quality: VAL02 judges that.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="VAL01",
    family="VAL",
    title=T("No value"),
    severity=Severity.blocking,
    layer=Layer.values,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.values:
        yield RULE.missing(
            Layer.values,
            T("The plan states no value: nothing guides the vision and all that follows from it."),
            T("Write two to five values that the company would keep even where they cost it money."),
        )
