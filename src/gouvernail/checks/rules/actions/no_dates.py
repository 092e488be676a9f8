"""Action without dates, or outside its objective’s.

## What it finds
An action without start or end, that ends before it starts, or that starts after the due date of every objective it serves.

## Why it matters
S2: channel *and timing* are among the five things that execution uses together. What comes after the due date cannot help.

## Example
A fair in February 2027 for an objective due on 31 December 2026.

## How to put it right
Give first and last day; move the action or link it to another objective.

## Parameters
None.

## When it stays silent
For actions with status `idea` or `cancelled`; where no objective served has a due date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Action, Layer, Objective

RULE = Rule(
    code="ACT04",
    family="ACT",
    title=T("Action without dates"),
    severity=Severity.warning,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        due = [o.due for o in scene.index.parents(action) if isinstance(o, Objective) and o.due]
        sentence = _fault(action, max(due) if due else None)
        if sentence:
            yield RULE.finding(
                action.id,
                sentence,
                T("Give the first and the last day, within the time of the objective it serves."),
            )


def _fault(action: Action, due: date | None) -> Text | None:
    if action.start is None or action.end is None:
        return T("The action “{name}” has no start or no end.", name=action.name)
    if action.end < action.start:
        return T(
            "The action “{name}” ends on {end}, before it starts on {start}.",
            name=action.name,
            end=action.end,
            start=action.start,
        )
    if due and action.start > due:
        return T(
            "The action “{name}” starts on {start}, after its objective is due ({due}).",
            name=action.name,
            start=action.start,
            due=due,
        )
    return None
