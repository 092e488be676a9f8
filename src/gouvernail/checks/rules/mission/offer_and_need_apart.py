"""Offer that meets no stated need, or need that no offer meets.

## What it finds
Offers whose `meets` names no existing need, and needs that no offer meets.

## Why it matters
An offer exists by the need it meets (S1: marketing strategy starts from the market; S2: the mission holds the offer and the needs). Money spent on an offer without a need persuades nobody.

## Example
```yaml
offers: [{id: maintenance-app}]
needs: [{id: no-downtime}]
```
Instead: `offers: [{id: maintenance-app, meets: [no-downtime]}]`

## How to put it right
Name the need under `meets`; if there is none, ask customers before spending.

## Parameters
None.

## When it stays silent
For a plan that writes down neither offers nor needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="MIS04",
    family="MIS",
    title=T("Offer and need apart"),
    severity=Severity.warning,
    layer=Layer.mission,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    needs = {need.id: need for need in scene.plan.needs}
    met: set[str] = set()
    for offer in scene.plan.offers:
        meets = [need for need in offer.meets if need in needs]
        met.update(meets)
        if not meets:
            yield RULE.finding(
                offer.id,
                T("The offer “{name}” meets no stated need.", name=offer.name),
                T(
                    "Name under “meets” the need of customers that it answers; if there is none, ask them first."
                ),
            )
    for need in needs.values():
        if need.id not in met:
            yield RULE.finding(
                need.id,
                T("No offer meets the need “{name}”.", name=need.name),
                T("Name it under “meets” of the offer that answers it, or drop it from the plan."),
            )
