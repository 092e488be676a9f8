"""Only short-term objectives, or only long-term ones.

## What it finds
A plan whose objectives, two or more, all end within a quarter of their start; or all run for longer than a year and a half.

## Why it matters
S3: management wants this quarter’s figures, marketing wants to build: a plan needs both. S2 gives objectives a quarter or a year. Binet and Field (2013, *The Long and the Short of It*) show for 996 campaigns that short-term wins alone do not add up to growth; and a plan with long terms only learns too late.

## Example
Four objectives, all `start: 2026-07-01, due: 2026-09-30`.
Instead: add one for the year, on what should grow beyond the quarter (brand awareness, repeat purchases, market share).

## How to put it right
Set one objective at the other term: where you want to be in a year, or what must be visible in three months.

## Parameters
`short_days` (100): longest span of a short-term objective. `long_days` (550): shortest span of a long-term one.

## When it stays silent
While an objective lacks `start` or `due` (OBJ05), for a single objective, and as soon as one runs for another term.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ14",
    family="OBJ",
    title=T("Only short-term or only long-term objectives"),
    severity=Severity.advice,
    layer=Layer.objectives,
    parameters=(
        Parameter("short_days", 100.0, T("Longest span of a short-term objective, in days.")),
        Parameter("long_days", 550.0, T("Shortest span of a long-term objective, in days.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    dated = [(one.start, one.due) for one in scene.plan.objectives if one.start and one.due]
    if len(dated) < 2 or len(dated) < len(scene.plan.objectives):
        return
    days = [(due - start).days for start, due in dated]
    if min(days) >= 0 and max(days) <= scene.parameters["short_days"]:
        yield RULE.missing(
            Layer.objectives,
            T(
                "The {n} objectives all end within {days} days: nothing says what should have grown in a year.",
                n=len(dated),
                days=max(days),
            ),
            T("Add one for the year, on what lasts: awareness, loyalty, market share."),
        )
    elif min(days) >= scene.parameters["long_days"]:
        yield RULE.missing(
            Layer.objectives,
            T(
                "The {n} objectives all run for more than a year, the first until {due}: nothing is to be reached before.",
                n=len(dated),
                due=min(due for _, due in dated),
            ),
            T("Set what must be visible in a quarter and in a year, so that you learn in time."),
        )
