"""Trend that nobody assessed.

## What it finds
A trend with neither `relevance` (why it matters here, or why not) nor `decision`.

## Why it matters
S4: identify emerging trends *and evaluate their relevance*. S0 warns of actions that follow a fashion only “because it is the trend of the moment”; a list of trends without a verdict invites them.

## Example
`trends: [{id: voice-search, title: Voice search}]`
Instead add `relevance: Engineers type part numbers; nobody asks for them aloud.`

## How to put it right
Write one sentence on why it matters here or why not, and what follows. “Does not concern us” is an assessment.

## Parameters
None.

## When it stays silent
As soon as one of the two is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="STR12",
    family="STR",
    title=T("Trend not assessed"),
    severity=Severity.advice,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for trend in scene.plan.trends:
        if not trend.relevance.strip() and not trend.decision.strip():
            yield RULE.finding(
                trend.id,
                T("The trend “{name}” is noted, but nobody says whether it matters here.", name=trend.name),
                T("Write in one sentence why it matters or why not, and what is decided."),
            )
