"""Objective not shown to be attainable (A).

## What it finds
An objective that asks for a large change and does not say why history and capacity allow it.

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). Targets that people hold to be out of reach are given up early (Locke and Latham 2002, goal-setting theory); the bolder the target, the more it needs its reason.

## Example
Revenue from 8.0 to 9.6 million with no `attainable`.

## How to put it right
Say in `attainable` what makes it possible: past growth, capacity, a new market.

## Parameters
`growth` (0.1): relative change from which a reason is asked for.

## When it stays silent
For a change below `growth`, for an objective with its reason written, and where baseline or target are missing (OBJ02 says so).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import change
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="OBJ03",
    family="OBJ",
    title=T("Not shown attainable (A)"),
    severity=Severity.advice,
    layer=Layer.objectives,
    parameters=(Parameter("growth", 0.1, T("Relative change from which a reason is asked for.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if objective.attainable.strip() or not objective.baseline or objective.target is None:
            continue
        asked = change(objective.baseline, objective.target)
        if asked is not None and abs(asked) >= scene.parameters["growth"]:
            yield RULE.finding(
                objective.id,
                T(
                    "The objective “{name}” asks for {change} and does not say why that can be attained.",
                    name=objective.name,
                    change=Ratio(asked),
                ),
                T("Say under “attainable” what history or capacity allows it, or lower the target."),
                change=asked,
            )
