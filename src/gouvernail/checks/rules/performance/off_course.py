"""Objective off course.

## What it finds
An objective whose target is unlikely to be reached by the due date: a forecast of its metric, tested on the metric’s own past and drawn through the plan’s drivers where that misses less, gives it a low probability. The sentence says what the forecast lacks to the target, in the metric’s own unit.

## Why it matters
S2’s second validation step: the chain may be sound and the wind against it. Better known in month four than in month twelve.

## Example
“Revenue +20 %”: 18 % likely to be reached by 31 December; the forecast comes to 11.4 million, 0.6 million short.

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
from typing import Any

from gouvernail.base.money import CENT, Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import TN, T, Text
from gouvernail.base.units import Direction, Unit
from gouvernail.base.values import Points, Ratio
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
            yield _finding(scene, objective, outcome)


def _finding(scene: Scene, objective: Objective, outcome: Estimate) -> Finding:
    quantity, metric, target = scene.index.quantity, objective.metric or "", objective.target or Decimal(0)
    values = {
        "name": objective.name,
        "target": quantity(metric, target),
        "probability": Ratio(min(max(outcome.value, 0.01), 0.99), 0),
    }
    message = T(
        "“{name}” is unlikely to reach its target of {target}: its probability is {probability}.", **values
    )
    lacking = _lacking(scene, objective, outcome)
    if lacking is not None:
        values |= {
            "expected": quantity(metric, float(outcome.options["expected"])),
            "missing": _size(scene, metric, abs(lacking)),
        }
        message = _SHORT if lacking > 0 else _OVER
        message = Text(message.template, values)
    return RULE.finding(
        objective.id,
        message,
        T(
            "Look at the drivers that lag, move money to the actions that work, or lower the target knowingly."
        ),
        money=_money(scene, objective, outcome),
        probability=outcome.value,
        **({"expected": outcome.options["expected"], "missing": abs(lacking)} if lacking is not None else {}),
    )


_WHOLE = 10
_SHORT = T(
    "“{name}” is unlikely to reach its target of {target} (probability {probability}): the forecast comes to {expected}, {missing} short."
)
_OVER = T(
    "“{name}” is unlikely to come down to its target of {target} (probability {probability}): the forecast stands at {expected}, {missing} too high."
)


def _size(scene: Scene, metric: str, size: float) -> Any:
    """A difference in the metric's unit; of rates in points."""
    # Ten and more are told whole: nobody lacks 41.3 leads.
    shown = scene.index.quantity(metric, round(size) if size >= _WHOLE else size)
    if not isinstance(shown, Ratio):
        return shown
    digits = 2 if size < 0.01 else 1
    rounded = round(100 * size, digits)
    return TN(
        "{points} point",
        "{points} points",
        1 if rounded == 1 else 2 if rounded >= 2 else 0,
        points=Points(size, digits),
    )


def _lacking(scene: Scene, objective: Objective, outcome: Estimate) -> float | None:
    """What the forecast lacks to the target, below zero where it lies above a ceiling; None where it lacks nothing."""
    expected, target = outcome.options.get("expected"), objective.target
    if expected is None or target is None or float(expected) == float(target):
        return None
    lacking = float(target) - float(expected)
    known = scene.index.metrics.get(objective.metric or "")
    down = known is not None and known.better is Direction.down
    if objective.baseline is not None and objective.baseline != target:
        down = target < objective.baseline
    # A probability under one half may go with a median that just reaches the target: then nothing is said to be missing.
    return lacking if (lacking < 0) == down else None


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
