"""Action that ended without a lesson written.

## What it finds
An action that is done, or whose last day lies further back than the days of grace, and whose `lesson` is empty.

## Why it matters
S1: “measure, analyse, adjust”: what one action taught is what the next one starts from. S4: abandon what does not work; that takes someone who wrote down what did not. The sentence shows what the lesson has cost; the money is spent, so it is not counted as at stake.

## Example
`{id: fair, status: done, end: 2026-04-24, budget: 85000}` in June.
Instead: `lesson: 28 contacts, four deals; a smaller stand next year and appointments made beforehand.`

## How to put it right
Write two sentences under `lesson`: what happened against what was expected, and what you will do differently.

## Parameters
`grace_days` (30): days after the end in which results may still come in.

## When it stays silent
For actions that still run or wait, for status `idea` or `cancelled`, and within the days of grace. A test whose result is not applied is PER08.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Layer, Status

RULE = Rule(
    code="ACT09",
    family="ACT",
    title=T("Ended without a lesson"),
    severity=Severity.advice,
    layer=Layer.execution,
    dated=True,
    parameters=(Parameter("grace_days", 30, T("Days after the end in which results may still come in.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        if not action.lesson.strip() and _over(action, scene.today, scene.parameters["grace_days"]):
            yield RULE.finding(
                action.id,
                _sentence(scene, action),
                T("Write down in two sentences what it taught, and what you will do differently."),
            )


def _over(action: Action, today: date, grace: float) -> bool:
    if action.end is None:
        return action.status is Status.done
    return (today - action.end).days > grace


def _sentence(scene: Scene, action: Action) -> Text:
    money = scene.index.money(action.budget)
    if action.end is None:
        return T("“{name}” is done, and nothing says what it taught.", name=action.name)
    if money is None:
        return T(
            "“{name}” ended on {end}, and nothing says what it taught.", name=action.name, end=action.end
        )
    return T(
        "“{name}” ended on {end}; {money} later, nothing says what it taught.",
        name=action.name,
        end=action.end,
        money=money,
    )
