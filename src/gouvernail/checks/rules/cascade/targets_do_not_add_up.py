"""Sub-targets that do not add up to the target.

## What it finds
An objective with baseline and target, whose sub-objectives, put through the driver tree, lead to less than it wants (warning) or to far more (advice). Sub-objectives on the same additive metric must add up.

## Why it matters
S1: “market share +10 % in a year” becomes “qualified leads +20 %” and “conversion +5 %”. With basket and market constant 1.20 × 1.05 = 1.26, so the sub-targets suffice. Where they do not, everyone may reach his target and the company miss its own.

## Example
Revenue +20 % served by leads +5 % and conversion +2 %: 1.05 × 1.02 = 1.071. 12.9 points are missing; with conversion at +2 %, leads would have to grow by 17.6 %.

## How to put it right
Raise the sub-target that the hint names, add an objective on a driver that nobody moves, or lower the target.

## Parameters
`tolerance` (0.005): shortfall, as a fraction of the baseline, that is let pass. `overshoot` (3): how many times the wanted change the sub-targets may reach.

## When it stays silent
Where baselines or targets are missing (OBJ02), where no sub-objective’s metric has a path to the target’s metric (CAS02), and where sums need the value of a driver that no objective states: that is *not checked*, with the driver’s name. Drivers that only multiply are held constant. Sub-objectives are taken to be about the same part of the business as the objective; several on one additive metric add up, and where two set the same rate the rule says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Points, Ratio
from gouvernail.checks.cascade import Cascade, cascades
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="CAS01",
    family="CAS",
    title=T("Targets do not add up"),
    severity=Severity.warning,
    layer=Layer.objectives,
    parameters=(
        Parameter("tolerance", 0.005, T("Shortfall, as a fraction of the baseline, that is let pass.")),
        Parameter("overshoot", 3.0, T("How many times the wanted change the sub-targets may reach.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for cascade in cascades(scene.index):
        if cascade.unknown:
            drivers = [scene.index.metric_name(metric) for metric in cascade.unknown]
            yield RULE.not_checked(
                T(
                    "To add up the sub-targets of “{name}”, a baseline of {drivers} is needed.",
                    name=cascade.parent.name,
                    drivers=drivers,
                ),
                cascade.parent.id,
            )
        elif cascade.reached is not None:
            yield from _judged(scene, cascade, cascade.reached)


def _judged(scene: Scene, cascade: Cascade, reached: float) -> Iterator[Finding]:
    wanted, parent = cascade.wanted, cascade.parent
    sign = 1 if wanted >= 0 else -1
    short = sign * (wanted - reached)
    related = tuple(child.id for child in cascade.children)
    if short > scene.parameters["tolerance"]:
        yield RULE.finding(
            parent.id,
            T(
                "The sub-targets of “{name}” lead to {reached} where {wanted} is wanted: {short} points are missing.",
                name=parent.name,
                reached=Ratio(reached),
                wanted=Ratio(wanted),
                short=Points(short),
            ),
            _remedy(scene, cascade),
            related=related,
            money=_money(scene, cascade, short),
            wanted=wanted,
            reached=reached,
        )
    elif (
        wanted
        and sign * reached > scene.parameters["overshoot"] * abs(wanted) + scene.parameters["tolerance"]
    ):
        yield RULE.finding(
            parent.id,
            T(
                "The sub-targets of “{name}” lead to {reached} where only {wanted} is wanted: {over} points too many.",
                name=parent.name,
                reached=Ratio(reached),
                wanted=Ratio(wanted),
                over=Points(-short),
            ),
            T("Raise the target, or spare the effort: lower the sub-targets."),
            severity=Severity.advice,
            related=related,
            wanted=wanted,
            reached=reached,
        )


def _remedy(scene: Scene, cascade: Cascade) -> Text:
    for child in cascade.children:
        needed = cascade.closing(child)
        if needed is not None and child.metric and child.target is not None:
            return T(
                "With the others unchanged, “{child}” must reach {needed} instead of {target}.",
                child=child.name,
                needed=scene.index.quantity(child.metric, needed),
                target=scene.index.quantity(child.metric, child.target),
            )
    return T("Raise a sub-target, add an objective on another driver, or lower the target.")


def _money(scene: Scene, cascade: Cascade, short: float) -> Money | None:
    metric = scene.index.metrics.get(cascade.parent.metric or "")
    if metric is None or metric.unit is not Unit.money or cascade.parent.baseline is None:
        return None
    return scene.index.money(Decimal(str(round(abs(float(cascade.parent.baseline)) * short, 2))))
