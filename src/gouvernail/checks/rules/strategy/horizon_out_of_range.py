"""Strategic horizon outside three to five years.

## What it finds
A big idea or a positioning whose `horizon_years` is shorter than three or longer than five.

## Why it matters
S2 gives strategy three to five years, between the mission (five to ten) and the objectives (a quarter to a year). Shorter, it is a campaign: customers need years to link an idea to a name. Longer, it is a mission and no one will dare to revise it.

## Example
`big_ideas: [{id: no-stop, horizon_years: 1}]`
Instead: `horizon_years: 4`.

## How to put it right
Give it three to five years, or move it where it belongs: to the mission if it lasts longer, to an action if it is over sooner.

## Parameters
`shortest` (3): fewest years of a strategy. `longest` (5): most years.

## When it stays silent
Where no horizon is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import TN, T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import BigIdea, Layer, Positioning

RULE = Rule(
    code="STR11",
    family="STR",
    title=T("Horizon outside three to five years"),
    severity=Severity.advice,
    layer=Layer.strategy,
    parameters=(
        Parameter("shortest", 3.0, T("Fewest years of a strategy.")),
        Parameter("longest", 5.0, T("Most years of a strategy.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    shortest, longest = scene.parameters["shortest"], scene.parameters["longest"]
    stances: list[BigIdea | Positioning] = [*scene.plan.big_ideas, *scene.plan.positionings]
    for one in stances:
        years = one.horizon_years
        if years is None or shortest <= years <= longest:
            continue
        yield RULE.finding(
            one.id,
            TN(
                "“{name}” is set for {n} year; a strategy is made for {shortest} to {longest}.",
                "“{name}” is set for {n} years; a strategy is made for {shortest} to {longest}.",
                n=years,
                name=one.name,
                shortest=int(shortest),
                longest=int(longest),
            ),
            T("Give it more time, or make it an action: customers need years to link an idea to a name.")
            if years < shortest
            else T("Set a date at which it will be questioned, or make it part of the mission."),
            years=years,
        )
