"""Positioning no different from a competitor’s.

## What it finds
A positioning with the same tier as a competitor and no axis of its own against it.

## Why it matters
Positioning is the place taken in the customer’s mind *against* others (S1, S4). Same tier, same axes: price alone decides.

## Example
We: `tier: premium, axes: [precision]`; competitor: `tier: premium, axes: [precision, service]`.

## How to put it right
Add an axis that the competitor does not hold and that customers value, or choose another tier.

## Parameters
None.

## When it stays silent
Where our axes or the competitor’s are not written down.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="STR05",
    family="STR",
    title=T("Positioning like a competitor’s"),
    severity=Severity.warning,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for positioning in scene.plan.positionings:
        ours = _plain(positioning.axes)
        for rival in scene.plan.competitors:
            theirs = _plain(rival.axes)
            same_tier = rival.tier is None or positioning.tier in (None, rival.tier)
            if ours and theirs and same_tier and ours <= theirs:
                yield RULE.finding(
                    positioning.id,
                    T(
                        "The positioning “{name}” ({axes}) does not differ from {rival}, which claims the same.",
                        name=positioning.name,
                        axes=list(positioning.axes),
                        rival=rival.name,
                    ),
                    T("Add a quality that {rival} does not hold and that customers value.", rival=rival.name),
                    related=(rival.id,),
                )


def _plain(axes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(axis.casefold().strip() for axis in axes)
