"""Segment without a persona.

## What it finds
A primary segment that no persona describes. Where no segment has a priority, all count as primary. In a plan without any persona, one finding for all.

## Why it matters
S4: detailed personas are a key step; a segment has ages and countries, a persona has reasons, frustrations and goals. S2 chooses messages for the personas’ minds. In a small B2B company one persona per segment is enough: the person who signs.

## Example
`segments: [{id: industry, priority: primary}]`, `personas: []`.
Instead: `personas: [{id: klaus, segment: industry, needs: [never stop the line]}]`.

## How to put it right
Interview three customers of the segment and write down the one person they resemble: needs, frustrations, goals, channels.

## Parameters
None.

## When it stays silent
For secondary and exploratory segments, without segments (STR06), and while a persona names no segment: it may be this one’s.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import TN, T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.wording import quoted
from gouvernail.plan.model import Layer, Priority

RULE = Rule(
    code="STR07",
    family="STR",
    title=T("Segment without persona"),
    severity=Severity.advice,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    segments, personas = scene.plan.segments, scene.plan.personas
    ranked = any(segment.priority for segment in segments)
    primary = [one for one in segments if not ranked or one.priority is Priority.primary]
    if not primary or any(not persona.segment for persona in personas):
        return
    if not personas:
        yield RULE.missing(
            Layer.strategy,
            TN(
                "No persona tells who decides in the segment {segments}.",
                "No persona tells who decides in the segments {segments}.",
                n=len(primary),
                segments=quoted(primary),
            ),
            T("Write one person per segment, after three interviews: needs, frustrations, goals, channels."),
        )
        return
    for segment in primary:
        if segment.id not in scene.index.personas_of:
            yield RULE.finding(
                segment.id,
                T("No persona tells who decides in the segment “{name}”.", name=segment.name),
                T("Write the one person that three of its customers resemble: needs, frustrations, goals."),
            )
