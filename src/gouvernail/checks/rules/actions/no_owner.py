"""Action without owner.

## What it finds
An action that names no owner, and for which nobody is accountable under `responsibilities`.

## Why it matters
S1 wants roles and responsibilities defined; S4: “assign the responsibility of each task and each KPI clearly to one member of the team”. An action of everybody's is done late, and nobody is there to learn from it.

## Example
`{id: fair, title: Trade fair, budget: 40000}` with no `owner`.
Instead: `{id: fair, title: Trade fair, budget: 40000, owner: eva}`

## How to put it right
Name under `owner` the one person who answers for it; those who help stand under `responsibilities`.

## Parameters
None.

## When it stays silent
For status `idea` or `cancelled`, where a responsibility names someone accountable, and where one person does everything. Two people accountable are ORG03; an objective without owner is OBJ08.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.people import accountable, alone
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Status

RULE = Rule(
    code="ACT05",
    family="ACT",
    title=T("Action without owner"),
    severity=Severity.advice,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if alone(scene.plan):
        return
    answered = accountable(scene.plan)
    for action in scene.index.actions:
        if action.owner is None and action.id not in answered:
            yield RULE.finding(
                action.id,
                T("Nobody answers for the action “{name}”.", name=action.name),
                T("Name under “owner” the one person who answers for it."),
                # What is done is paid: nothing of it can be saved any more.
                money=None if action.status is Status.done else scene.index.money(action.budget),
            )
