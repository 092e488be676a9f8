"""Mission that serves no vision.

## What it finds
A mission whose `serves` names no existing vision.

## Why it matters
The mission is the means to the vision (S2): one that leads elsewhere takes the whole plan with it.

## Example
`missions: [{id: mission}]` beside `visions: [{id: vision}]`, with no link.

## How to put it right
Link it with `serves: [vision]`, or rewrite one of the two.

## Parameters
None.

## When it stays silent
While the plan has no vision: VIS01 says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="MIS02",
    family="MIS",
    title=T("Mission serves no vision"),
    severity=Severity.warning,
    layer=Layer.mission,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.visions:
        return
    for mission in scene.plan.missions:
        if not any(parent.layer is Layer.vision for parent in scene.index.parents(mission)):
            yield RULE.finding(
                mission.id,
                T("The mission “{name}” serves no vision.", name=mission.name),
                T("Link it with “serves” to the vision it leads to, or rewrite one of the two."),
            )
