"""Incomplete SWOT.

## What it finds
A strategy that has begun (a big idea, a positioning or a segment is written) without any SWOT item; a SWOT of which one of the four quadrants is empty; an item that names no quadrant.

## Why it matters
S1 and S4 begin strategy with strengths, weaknesses, opportunities and threats. Whoever writes only the pleasant half plans for a market without competitors: Hill and Westbrook (1997, “SWOT analysis: it’s time for a product recall”) found long lists that nobody used afterwards. Keep it short, and whole.

## Example
One strength and one threat: weaknesses and opportunities are missing.

## How to put it right
Ask for each empty quadrant what a customer, a competitor and a new employee would say; one or two items each are enough.

## Parameters
None.

## When it stays silent
While nothing of the strategy is written. While an item has no quadrant, nothing is said of empty ones: it may be the missing one.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Quadrant

RULE = Rule(
    code="STR03",
    family="STR",
    title=T("Incomplete SWOT"),
    severity=Severity.advice,
    layer=Layer.strategy,
)
QUADRANTS: dict[Quadrant, Text] = {
    Quadrant.strength: T("strengths"),
    Quadrant.weakness: T("weaknesses"),
    Quadrant.opportunity: T("opportunities"),
    Quadrant.threat: T("threats"),
}


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    plan = scene.plan
    if not plan.swot:
        if plan.big_ideas or plan.positionings or plan.segments:
            yield RULE.missing(
                Layer.strategy,
                T("The strategy rests on no SWOT: no strength, weakness, opportunity or threat is written."),
                T("Write one or two items for each of the four quadrants, and what answers them."),
            )
        return
    unplaced = [item for item in plan.swot if item.quadrant is None]
    for item in unplaced:
        yield RULE.finding(
            item.id,
            T(
                "“{name}” does not say whether it is a strength, weakness, opportunity or threat.",
                name=item.name,
            ),
            T("Set its “quadrant”."),
        )
    written = {item.quadrant for item in plan.swot}
    empty = [name for quadrant, name in QUADRANTS.items() if quadrant not in written]
    if empty and not unplaced:
        yield RULE.missing(
            Layer.strategy,
            T("The SWOT says nothing of {quadrants} yet.", quadrants=empty),
            T("Ask what a customer, a competitor and a new colleague would write there."),
        )
