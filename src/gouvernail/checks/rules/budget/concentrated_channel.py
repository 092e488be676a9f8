"""One channel holds too large a share without proof.

## What it finds
A channel that holds more than the share of the planned money, while no test in the plan shows what it brings. With facts: such a channel whose credited revenue over twelve months does not cover what was spent on it.

## Why it matters
S1: decide on data, adjust on data. A channel that holds most of the money can change its prices or its rules, and then the whole plan moves. Concentration is sound where it was proved to pay; where it was not, it is a habit. Credited revenue is no proof of cause (Blake, Nosko and Tadelis 2015, Econometrica: eBay’s brand search ads brought next to nothing that would not have come anyway); a test is.

## Example
CHF 90,000 of CHF 120,000 (75 %) on paid search, and no experiment. With an experiment on one of its actions that has a result or was applied, the rule is silent.

## How to put it right
Test the channel (leave out a region, or a few weeks) and write the result under `experiments`, or move a part of the money to a second channel.

## Parameters
`share` (0.6): share of the planned money from which proof is asked for; our judgement, no published threshold exists. `actions` (4): fewest actions with a budget; a plan of two or three actions cannot help being concentrated.

## When it stays silent
Where an experiment on an action of the channel has a result written or is applied; where the plan has few actions with a budget, or one channel’s actions are without budget (ACT03); with facts, where the credited revenue exceeds the spend, or nothing is credited to the channel at all (BUD08). One whole network counts as one channel, paid and organic together. The money at stake is what the channel holds above the share; with facts, what it cost above what it brought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from gouvernail.base.money import Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import Index
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Layer

NOTHING = Decimal(0)

RULE = Rule(
    code="BUD03",
    family="BUD",
    title=T("Too much on one channel without proof"),
    severity=Severity.advice,
    layer=Layer.execution,
    also_judges=True,
    parameters=(
        Parameter("share", 0.6, T("Share of the planned money from which proof is asked for.")),
        Parameter("actions", 4, T("Fewest actions with a budget.")),
    ),
)


@dataclass(frozen=True)
class Holding:
    """The paid actions of one channel (or network), the largest first, and what they hold together."""

    actions: tuple[Action, ...]
    amount: Decimal
    whole: Decimal

    @property
    def channels(self) -> tuple[str, ...]:
        """Channel ids, the one with most money first."""
        return tuple(dict.fromkeys(action.channel for action in self.actions if action.channel))


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    holding = largest(scene.index)
    fewest = scene.parameters["actions"]
    if holding is None or sum(1 for one in scene.index.actions if one.budget) < fewest:
        return
    share = Decimal(str(scene.parameters["share"]))
    if holding.amount <= share * holding.whole or _proved(scene, holding):
        return
    if scene.evidence is None:
        yield _untested(scene, holding, holding.amount - share * holding.whole)
    else:
        yield from _unpaid(scene, holding)


def largest(index: Index) -> Holding | None:
    """Return the channel that holds most of the planned money; the channels of one network are one."""
    held: dict[str, list[Action]] = {}
    whole = NOTHING
    for action in index.actions:
        if action.budget:
            whole += action.budget
            if action.channel:
                known = index.channels.get(action.channel)
                held.setdefault((known.network if known else None) or action.channel, []).append(action)
    sums = {channel: sum((one.budget or NOTHING for one in on), NOTHING) for channel, on in held.items()}
    most = max(sums.values(), default=NOTHING)
    found = [
        Holding(_dearest_first(held[channel]), amount, whole)
        for channel, amount in sums.items()
        if amount == most
    ]
    return max(found, key=lambda one: (one.amount, one.actions[0].id), default=None)


def _dearest_first(actions: list[Action]) -> tuple[Action, ...]:
    by_id = sorted(actions, key=attrgetter("id"))
    return tuple(sorted(by_id, key=lambda one: one.budget or NOTHING, reverse=True))


def _proved(scene: Scene, holding: Holding) -> bool:
    on = {action.id for action in holding.actions}
    return any(test.action in on and (test.applied or test.result.strip()) for test in scene.plan.experiments)


def _untested(scene: Scene, holding: Holding, above: Decimal) -> Finding:
    currency = scene.plan.organisation.currency
    return RULE.finding(
        holding.actions[0].id,
        T(
            "{amount} of {whole} planned ({share}) is on {channel}, and no test in the plan shows what it brings.",
            channel=_name(scene, holding),
            amount=Money(holding.amount, currency),
            whole=Money(holding.whole, currency),
            share=Ratio(float(holding.amount / holding.whole), 0),
        ),
        _hint(),
        money=Money(above, currency),
        actions=[action.id for action in holding.actions],
        share=float(holding.amount / holding.whole),
    )


def _unpaid(scene: Scene, holding: Holding) -> Iterator[Finding]:
    facts = [
        one
        for id in holding.channels
        if scene.evidence and (one := scene.evidence.channels.get(id)) and one.spend and one.revenue
    ]
    if not facts:
        return
    currency = scene.plan.organisation.currency
    spent = sum((one.spend.amount for one in facts if one.spend), Decimal(0))
    earned = sum((one.revenue.amount for one in facts if one.revenue), Decimal(0))
    if earned > spent:
        return
    yield RULE.finding(
        holding.actions[0].id,
        T(
            "{share} of the planned money is on {channel}: in twelve months it cost {spent}, and {earned} of "
            "revenue can be credited to it.",
            channel=_name(scene, holding),
            share=Ratio(float(holding.amount / holding.whole), 0),
            spent=Money(spent, currency),
            earned=Money(earned, currency),
        ),
        _hint(),
        severity=Severity.warning,
        money=Money(spent - earned, currency),
        confidence=0.7,
        spent=spent,
        earned=earned,
    )


def _name(scene: Scene, holding: Holding) -> Text | list[Text]:
    return [scene.index.channels[id].name for id in holding.channels if id in scene.index.channels] or T(
        "One channel"
    )


def _hint() -> Text:
    return T("Test it (leave out a region or a few weeks) and write the result, or move a part elsewhere.")
