"""Spend whose revenue cannot be traced.

## What it finds
Actions on which money was spent in the period while nothing in the data leads back to them: no click, no lead, no conversion, no revenue. The finding gives the sum.

## Why it matters
S0: tracking tools make it possible to tie revenue to an action, “use them”. S3: what cannot be tied to a result cannot be defended before management, and goes first when budgets are cut, deserved or not.

## Example
CHF 24,000 on two press campaigns, without a code, a number or a page of their own: nobody will ever know.

## How to put it right
Give the action something that comes back: a tracked link, a promotion code, a telephone number, or the question “how did you hear of us?” in the form. For what cannot be tracked, plan a test by region.

## Parameters
`share` (0.05): share of the spend on planned actions that is let pass.

## When it stays silent
Below the share; for campaigns that match no action (BUD04, DAT01); for actions without tracking key, whose spend cannot be known either (ACT08); for an action that has clicks or leads but earns too little (PER09). Without spend in the data: *not checked*. The money at stake is the sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import total
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.campaign_evidence import ActionFacts
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="BUD08",
    family="BUD",
    title=T("Spend whose revenue cannot be traced"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    parameters=(Parameter("share", 0.05, T("Share of the spend on planned actions that is let pass.")),),
)
NAMED = 3
"""More names than this make the sentence unreadable."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    currency = scene.plan.organisation.currency
    known = scene.evidence.actions if scene.evidence else {}
    spent = {
        one.action: one.spend
        for one in known.values()
        if one.spend and one.spend.currency == currency and scene.plan.get(one.action)
    }
    if not spent:
        yield RULE.not_checked(T("No spend on a planned action is in the data of the period."))
        return
    lost = sorted((id for id in spent if untraced(known[id])), key=lambda id: (-spent[id].amount, id))
    whole, sum_lost = total(spent.values(), currency), total((spent[id] for id in lost), currency)
    if not lost or sum_lost.amount <= Decimal(str(scene.parameters["share"])) * whole.amount:
        return
    yield RULE.finding(
        Layer.execution.value,
        T(
            "{lost} of {whole} ({share}) left no trace: no click, lead, sale or revenue leads back to {actions}.",
            lost=sum_lost,
            whole=whole,
            share=Ratio(float(sum_lost.amount / whole.amount), 0),
            actions=_names(scene, lost),
        ),
        T("Give them a tracked link, a code or a telephone number of their own, or test them by region."),
        money=sum_lost,
        actions=lost,
    )


def untraced(facts: ActionFacts) -> bool:
    """Whether nothing leads back to the action: no click, lead, conversion or credited revenue."""
    return not any(
        (facts.clicks, facts.leads, facts.conversions, facts.first_touch_revenue, facts.last_touch_revenue)
    )


def _names(scene: Scene, ids: list[str]) -> list[Text]:
    names = [T("“{name}”", name=scene.index.name(id)) for id in ids[:NAMED]]
    return [*names, T("others")] if len(ids) > NAMED else names
