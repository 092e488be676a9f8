"""Spend outside the plan.

## What it finds
Money that the data show on several campaigns which match no action, as a share of all spend of the period.

## Why it matters
S0: “considerable efforts” beside the direction that the company takes. What is outside the plan was weighed against nothing.

## Example
CHF 12,400 of CHF 60,000 went to campaigns that the plan does not know.

## How to put it right
Give those campaigns’ names as tracking keys to the actions they belong to, or stop them (DAT01 lists them).

## Parameters
`share` (0.05): share of the spend that is let pass.

## When it stays silent
Below the share. For a single campaign: DAT01 names it with its money. Without spend in the data: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="BUD04",
    family="BUD",
    title=T("Spend outside the plan"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    parameters=(Parameter("share", 0.05, T("Share of the spend that is let pass.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    spent = _spent(evidence) if evidence else {}
    if evidence is None or not spent:
        yield RULE.not_checked(T("No spend is in the data of the period."))
        return
    for currency, (outside, whole) in sorted(spent.items()):
        share = float(outside / whole) if whole else 0.0
        if share > scene.parameters["share"]:
            mine = [orphan for orphan in evidence.orphans if orphan.spend.currency == currency]
            if len(mine) < 2:
                continue
            largest = sorted(mine, key=lambda orphan: -orphan.spend.amount)
            yield RULE.finding(
                "execution",
                T(
                    "{outside} of {whole} ({share}) went to campaigns that match no action of the plan.",
                    outside=Money(outside, currency),
                    whole=Money(whole, currency),
                    share=Ratio(share),
                ),
                T(
                    "Start with {campaigns}: add their names as tracking keys of the right action, or stop them.",
                    campaigns=[orphan.campaign for orphan in largest[:3]],
                ),
                related=(currency,) if len(spent) > 1 else (),
                money=Money(outside, currency),
                share=share,
            )


def _spent(evidence: Evidence) -> dict[str, tuple[Decimal, Decimal]]:
    """Currency → (spend outside the plan, all spend)."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    amounts = [(orphan.spend, True) for orphan in evidence.orphans]
    amounts += [(facts.spend, False) for facts in evidence.actions.values() if facts.spend]
    for money, outside in amounts:
        before = sums.get(money.currency, (Decimal(0), Decimal(0)))
        sums[money.currency] = (before[0] + (money.amount if outside else 0), before[1] + money.amount)
    return sums
