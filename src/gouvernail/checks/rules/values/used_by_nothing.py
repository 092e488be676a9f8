"""Value that nothing below follows from.

## What it finds
A value that no element serves, while another value of the plan is served: no vision, no strategy, nothing names it.

## Why it matters
S2 validates the alignment in two steps: the elements agree with one another, and they are “really used”. A value that guides no vision hangs on the wall.

## Example
`values: [{id: repair}, {id: closeness}]` and `visions: [{id: vision, serves: [repair]}]`: nothing follows from “closeness”.

## How to put it right
Name it under `serves` of the vision (or of the idea) that follows from it, or drop it: three values that guide are worth more than seven that decorate.

## Parameters
None.

## When it stays silent
While no value is served at all: then the vision is missing (VIS01) or guided by none (VIS02), and one finding is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="VAL04",
    family="VAL",
    title=T("Value that nothing follows from"),
    severity=Severity.warning,
    layer=Layer.values,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    idle = [value for value in scene.plan.values if not scene.index.children.get(value.id)]
    if len(idle) == len(scene.plan.values):
        return
    for value in idle:
        yield RULE.finding(
            value.id,
            T("Nothing in the plan follows from the value “{name}”.", name=value.name),
            T("Name it under “serves” of the vision that follows from it, or drop it."),
        )
