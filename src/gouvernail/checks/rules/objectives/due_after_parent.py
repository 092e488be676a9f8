"""Objective due after the one it serves.

## What it finds
An objective whose due date lies after that of the objective it serves.

## Why it matters
A means that arrives after the end cannot serve it (S4, *time-bound*; S1, the cascade).

## Example
“Leads +20 %” due on 31 March 2027 serves “Revenue +20 %”, due on 31 December 2026.

## How to put it right
Bring one of the two dates forward or back.

## Parameters
None.

## When it stays silent
Where one of the two has no due date (OBJ05).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="OBJ12",
    family="OBJ",
    title=T("Due after its parent"),
    severity=Severity.warning,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for child in scene.plan.objectives:
        for parent in scene.index.parents(child):
            if isinstance(parent, Objective) and child.due and parent.due and child.due > parent.due:
                yield RULE.finding(
                    child.id,
                    T(
                        "“{name}” is due on {due}, after “{parent}”, which it serves and which is due on {end}.",
                        name=child.name,
                        due=child.due,
                        parent=parent.name,
                        end=parent.due,
                    ),
                    T("Bring it forward, or give “{parent}” more time.", parent=parent.name),
                    related=(parent.id,),
                )
