"""No big idea.

## What it finds
A plan without a big idea.

## Why it matters
The big idea is the creative stance that every action embodies and that makes the company stand out (S2, layer 4; S4). Without it each campaign starts from nothing.

## Example
```yaml
big_ideas: []
```
Instead: `big_ideas: [{id: no-stop, text: The factory that never waits., evidence: [study-2025]}]`

## How to put it right
Write the one idea that sets you apart, and what in the market supports it.

## Parameters
None.

## When it stays silent
As soon as one big idea is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="STR01",
    family="STR",
    title=T("No big idea"),
    severity=Severity.warning,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.big_ideas:
        yield RULE.missing(
            Layer.strategy,
            T("The strategy has no big idea: nothing ties the actions together and sets the company apart."),
            T("Write the one idea that every action should embody, and what in the market supports it."),
        )
