"""Channel past saturation.

## What it finds
A channel on which more money hardly brings more results: the upper end of its elasticity’s interval (per cent of results for one per cent of spend, week by week) lies below the limit. The elasticity is also the last franc’s yield over the average franc’s. Where revenue can be credited, only a channel whose last franc brings back less than it costs, by gross margin where it is known and even at the upper end.

## Why it matters
S3: a budget to match the ambition; here money that could serve it works elsewhere. Returns diminish everywhere: over 751 estimates the average short-term elasticity of advertising is 0.12 (Sethuraman, Tellis and Briesch 2011, Journal of Marketing Research 48), so a low elasticity alone is no fault; a last franc that costs more than it brings is.

## Example
LinkedIn Ads: the average CHF 100 brought CHF 210 of revenue, the last CHF 100 only CHF 44 (elasticity 0.21, between 0.10 and 0.35).

## How to put it right
Move the last part of the budget to a channel that still answers, or test it: less money for four weeks in some regions.

## Parameters
`elasticity` (0.5): upper end of the interval below which the channel counts as past saturation.

## When it stays silent
Channels that build demand for later (`term: long`): the weeks’ figures do not show what they bring. A channel exactly at the limit sets it off in 5 of 100 cases, the interval being one of 90 %. Money at stake is what lies beyond the spend at which the last franc just pays, the curve being a power of spend. Without an elasticity for any channel: *not checked*, with the reason for the channel of the largest spend.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.checks.campaign_evidence import ChannelFacts
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="PER07",
    family="PER",
    title=T("Channel past saturation"),
    severity=Severity.advice,
    layer=Layer.execution,
    measured=True,
    confidence=0.6,
    parameters=(
        Parameter("elasticity", 0.5, T("Upper end of the interval below which the channel is saturated.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    known = [
        (facts, facts.elasticity)
        for facts in (evidence.channels.values() if evidence else ())
        if isinstance(facts.elasticity, Estimate)
    ]
    if evidence is None or not known:
        yield RULE.not_checked(_why_not(evidence))
        return
    margin = _margin(evidence)
    for facts, elasticity in known:
        channel = scene.index.channels.get(facts.channel)
        high = elasticity.high
        if high is None or high >= scene.parameters["elasticity"] or (channel and channel.term == "long"):
            continue
        if facts.spend and facts.spend.amount > 0 and _past(facts, high, margin):
            yield _finding(scene, facts, elasticity, margin)


def _why_not(evidence: Evidence | None) -> Text:
    """Why no elasticity is known: what stood in the way for the channel with the largest spend."""
    refused = [
        (facts.spend.amount if facts.spend else Decimal(0), facts.channel, facts.elasticity.reason)
        for facts in (evidence.channels.values() if evidence else ())
        if isinstance(facts.elasticity, Refusal)
    ]
    if refused:
        return max(refused, key=lambda one: one[:2])[2]
    return T(
        "No channel’s answer to spend can be estimated: import a year of spend and results, week by week."
    )


def _margin(evidence: Evidence) -> float:
    """The gross margin rate, 1 where it is not known: the channel then has the benefit of the doubt."""
    for values in (evidence.yearly, evidence.values):
        found = values.get("gross_margin_rate")
        if isinstance(found, Estimate) and 0 < found.value <= 1:
            return found.value
    return 1.0


def _return(facts: ChannelFacts) -> float | None:
    """Revenue for one unit of spend, on average."""
    return facts.revenue.share_of(facts.spend) if _credited(facts) and facts.revenue and facts.spend else None


def _credited(facts: ChannelFacts) -> bool:
    return bool(facts.revenue and facts.spend and facts.revenue.currency == facts.spend.currency)


def _past(facts: ChannelFacts, high: float, margin: float) -> bool:
    average = _return(facts)
    if average is None:
        return bool(facts.conversions)
    return high * average * margin < 1


def _finding(scene: Scene, facts: ChannelFacts, elasticity: Estimate, margin: float) -> Finding:
    return RULE.finding(
        "execution",
        _sentence(scene, facts, elasticity),
        T("Move the last part of this budget to a channel that still answers, or try less for four weeks."),
        related=(facts.channel,),
        money=_beyond(facts, elasticity.high or 0.0, margin),
        elasticity=elasticity.value,
        high=elasticity.high,
    )


def _sentence(scene: Scene, facts: ChannelFacts, elasticity: Estimate) -> Text:
    channel = scene.index.channels.get(facts.channel)
    currency = facts.spend.currency if facts.spend else scene.plan.organisation.currency
    last = max(elasticity.value, 0.0)
    values = {
        "channel": channel.name if channel else verbatim(facts.channel),
        "elasticity": Number(elasticity.value, 2),
        "low": Number(elasticity.low or 0.0, 2),
        "high": Number(elasticity.high or 0.0, 2),
        "hundred": Money(Decimal(100), currency),
    }
    average = _return(facts)
    if average is None:
        return T(
            "{channel}: the last {hundred} brought {share} of what the average {hundred} brought "
            "(elasticity {elasticity}, between {low} and {high}).",
            share=Ratio(last, 0),
            **values,
        )
    return T(
        "{channel}: the average {hundred} brought {average} of revenue, the last {hundred} only {last} "
        "(elasticity {elasticity}, between {low} and {high}).",
        average=Money(Decimal(round(100 * average)), currency),
        last=Money(Decimal(round(100 * average * last)), currency),
        **values,
    )


def _beyond(facts: ChannelFacts, high: float, margin: float) -> Money | None:
    """The spend beyond the point where the last franc pays for itself, at the upper end of the interval."""
    average = _return(facts)
    if average is None or facts.spend is None:
        return None
    paying = (margin * max(high, 0.0) * average) ** (1 / (1 - high)) if high < 1 else 1.0
    return Money(facts.spend.amount * Decimal(str(max(0.0, 1 - paying))), facts.spend.currency).rounded()
