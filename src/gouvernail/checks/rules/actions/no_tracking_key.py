"""Action without tracking key.

## What it finds
An action on a channel that names no tracking key.

## Why it matters
S0: “tools make it possible today to tie revenue to one marketing action: use them.” Without a key the facts cannot be matched to the action, and its spend is reported outside the plan.

## Example
`{id: fair, channel: events}` with no `tracking`.

## How to put it right
Give it the `utm_campaign`, campaign name, promo code or phone number by which its results are recognised.

## Parameters
None.

## When it stays silent
For product, price and distribution moves, for actions without a channel, and for status `idea` or `cancelled`.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import ActionType, Layer

UNTRACKED = (ActionType.product, ActionType.price, ActionType.distribution)
"""Moves that no key can mark in the data."""

RULE = Rule(
    code="ACT08",
    family="ACT",
    title=T("Action without tracking key"),
    severity=Severity.blocking,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        if action.channel and not action.tracking and action.type not in UNTRACKED:
            yield RULE.finding(
                action.id,
                T(
                    "The action “{name}” has no tracking key: its results cannot be told from the others’.",
                    name=action.name,
                ),
                T("Give it a campaign name, utm_campaign, promo code or phone number of its own."),
                money=scene.index.money(action.budget),
            )
