"""Revenue linked to no action.

## What it finds
Revenue of the period that has a source but that no action of the plan can be credited with, where it is more than the allowed share of all revenue. It is no money at stake: it came in, only nobody knows why.

## Why it matters
S0: “tie revenue to a particular marketing action”; S3: management asks “what is the return of this campaign?”. Revenue that no action claims leaves the plan unable to say what the money did.

## Example
CHF 310,000 of CHF 480,000 (65 %) came by campaigns and channels that no action of the plan carries.

## How to put it right
Give the actions their tracking keys (ACT08, DAT01), and write down as actions what brings revenue without standing in the plan: search, newsletter, partners.

## Parameters
`share` (0.5): share of the revenue that is let pass. A choice of ours: part of all revenue comes by habit and by name, whatever the plan.

## When it stays silent
Revenue without any source is left to DAT02 and taken off first. Without revenue in the data: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="DAT03",
    family="DAT",
    title=T("Revenue linked to no action"),
    severity=Severity.advice,
    layer=Layer.execution,
    measured=True,
    parameters=(Parameter("share", 0.5, T("Share of the revenue that is let pass.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    if evidence is None or not evidence.revenue or evidence.unlinked_revenue is None:
        yield RULE.not_checked(T("No revenue is in the data: import orders or won deals with their source."))
        return
    unlinked = _unlinked(evidence, evidence.unlinked_revenue)
    share = unlinked.share_of(evidence.revenue) or 0.0
    if share > scene.parameters["share"]:
        yield RULE.finding(
            "execution",
            _sentence(evidence, unlinked, share),
            T("Complete the actions’ tracking keys, and write down what sells without standing in the plan."),
            share=share,
        )


def _sentence(evidence: Evidence, unlinked: Money, share: float) -> Text:
    values = {"revenue": evidence.revenue, "period": evidence.period}
    if unlinked == evidence.revenue:
        return T(
            "All revenue ({revenue}, {period}) came by ways that no action of the plan carries.", **values
        )
    return T(
        "{unlinked} of {revenue} revenue ({period}) came by ways that no action of the plan carries: {share}.",
        unlinked=unlinked,
        share=Ratio(share, 0),
        **values,
    )


def _unlinked(evidence: Evidence, unlinked: Money) -> Money:
    """What no action can be credited with though it has a source."""
    lost = sum(
        (
            traced.value_without_source.amount
            for traced in evidence.tracing
            if traced.kind != "lead"
            and traced.value_without_source
            and traced.value_without_source.currency == unlinked.currency
        ),
        Decimal(0),
    )
    return Money(max(unlinked.amount - lost, Decimal(0)), unlinked.currency)
