"""Vision guided by no value.

## What it finds
A vision that serves no existing value.

## Why it matters
“Guided by values” is a criterion of the vision (S2): a vision that no value supports is a wish that changes with the director.

## Example
A vision “European leader in sensors” with no `serves`.

## How to put it right
List under `serves` the values that the vision follows from; if there is none, question the vision.

## Parameters
None.

## When it stays silent
While the plan has no value at all: VAL01 says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="VIS02",
    family="VIS",
    title=T("Vision guided by no value"),
    severity=Severity.warning,
    layer=Layer.vision,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not scene.plan.values:
        return
    for vision in scene.plan.visions:
        if not any(parent.layer is Layer.values for parent in scene.index.parents(vision)):
            yield RULE.finding(
                vision.id,
                T("The vision “{name}” is guided by no value.", name=vision.name),
                T(
                    "Name under “serves” the value it follows from: {values}.",
                    values=[v.name for v in scene.plan.values[:5]],
                ),
            )
