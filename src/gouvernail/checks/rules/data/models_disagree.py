"""Attribution models disagree.

## What it finds
Sales of the period of which more than the allowed share of the credit changes channel from one attribution model to another (last touch, Markov, Shapley); and the channel whose share differs most, from which model’s to which.

## Why it matters
S3: a budget that follows one rule moves money on the word of that rule. Where last touch and the models that look at the whole path tell the same, the choice of the model decides nothing; where they do not, only an experiment does.

## Example
In August last touch gives paid search 58 % of 140 sales, Shapley 31 %: 27 % of the credit changes place.

## How to put it right
Move no money on one model alone. Hold a random part of the people out of that channel, or test it in some regions, and take what the test says.

## Parameters
`share` (0.2): part of the credit that may change channel. It is a choice of ours: a fifth of the budget moved by the choice of a model is worth a test.
`minimum` (30): sales with a path below which the share says nothing.

## When it stays silent
Below the share or the minimum. How many sales have no source at all is DAT02. Where no sale has a path (no touchpoints with a person’s number): *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.measuring_evidence import CreditSpread
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="DAT07",
    family="DAT",
    title=T("Attribution models disagree"),
    severity=Severity.advice,
    layer=Layer.execution,
    measured=True,
    parameters=(
        Parameter("share", 0.2, T("Part of the credit that may change channel.")),
        Parameter("minimum", 30.0, T("Sales with a path below which the share says nothing.")),
    ),
)

_MODELS: Mapping[str, Text] = {
    "last": T("last touch"),
    "markov_1": T("Markov chains"),
    "shapley": T("Shapley values"),
}


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    if evidence is None or evidence.credit is None:
        yield RULE.not_checked(
            T("No sale has a path: import touchpoints and sales that carry the same person’s number.")
        )
        return
    found = evidence.credit
    if found.conversions >= scene.parameters["minimum"] and found.disagreement > scene.parameters["share"]:
        yield _finding(scene, found, evidence.period)


def _finding(scene: Scene, found: CreditSpread, period: object) -> Finding:
    channel = scene.index.channels.get(found.channel)
    return RULE.finding(
        "execution",
        T(
            "Of {count} sales ({period}), {channel} is credited with {low} by {low_model} and {high} by {high_model}; {share} of the credit changes channel.",
            count=Number(found.conversions, 0),
            period=period,
            channel=channel.name if channel else verbatim(found.channel),
            low=Ratio(found.low, 0),
            low_model=_MODELS.get(found.low_model, verbatim(found.low_model)),
            high=Ratio(found.high, 0),
            high_model=_MODELS.get(found.high_model, verbatim(found.high_model)),
            share=Ratio(found.disagreement, 0),
        ),
        T("Move no money on one model alone: hold some people out of this channel at random, and see."),
        related=(found.channel,),
        money=found.spend,
        disagreement=found.disagreement,
        coverage=found.coverage,
    )
