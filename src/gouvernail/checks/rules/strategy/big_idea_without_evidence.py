"""Big idea without evidence.

## What it finds
A big idea whose `evidence` names no existing SWOT item, market study or trend.

## Why it matters
S2 asks that strategy come from market study; S4 puts the analysis (SWOT, market, trends) before the idea. An idea without evidence is a taste.

## Example
`big_ideas: [{id: no-stop, text: The factory that never waits.}]`
Instead add `evidence: [study-2025, threat-asia]`.

## How to put it right
Name what it rests on under `evidence`, or do the study.

## Parameters
None.

## When it stays silent
For evidence that exists, whatever its age or strength.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, MarketStudy, SwotItem, Trend

RULE = Rule(
    code="STR02",
    family="STR",
    title=T("Big idea without evidence"),
    severity=Severity.warning,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for idea in scene.plan.big_ideas:
        found = (scene.plan.get(id) for id in idea.evidence)
        if not any(isinstance(element, SwotItem | MarketStudy | Trend) for element in found):
            yield RULE.finding(
                idea.id,
                T("The big idea “{name}” rests on no SWOT item, market study or trend.", name=idea.name),
                T("Name its evidence; if there is none, ask ten customers before building on it."),
            )
