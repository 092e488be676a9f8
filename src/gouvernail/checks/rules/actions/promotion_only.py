"""Promotion only: product, price and distribution forgotten.

## What it finds
A plan of at least four living actions that all speak (campaigns, contents, events, promotions) while none works on the product, its price or its distribution. An action on a channel that is itself a place of sale (stores, marketplaces, partners) counts as distribution.

## Why it matters
S1: operational marketing puts the strategy to work through the four P, “product, price, place (distribution) and promotion (communication)” (McCarthy 1960, Basic Marketing). Where an offer does not sell because of its price or because it cannot be found, more communication only makes it known.

## Example
Six actions: two campaigns, three contents, one discount.
Instead: one of them is `{type: product, title: Calibration contract in every offer}`.

## How to put it right
Ask whether one objective would be reached sooner by changing the offer, its price or where it is sold, and plan that action with its owner; or set the rule aside with the reason, where others decide on the three other P.

## Parameters
`minimum_actions` (4): a plan with fewer living actions is not judged.

## When it stays silent
As soon as one living action is of type product, price or distribution, or uses a place of sale as its channel; in a plan of few actions. Without any action ACT12 speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import ActionType, Layer

OTHER_THREE = (ActionType.product, ActionType.price, ActionType.distribution)
PLACES = ("stores", "marketplaces", "partners")
"""Channels that are places of sale themselves."""

RULE = Rule(
    code="ACT11",
    family="ACT",
    title=T("Promotion only"),
    severity=Severity.advice,
    layer=Layer.execution,
    confidence=0.6,
    parameters=(Parameter("minimum_actions", 4, T("A plan with fewer living actions is not judged.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    actions = scene.index.actions
    if not actions or len(actions) < scene.parameters["minimum_actions"]:
        return
    if not any(action.type in OTHER_THREE or action.channel in PLACES for action in actions):
        yield RULE.missing(
            Layer.execution,
            T(
                "All {n} actions communicate; none works on the product, its price or its distribution.",
                n=len(actions),
            ),
            T("Ask whether the offer, its price or its places of sale would bring one objective nearer."),
        )
