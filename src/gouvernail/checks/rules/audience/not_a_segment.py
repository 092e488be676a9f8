"""Audience that is no segment of the strategy.

## What it finds
An action whose audience names no existing segment or persona, and whose own ages or market meet no segment of the strategy.

## Why it matters
S0: the campaign aims at the young because it is the fashion, while the strategy and the sales team aim at industrial buyers of 50.

## Example
Segments of 45 to 60; `audience: {age: {low: 18, high: 25}}`.

## How to put it right
Address a segment of the strategy, or add this public to the strategy knowingly.

## Parameters
None.

## When it stays silent
Without segments (STR06), for audiences that name a segment or persona, for segments without ages or market, and for actions without ages or market.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Action, Layer, Market, Segment

RULE = Rule(
    code="AUD02",
    family="AUD",
    title=T("Audience outside the strategy"),
    severity=Severity.warning,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    segments = scene.plan.segments
    bands = {(one.age.low, one.age.high) if one.age else None for one in segments}
    if not segments or (None in bands and all(one.market is None for one in segments)):
        return
    kinds = {(one.age, one.market): one for one in segments}.values()
    for action in scene.index.actions:
        audience = action.audience
        named = [*audience.segments, *audience.personas]
        known = any(id in scene.index.segments or id in scene.index.personas for id in named)
        if known or not (audience.age or audience.market):
            continue
        if not any(_meets(action, segment) for segment in kinds):
            yield RULE.finding(
                action.id,
                T(
                    "“{name}” addresses a public that is no segment of the strategy: it meets none of {segments}.",
                    name=action.name,
                    segments=[segment.name for segment in segments[:4]],
                ),
                T("Address a segment of the strategy, or add this public to it knowingly."),
                money=scene.index.money(action.budget),
            )


def _meets(action: Action, segment: Segment) -> bool:
    ours, theirs = action.audience.age, segment.age
    ages = ours is None or theirs is None or (ours.low <= theirs.high and theirs.low <= ours.high)
    markets = {action.audience.market, segment.market}
    return ages and (None in markets or Market.both in markets or len(markets) == 1)
