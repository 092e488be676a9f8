"""Positioning no different from a competitor’s.

## What it finds
A positioning whose axes are all held by a competitor of the same tier (a warning: that is how the plan describes both). Where axes are not written on both sides, the sentences are compared (an advice): a positioning that makes the usual claims (quality, price, nearness, trust, service, innovation …), all of which the competitor’s `positioning` makes too, and that has no word of its own besides. The claims are shown in our words.

## Why it matters
Positioning is the place taken in the customer’s mind *against* others (S1, S4; Ries and Trout, “Positioning: The Battle for Your Mind”, 1981). Same tier, same claims: price alone decides.

## Example
We: “High quality at a fair price”; competitor: “Quality products at affordable prices”.
Instead: “Each watch carries the name of the one person who assembled it”.

## How to put it right
Add a quality that the competitor does not hold and that customers value, or choose another tier.

## Parameters
`own_words` (0): how many words that the competitor does not use still leave two sentences alike.

## When it stays silent
Where neither axes nor sentences stand on both sides; where the tiers differ; where both have axes and ours has one of its own, whatever the sentences say; for sentences in two languages, or in another than English and French. Words of the trade (those of the offers’ titles, the industry, the company’s name) are no difference. The comparison of sentences, on those held out from tuning: precision 100 % in English and 100 % in French, recall 88 % and 100 % (docs/methods/text-rules.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.words.claims import Claims, shared, trade
from gouvernail.plan.model import Competitor, Layer, Positioning

RULE = Rule(
    code="STR05",
    family="STR",
    title=T("Positioning like a competitor’s"),
    severity=Severity.warning,
    layer=Layer.strategy,
    confidence=0.94,
    parameters=(
        Parameter("own_words", 0, T("How many words of its own still leave two positionings alike.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    known = trade(scene.plan)
    rivals = [(rival, _axes(rival.axes), Claims.of(rival.positioning)) for rival in scene.plan.competitors]
    for positioning in scene.plan.positionings:
        axes, said = _axes(positioning.axes), Claims.of(f"{positioning.title}\n{positioning.text}")
        for rival, theirs, claimed in rivals:
            if rival.tier and positioning.tier not in (None, rival.tier):
                continue
            if axes and theirs:
                if axes <= theirs:
                    yield _same_axes(positioning, rival)
            elif words := shared(said, claimed, known, int(scene.parameters["own_words"])):
                yield _same_words(positioning, rival, words)


def _same_axes(positioning: Positioning, rival: Competitor) -> Finding:
    return RULE.finding(
        positioning.id,
        T(
            "The positioning “{name}” ({axes}) does not differ from {rival}, which claims the same.",
            name=positioning.name,
            axes=list(positioning.axes),
            rival=rival.name,
        ),
        T("Add a quality that {rival} does not hold and that customers value.", rival=rival.name),
        related=(rival.id,),
        confidence=1.0,
        words=positioning.axes,
    )


def _same_words(positioning: Positioning, rival: Competitor, words: list[str]) -> Finding:
    return RULE.finding(
        positioning.id,
        T(
            "What the positioning “{name}” claims ({words}), {rival} claims too: “{theirs}”.",
            name=positioning.title or positioning.text or positioning.id,
            words=words,
            rival=rival.name,
            theirs=rival.positioning.strip().rstrip("."),
        ),
        T("Add a quality that {rival} does not hold and that customers value.", rival=rival.name),
        severity=Severity.advice,
        related=(rival.id,),
        words=tuple(words),
    )


def _axes(axes: Iterable[str]) -> frozenset[str]:
    return frozenset(axis.casefold().strip() for axis in axes)
