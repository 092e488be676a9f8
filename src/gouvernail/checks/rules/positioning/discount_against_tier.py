"""Discount against a premium or luxury positioning.

## What it finds
An action that announces a price cut, in `discount` or in its words (“-30 %”, “30 % off”), above what the tier of the positioning bears.

## Why it matters
S1: a luxury watch brand rests on rarity and prestige; an aggressive promotion in execution destroys what the strategy builds.

## Example
`positionings: [{id: prestige, tier: luxury}]` and `{id: black-friday, discount: 0.3}`.
Instead: an invitation, a service, a limited series.

## How to put it right
Drop the discount for a service or an exclusive; or change the positioning knowingly.

## Parameters
`premium` (0.1): largest discount that a premium positioning bears. `luxury` (0): the same for luxury.

## When it stays silent
Without premium or luxury positioning; where positionings of several tiers stand side by side, for actions that do not serve a high one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Layer, Positioning, Tier

RULE = Rule(
    code="POS01",
    family="POS",
    title=T("Discount against the positioning"),
    severity=Severity.blocking,
    layer=Layer.execution,
    parameters=(
        Parameter("premium", 0.1, T("Largest discount that a premium positioning bears.")),
        Parameter("luxury", 0.0, T("Largest discount that a luxury positioning bears.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    high = [one for one in scene.plan.positionings if one.tier in (Tier.premium, Tier.luxury)]
    alone = len(high) == len(scene.plan.positionings)
    below = {one.id: scene.index.below([one.id]) for one in high} if not alone else {}
    for action in scene.index.actions:
        cut = _discount(action)
        if cut is None:
            continue
        for positioning in high:
            bears = scene.parameters[str(positioning.tier)]
            if cut > bears and (alone or action.id in below[positioning.id]):
                yield _finding(scene, action, positioning, cut)
                break


def _finding(scene: Scene, action: Action, positioning: Positioning, cut: float) -> Finding:
    return RULE.finding(
        action.id,
        T(
            "“{name}” announces {cut} off, against the {tier} positioning “{positioning}”.",
            name=action.name,
            cut=Ratio(cut, 0),
            tier=TIERS[positioning.tier or Tier.premium],
            positioning=positioning.name,
        ),
        T("Offer a service, an exclusive or a limited series instead of a price cut."),
        related=(positioning.id,),
        money=scene.index.money(action.budget),
        discount=cut,
    )


def _discount(action: Action) -> float | None:
    """The cut as written, else the largest “-30 %” or “30 % off” in the title, message or text."""
    if action.discount is not None:
        return float(action.discount)
    found = CUT.findall(f"{action.title} {action.message} {action.text}")
    return max((float(before or after) / 100 for before, after in found), default=None)


CUT = re.compile(
    r"(?<![\w\d])[-−–]\s?(\d{1,2})\s?%"
    r"|(?<![\w\d.,])(\d{1,2})\s?%\s(?:off\b|discount\b|de\s(?:rabais|remise|réduction)\b)",
    re.IGNORECASE,
)
TIERS = {
    Tier.premium: T("premium"),
    Tier.luxury: T("luxury"),
    Tier.mid: T("mid-range"),
    Tier.value: T("entry-level"),
}
