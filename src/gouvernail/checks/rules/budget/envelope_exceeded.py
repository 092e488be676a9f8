"""Actions that exceed their envelope.

## What it finds
An envelope whose amount is smaller than the budgets of the living actions that draw on it.

## Why it matters
S2: budget is a limit shared by the actions. What exceeds it will be cut in a hurry, and not where it should be.

## Example
An envelope of 50,000 and actions of 30,000 and 28,000.

## How to put it right
Raise the envelope, or reduce the actions that carry least.

## Parameters
None.

## When it stays silent
For envelopes without an amount; actions without a budget count for nothing (ACT03).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="BUD06",
    family="BUD",
    title=T("Envelope exceeded"),
    severity=Severity.warning,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    drawn: dict[str, Decimal] = {}
    for action in scene.index.actions:
        if action.envelope and action.budget:
            drawn[action.envelope] = drawn.get(action.envelope, Decimal(0)) + action.budget
    currency = scene.plan.organisation.currency
    for envelope in scene.plan.envelopes:
        planned = drawn.get(envelope.id, Decimal(0))
        if envelope.amount is not None and planned > envelope.amount:
            over = Money(planned - envelope.amount, currency)
            yield RULE.finding(
                envelope.id,
                T(
                    "The actions drawing on “{name}” plan {planned}; it holds {amount}: {over} too much.",
                    name=envelope.name,
                    planned=Money(planned, currency),
                    amount=Money(envelope.amount, currency),
                    over=over,
                ),
                T("Raise the envelope, or reduce the actions that carry least."),
                money=over,
            )
