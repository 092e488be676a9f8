"""Priority segment that no action addresses.

## What it finds
A segment of priority `primary` that no living action names, neither itself nor by one of its personas.

## Why it matters
S1: segmentation and targeting are strategy; execution that addresses others leaves the strategy on paper (S0).

## Example
`segments: [{id: industry-de, priority: primary}]` and all actions for `students`.

## How to put it right
Plan an action for it, or lower its priority.

## Parameters
None.

## When it stays silent
For secondary and exploratory segments, segments without priority, and a plan without any action (ACT12).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Priority

RULE = Rule(
    code="AUD03",
    family="AUD",
    title=T("Priority segment forgotten"),
    severity=Severity.warning,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.index.actions:
        return
    named: set[str | None] = set()
    for action in scene.index.actions:
        named.update(action.audience.segments)
        named.update(p.segment for id in action.audience.personas if (p := scene.index.personas.get(id)))
    for segment in scene.plan.segments:
        if segment.priority is Priority.primary and segment.id not in named:
            yield RULE.finding(
                segment.id,
                T("No action addresses “{name}”, a primary segment of the strategy.", name=segment.name),
                T("Plan an action for it, or lower its priority."),
            )
