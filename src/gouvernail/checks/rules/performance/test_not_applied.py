"""Test concluded but not applied.

## What it finds
An experiment that has ended with a result, and of which nothing says that the result was put to use.

## Why it matters
S4: A/B tests serve to optimise the key elements; a test whose result stays in a table has cost traffic and time for nothing. The money behind the action still buys the weaker variant.

## Example
`{id: form, title: Short form, end: 2026-06-30, result: "The short form brings 31 % more enquiries.", action: ads}` in September.
Instead: `applied: true`

## How to put it right
Put the better variant in place and write `applied: true`. Where the control won, or nothing won, keeping what there was is applying the result: write `applied: true` as well.

## Parameters
`grace_days` (14): days after the end for putting the result to use.

## When it stays silent
For tests that run, have no end or no result, or are applied.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action

RULE = Rule(
    code="PER08",
    family="PER",
    title=T("Test concluded but not applied"),
    severity=Severity.advice,
    layer=None,
    dated=True,
    parameters=(Parameter("grace_days", 14, T("Days after the end for putting the result to use.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for test in scene.plan.experiments:
        result = test.result.strip()
        if not result or test.applied or test.end is None:
            continue
        if (scene.today - test.end).days > scene.parameters["grace_days"]:
            action = scene.plan.get(test.action) if test.action else None
            budget = action.budget if isinstance(action, Action) else None
            yield RULE.finding(
                test.id,
                T(
                    "The test “{name}” ended on {end} (“{result}”), and its result is not applied.",
                    name=test.name,
                    end=test.end,
                    result=result.rstrip("."),
                ),
                T(
                    "Put the better variant in place; where the control won, keep it and say so (applied: true)."
                ),
                money=scene.index.money(budget),
                related=(action.id,) if action else (),
            )
