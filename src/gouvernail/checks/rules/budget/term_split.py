"""Short and long term out of balance.

## What it finds
A plan whose money goes almost wholly to actions that harvest demand now (short term), or almost wholly to those that build it (long term).

## Why it matters
S1: strategy looks far, operations near, and a company needs both. Binet and Field (2013, The Long and the Short of It, IPA: 996 campaigns of the IPA Databank) found the largest effects where about 60 % of the money built the brand and 40 % activated sales; for businesses selling to businesses, 46 % and 54 % (Binet and Field 2019, The 5 Principles of Growth in B2B Marketing, LinkedIn B2B Institute). These are averages over campaigns entered for an award: a direction, not a law. Hence the wide tolerance.

## Example
A manufacturer plans CHF 200,000: CHF 180,000 on ads, fairs and mailings (short) and CHF 20,000 on content (long), so 10 % long. 46 % is the reference for B2B, 21 % the lower bound: 42,000 − 20,000 = CHF 22,000 would have to move for the bound to be reached.

## How to put it right
Move money between the two kinds, or correct `term` of an action: it stands over the term that the channel catalogue gives.

## Parameters
`b2c_long` (0.6): reference share of long-term money where one sells to consumers. `b2b_long` (0.46): the same where one sells to businesses. `tolerance` (0.25): distance from the reference, in either direction, that is let pass; our judgement. `actions` (4): fewest actions with a budget. `known` (0.8): share of the money whose term must be known.

## When it stays silent
Where few actions have a budget, and where the share, to the percentage point, is within the bounds. A premium or luxury house is not told that it builds its brand too much: that is what it lives from (S1). Where the market of the organisation is not given, the bounds of both kinds hold together. Product, price and distribution moves do not count. Where too much of the money has no term, neither its own nor its channel’s: *not checked*. Actions without budget are ACT03’s. The money at stake is what would have to move to reach the nearest bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from gouvernail.base.money import CENT, Money
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import Index
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, ActionType, Layer, Market, Term, Tier

RULE = Rule(
    code="BUD07",
    family="BUD",
    title=T("Short and long term out of balance"),
    severity=Severity.advice,
    layer=Layer.execution,
    confidence=0.5,
    parameters=(
        Parameter("b2c_long", 0.6, T("Reference share of long-term money where one sells to consumers.")),
        Parameter("b2b_long", 0.46, T("Reference share of long-term money where one sells to businesses.")),
        Parameter(
            "tolerance", 0.25, T("Distance from the reference, in either direction, that is let pass.")
        ),
        Parameter("actions", 4, T("Fewest actions with a budget.")),
        Parameter("known", 0.8, T("Share of the money whose term must be known.")),
    ),
)

NOT_COMMUNICATION = (ActionType.product, ActionType.price, ActionType.distribution)


@dataclass(frozen=True)
class Split:
    """The planned money by term; `whole` includes what has none."""

    short: Decimal
    long: Decimal
    whole: Decimal

    @property
    def known(self) -> Decimal:
        return self.short + self.long

    @property
    def share(self) -> Decimal:
        """The long term's share of what has a term."""
        return self.long / self.known


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    paid = [one for one in scene.index.actions if one.budget and one.type not in NOT_COMMUNICATION]
    if len(paid) < scene.parameters["actions"]:
        return
    split = split_by_term(scene.index, paid)
    if not split.known or split.known < Decimal(str(scene.parameters["known"])) * split.whole:
        yield RULE.not_checked(
            T(
                "Too many actions say neither their channel nor whether they work for the short or the long term."
            )
        )
        return
    low, high, reference = _bounds(scene)
    # To the percentage point, as it is told: nobody moves money for a rounding.
    share = round(split.share, 2)
    if share < low:
        yield _finding(scene, split, low, reference)
    elif share > high and not _prestige(scene):
        yield _finding(scene, split, high, reference)


def split_by_term(index: Index, actions: list[Action]) -> Split:
    """Return the budgets of `actions` by the term that each states, else by its channel's."""
    sums = {Term.short.value: Decimal(0), Term.long.value: Decimal(0), "": Decimal(0)}
    for action in actions:
        channel = index.channels.get(action.channel or "")
        term = action.term.value if action.term else channel.term if channel else ""
        sums[term] += action.budget or Decimal(0)
    return Split(sums["short"], sums["long"], sum(sums.values(), Decimal(0)))


def _bounds(scene: Scene) -> tuple[Decimal, Decimal, tuple[Decimal, ...]]:
    """Return the lowest and the highest share let pass, and the references they rest on."""
    b2c, b2b = (Decimal(str(scene.parameters[name])) for name in ("b2c_long", "b2b_long"))
    tolerance = Decimal(str(scene.parameters["tolerance"]))
    match scene.plan.organisation.market:
        case Market.b2c:
            references: tuple[Decimal, ...] = (b2c,)
        case Market.b2b:
            references = (b2b,)
        case _:
            references = tuple(sorted({b2b, b2c}))
    return min(references) - tolerance, max(references) + tolerance, references


def _prestige(scene: Scene) -> bool:
    return any(one.tier in (Tier.premium, Tier.luxury) for one in scene.plan.positionings)


def _finding(scene: Scene, split: Split, bound: Decimal, references: tuple[Decimal, ...]) -> Finding:
    currency = scene.plan.organisation.currency
    move = Money(abs(bound * split.known - split.long).quantize(CENT), currency)
    values = {
        "share": Ratio(float(split.share), 0),
        "long": Money(split.long, currency),
        "known": Money(split.known, currency),
        "reference": [Ratio(float(one), 0) for one in references],
        "bound": Ratio(float(bound), 0),
        "move": move,
    }
    if split.share < bound:
        message = T(
            "{long} of {known} ({share}) is for the long term; companies that grow most put about {reference} there.",
            **values,
        )
        hint = T(
            "Move at least {move} to actions that build demand ({bound}), or correct their term.", **values
        )
    else:
        message = T(
            "{long} of {known} ({share}) is for the long term, where about {reference} is usual: little harvests "
            "demand now.",
            **values,
        )
        hint = T("Move at least {move} to actions that sell now ({bound}), or correct their term.", **values)
    return replace(
        RULE.missing(Layer.execution, message, hint),
        money=move,
        evidence={
            "long": split.long,
            "short": split.short,
            "share": float(split.share),
            "bound": float(bound),
        },
    )
