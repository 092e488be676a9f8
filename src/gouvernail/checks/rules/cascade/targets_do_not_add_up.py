"""Sub-targets that do not add up to the target.

## What it finds
An objective with baseline and target, whose sub-objectives, put through the driver tree, lead to less than it wants (warning) or to far more (advice). The finding states by how much, and the one sub-target that would close the gap with the others unchanged. Sub-objectives on the same additive metric must add up.

## Why it matters
S1: “grow the market share by 10 % in a year” becomes “20 % more qualified leads” and “a sales conversion rate 5 % better”. With basket and market constant 1.20 × 1.05 = 1.26, so the sub-targets suffice, with 16 points to spare. Where they do not, everyone may reach his target and the company miss its own.

## Example
Revenue = leads × conversion × basket, from 8.0 to 9.6 million (+20 %), served by leads from 1,000 to 1,050 and conversion from 10 % to 10.2 %. The basket has no sub-objective and stays: 1.05 × 1.02 = 1.071, so +7.1 %: 12.9 points are missing, which is 8,000,000 × 0.129 = 1,032,000. To close the gap with the conversion at 10.2 %, leads must grow by 1.20 / 1.02 = 1.1765: to 1,177.
Sums: revenue = new customers’ + old customers’, from 100 to 120, and one sub-objective on new customers from 20 to 30. The old customers’ part is what the baseline leaves, 100 − 20 = 80, and stays: 30 + 80 = 110, so +10 %, and new customers must bring 40.

## How to put it right
Raise the sub-target that the hint names, add an objective on a driver that nobody moves, or lower the target.

## Parameters
`tolerance` (0.005): shortfall, as a fraction of the baseline (of the target where one starts from zero), that is let pass. `overshoot` (3): how many times the wanted change the sub-targets may reach.

## When it stays silent
Where baselines or targets are missing (OBJ02), and where no sub-objective’s metric has a path to the target’s metric (CAS02). Drivers that nobody moves are held constant: those that only multiply cancel out, and one part of a sum is what the parent’s baseline leaves for it. Where more values are lacking: *not checked*, with the drivers’ names. An objective that starts from zero is worked out in values instead of per cent. Sub-objectives are taken to be about the same part of the business as the objective; monthly ones count twelve times in a year; several on one additive metric add up, and where two set the same rate the rule says nothing. Where some split the metric itself and others move its drivers, these are two ways to one target: it is enough that one suffices. The money at stake is the shortfall in the parent’s metric, where that sums up money (revenue, not a price); else what is planned behind the objective.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from math import inf, isfinite

from gouvernail.base.money import Money
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Points, Ratio
from gouvernail.checks.cascade import Cascade, cascades
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import change
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer, Objective

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


CEILING = {Unit.ratio: 1.0}
"""No remedy asks for a rate above this."""


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
        elif cascade.short is None:
            yield RULE.not_checked(
                T(
                    "With its sub-objectives’ baselines, the drivers of “{name}” give nothing to grow from.",
                    name=cascade.parent.name,
                ),
                cascade.parent.id,
            )
        else:
            yield from _judged(scene, cascade, cascade.short)


def _judged(scene: Scene, cascade: Cascade, short: float) -> Iterator[Finding]:
    whole = abs(cascade.wanted) if cascade.absolute else 1.0
    tolerance = scene.parameters["tolerance"] * whole
    if short > tolerance:
        yield _finding(scene, cascade, short, None)
    elif -short > (scene.parameters["overshoot"] - 1) * abs(cascade.wanted) + tolerance and cascade.wanted:
        yield _finding(scene, cascade, short, Severity.advice)


def _finding(scene: Scene, cascade: Cascade, short: float, severity: Severity | None) -> Finding:
    return RULE.finding(
        cascade.parent.id,
        _values_told(scene, cascade, short) if cascade.absolute else _change_told(cascade, short),
        _remedy(scene, cascade, short),
        severity=severity,
        related=tuple(child.id for child in cascade.children),
        money=_money(scene, cascade, short) if short > 0 else None,
        wanted=cascade.wanted,
        reached=cascade.reached,
    )


def _change_told(cascade: Cascade, short: float) -> Text:
    values = {
        "name": cascade.parent.name,
        "reached": Ratio(cascade.reached or 0.0),
        "wanted": Ratio(cascade.wanted),
    }
    if short > 0:
        return T(
            "The sub-targets of “{name}” lead to {reached} where {wanted} is wanted: {short} points are missing.",
            short=Points(short),
            **values,
        )
    return T(
        "The sub-targets of “{name}” lead to {reached} where only {wanted} is wanted: {over} points too many.",
        over=Points(-short),
        **values,
    )


def _values_told(scene: Scene, cascade: Cascade, short: float) -> Text:
    metric = cascade.parent.metric or ""
    values = {
        "name": cascade.parent.name,
        "reached": scene.index.quantity(metric, cascade.reached or 0.0),
        "wanted": scene.index.quantity(metric, cascade.wanted),
        "apart": scene.index.quantity(metric, abs(short)),
    }
    if short > 0:
        return T(
            "The sub-targets of “{name}” lead to {reached} where {wanted} is wanted: {apart} is missing.",
            **values,
        )
    return T(
        "The sub-targets of “{name}” lead to {reached} where only {wanted} is wanted: {apart} too much.",
        **values,
    )


def _remedy(scene: Scene, cascade: Cascade, short: float) -> Text:
    """Name the sub-target that closes the gap with the smallest relative change."""
    ways = [way for child in cascade.children if (way := _way(scene, cascade, child)) is not None]
    if not ways and short > 0:
        return T("Raise a sub-target, add an objective on another driver, or lower the target.")
    if not ways:
        return T("Raise the target, or spare the effort: lower the sub-targets.")
    # In a product every sub-target would have to change by as much: then the first of them is named.
    _, child, needed = min(ways, key=lambda way: round(way[0], 6))
    metric = child.metric or ""
    values = {
        "child": child.name,
        "needed": _shown(scene, metric, needed, _safe(cascade, child, needed, short)),
        "target": _shown(scene, metric, float(child.target or 0), ROUND_HALF_EVEN),
    }
    if short > 0:
        return T("With the others unchanged, “{child}” must reach {needed} instead of {target}.", **values)
    return T(
        "Raise the target, or spare the effort: with the others unchanged, {needed} instead of {target} is enough "
        "for “{child}”.",
        **values,
    )


def _way(scene: Scene, cascade: Cascade, child: Objective) -> tuple[float, Objective, float] | None:
    """Return (relative change, sub-objective, its closing target), None where that is no target to set."""
    needed, metric = cascade.closing(child), scene.index.metrics.get(child.metric or "")
    if needed is None or metric is None or child.target is None or not isfinite(needed):
        return None
    if needed < 0 <= child.target or needed > CEILING.get(metric.unit, inf):
        return None
    far = change(child.target, needed) if child.target else inf
    return None if far is None else (abs(far), child, needed)


def _safe(cascade: Cascade, child: Objective, needed: float, short: float) -> str:
    """How to round so that the rounded target still leads there: onward from a target that falls short."""
    upward = (needed > float(child.target or 0)) == (short > 0)
    return ROUND_CEILING if upward else ROUND_FLOOR


def _shown(scene: Scene, metric: str, value: float, rounding: str) -> object:
    """Return the value as the metric is told, rounded in one direction to what is shown."""
    known = scene.index.metrics[metric]
    if known.unit is Unit.ratio:
        digits = 1 if abs(value) >= 0.1 else 2
        return Ratio(float(_rounded(value, Decimal(1).scaleb(-digits - 2), rounding)), digits)
    step = (
        Decimal(1) if abs(value) >= 100 else Decimal("0.01") if known.unit is Unit.money else Decimal("0.1")
    )
    if known.unit is Unit.count:
        step = Decimal(1)
    return scene.index.quantity(metric, _rounded(value, step, rounding))


def _rounded(value: float, step: Decimal, rounding: str) -> Decimal:
    # The tenth digit is noise of the arithmetic: 1,200.0000000001 is 1,200.
    return (Decimal(f"{value:.10g}") / step).to_integral_value(rounding) * step


def _money(scene: Scene, cascade: Cascade, short: float) -> Money | None:
    metric = scene.index.metrics.get(cascade.parent.metric or "")
    if (
        metric is None
        or not metric.additive
        or metric.unit is not Unit.money
        or cascade.parent.baseline is None
    ):
        return None
    value = short if cascade.absolute else abs(float(cascade.parent.baseline)) * short
    return scene.index.money(Decimal(str(round(value, 2))))
