"""Objective off course.

## What it finds
An objective whose probability of reaching its target by the due date, from the data, is low.

## Why it matters
S2’s second validation step: the chain may be sound and the wind against it. Better known in month four than in month twelve.

## Example
“Revenue +20 %”: 18 % likely to be reached by 31 December.

## How to put it right
Look at the drivers that lag, move money to the actions that work, or lower the target knowingly.

## Parameters
`probability` (0.4): below which an objective is off course, here as in the report; up to 0.7 it is at risk, which is no finding.

## When it stays silent
Where no probability can be given: *not checked*, with the reason. The money at stake is what the forecast lacks to the target, for a metric that sums up money (revenue, not a price); else what is planned behind the objective.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import CENT, Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T
from gouvernail.base.units import Unit
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="PER01",
    family="PER",
    title=T("Objective off course"),
    severity=Severity.warning,
    layer=Layer.objectives,
    measured=True,
    parameters=(Parameter("probability", 0.4, T("Probability below which an objective is off course.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    known = scene.evidence.probabilities if scene.evidence else {}
    for id, outcome in known.items():
        objective = scene.plan.get(id)
        if not isinstance(objective, Objective):
            continue
        if not isinstance(outcome, Estimate):
            yield RULE.not_checked(outcome.reason, id)
        elif (
            outcome.value < scene.parameters["probability"]
            and objective.metric
            and objective.target is not None
        ):
            yield RULE.finding(
                id,
                T(
                    "“{name}” is off course: its target of {target} has a probability of {probability}.",
                    name=objective.name,
                    target=scene.index.quantity(objective.metric, objective.target),
                    probability=Ratio(outcome.value, 0),
                ),
                T(
                    "Look at the drivers that lag, move money to the actions that work, or lower the target knowingly."
                ),
                money=_money(scene, objective, outcome),
                probability=outcome.value,
            )


def _money(scene: Scene, objective: Objective, outcome: Estimate) -> Money | None:
    """What the forecast lacks to the target, in money; None for another metric or without a forecast."""
    metric, expected = scene.index.metrics.get(objective.metric or ""), outcome.options.get("expected")
    if (
        metric is None
        or not metric.additive
        or metric.unit is not Unit.money
        or expected is None
        or objective.target is None
    ):
        return None
    lacking = abs(float(objective.target) - float(expected))
    return scene.index.money(Decimal(str(lacking)).quantize(CENT))
