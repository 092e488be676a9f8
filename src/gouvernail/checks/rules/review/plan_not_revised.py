"""Plan not revised in a year.

## What it finds
A plan whose last revision lies further back than a year.

## Why it matters
S2: objectives are “reviewed each year according to progress”; S4: the periodic review adapts them to the market and the competition. A plan that is older than its market is obeyed by nobody and believed by few.

## Example
`revised: 2024-11-15` in September 2026.
Instead: `revised: 2026-09-15`

## How to put it right
Take the plan through layer by layer with those who carry it (`gouvernail audit` asks the questions), and write the day under `revised`.

## Parameters
`days` (366): the longest time between two revisions.

## When it stays silent
Within the year. Where the plan does not say when it was revised: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene

RULE = Rule(
    code="REV06",
    family="REV",
    title=T("Plan not revised in a year"),
    severity=Severity.warning,
    layer=None,
    dated=True,
    parameters=(Parameter("days", 366, T("The longest time between two revisions.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    revised = scene.plan.revised
    if revised is None:
        yield RULE.not_checked(T("The plan does not say when it was last revised."))
    elif (scene.today - revised).days > scene.parameters["days"]:
        yield RULE.finding(
            "plan",
            T(
                "The plan was last revised on {revised}, {months} months ago.",
                revised=revised,
                months=round((scene.today - revised).days / 30.44),
            ),
            T("Take it through layer by layer with those who carry it, and write the day under “revised”."),
        )
