"""Message of another tier than the positioning.

## What it finds
An action whose `message_tier` is not the tier of its positioning: one tier apart is a warning, two or more below is blocking. Where no tier is stated, words of bargains (“cheapest”, “prix cassés”) in title or message under a premium or luxury positioning are an advice, with the words shown.

## Why it matters
S1: each action must be coherent with the premium positioning; an aggressive promotion makes a luxury product commonplace. A message above the tier promises what the product will not keep.

## Example
`positionings: [{id: prestige, tier: luxury}]` and `{id: autumn, message: Hurry!, message_tier: value}`.

## How to put it right
Rewrite the message in the language of the tier, or change the positioning knowingly.

## Parameters
`bargain_words` (English and French words and phrases of low prices).

## When it stays silent
Without a tier of positioning; where positionings of several tiers stand side by side and the action meets one of them, or none can be told; where POS01 speaks of a price cut that the tier does not bear; for words that the charter forbids, which ACT10 tells; for words that are denied (“not the cheapest”). Under a mid-range or entry-level positioning words of bargains are at home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.positionings import gap, positionings_of
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.rules.positioning.discount_against_tier import RULE as DISCOUNT
from gouvernail.checks.rules.positioning.discount_against_tier import TIERS
from gouvernail.checks.settings import merged
from gouvernail.plan.model import Action, Layer, Positioning, Tier

BARGAINS = (
    "bargain", "bargains", "cheap", "cheaper", "cheapest", "clearance", "dirt cheap", "knockdown price", "low cost",
    "low-cost", "low prices", "lowest price", "lowest prices", "rock-bottom prices", "unbeatable price",
    "unbeatable prices", "bon marché", "bradé", "bradés", "braderie", "déstockage", "le moins cher", "les moins chers",
    "liquidation", "meilleur prix", "meilleurs prix", "pas cher", "pas chers", "petit prix", "petits prix",
    "prix bas", "prix cassé", "prix cassés", "prix choc", "prix chocs", "prix discount", "prix imbattable",
    "prix imbattables", "prix mini", "soldes", "tout doit disparaître",
)  # fmt: skip
"""Words of low prices, English and French, as a message writes them."""
DENIED = re.compile(
    r"\b(?:not|never|no|isn[’']t|aren[’']t|without|pas|jamais|ni|sans|non)\W+(?:\w+\W+){0,2}$", re.IGNORECASE
)
NEAR = 40
"""Letters before a word in which a denial of it stands."""
RULE = Rule(
    code="POS03",
    family="POS",
    title=T("Message off the positioning’s tier"),
    severity=Severity.warning,
    layer=Layer.execution,
    parameters=(Parameter("bargain_words", BARGAINS, T("Words and phrases of low prices.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    forbidden = (
        word.casefold().strip() for charter in scene.plan.charters for word in charter.forbidden_words
    )
    taboo = tuple(word for word in forbidden if word)
    # ACT10 hears a forbidden word in its inflected forms too: “cheaper” where the charter forbids “cheap”.
    words = [word for word in scene.parameters["bargain_words"] if not word.casefold().startswith(taboo)]
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    bargains = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first) or '(?!)'})(?!\w)", re.IGNORECASE)
    told = _told_as_discount(scene)
    for action in scene.index.actions:
        if action.id in told:
            continue
        over = positionings_of(scene.index, action)
        if over and action.message_tier:
            yield from _stated(scene, action, action.message_tier, over)
        elif over and all(one.tier in (Tier.premium, Tier.luxury) for one in over):
            yield from _heard(scene, action, over[0], bargains)


def _told_as_discount(scene: Scene) -> frozenset[str]:
    """Return the actions of which POS01 speaks: one contradiction, one finding."""
    if DISCOUNT.run is None:
        return frozenset()
    found = DISCOUNT.run(replace(scene, parameters=merged(DISCOUNT, scene.plan)))
    return frozenset(one.element for one in found if one.element)


def _stated(scene: Scene, action: Action, tier: Tier, over: tuple[Positioning, ...]) -> Iterator[Finding]:
    nearest = min(over, key=lambda one: abs(gap(tier, one)))
    apart = gap(tier, nearest)
    if apart == 0:
        return
    yield RULE.finding(
        action.id,
        T(
            "The message of “{name}” sounds {sound}; the positioning “{positioning}” is {tier}.",
            name=action.name,
            sound=TIERS[tier],
            positioning=nearest.name,
            tier=TIERS[nearest.tier or tier],
        ),
        T("Rewrite it in the language of the positioning, or change the positioning knowingly."),
        severity=Severity.blocking if apart <= -2 else Severity.warning,
        related=(nearest.id,),
        money=scene.index.money(action.budget),
    )


def _heard(
    scene: Scene, action: Action, positioning: Positioning, bargains: re.Pattern[str]
) -> Iterator[Finding]:
    text = f"{action.title}\n{action.message}"
    hits = [
        hit.group()
        for hit in bargains.finditer(text)
        if not DENIED.search(text[max(0, hit.start() - NEAR) : hit.start()])
    ]
    if hits:
        yield RULE.finding(
            action.id,
            T(
                "“{name}” speaks of bargains ({words}) under the {tier} positioning “{positioning}”.",
                name=action.name,
                words=list(dict.fromkeys(hits)),
                tier=TIERS[positioning.tier or Tier.premium],
                positioning=positioning.name,
            ),
            T("Say what the price buys instead of how low it is."),
            severity=Severity.advice,
            related=(positioning.id,),
            money=scene.index.money(action.budget),
            confidence=0.6,
            words=tuple(hits),
        )
