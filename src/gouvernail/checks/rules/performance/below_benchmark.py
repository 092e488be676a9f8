"""KPI below its benchmark.

## What it finds
A metric that the plan judges by, whose value lies on the wrong side of its benchmark (a published one, or a competitor’s that the plan states) by more than the margin, over the year and in the period alike (the better of the two is shown); where the counts behind it are known, by its whole interval (Wilson, 95 %). Which side is wrong follows the metric: up for a conversion rate, down for a cost.

## Why it matters
S3: “lean on benchmarks and market studies … underline the gaps between the company’s practice and the competition’s”.

## Example
“Your e-commerce conversion rate is 1.2 % against 2.4 % (own source, 2025).”

## How to put it right
Ask first whether the two are alike (same public, same definition). If so, look at the stage before: offer, price, page, speed.

## Parameters
`margin` (0.1): difference, as a fraction of the benchmark, that is let pass.
`oldest` (5): age of a benchmark, in years, from which it is not used.

## When it stays silent
Counts and sums (visits, leads, revenue) are only compared with figures that the plan itself states: they depend on a company’s size. Forms are PER03, click rates PER04, stages of the funnel PER05. A rate exactly at its benchmark sets it off in at most 3 of 100 simulated cases without margin, in fewer than 1 with it (tests/checks/test_false_alarms.py). Without a measured metric that has a benchmark: *not checked*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.base.text import T, verbatim
from gouvernail.base.units import Direction, Unit
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import wilson
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.rules.performance.bottleneck import RATES
from gouvernail.metrics.benchmarks import Benchmark
from gouvernail.metrics.metric import Metric
from gouvernail.plan.model import Layer

LEVEL = 0.95
_ELSEWHERE = frozenset({"form_conversion_rate", "ctr", *RATES.values()})
_QUOTIENT = re.compile(r"(\w+) / (\w+)")

RULE = Rule(
    code="PER06",
    family="PER",
    title=T("KPI below its benchmark"),
    severity=Severity.advice,
    layer=Layer.objectives,
    measured=True,
    confidence=0.7,
    parameters=(
        Parameter("margin", 0.1, T("Difference, as a fraction of the benchmark, that is let pass.")),
        Parameter("oldest", 5.0, T("Age of a benchmark, in years, from which it is not used.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence, compared = scene.evidence, False
    for id, element in _judged_by(scene).items() if evidence else ():
        metric = scene.index.metrics.get(id)
        benchmark = _benchmark(scene, metric) if metric and id not in _ELSEWHERE else None
        if evidence is None or metric is None or benchmark is None:
            continue
        told = _told(evidence, id)
        compared |= bool(told)
        if told and all(_behind(scene, metric, benchmark, value, values) for values, value in told):
            best = max if metric.better is Direction.up else min
            yield _finding(scene, metric, benchmark, best(value.value for _, value in told), element)
    if not compared:
        yield RULE.not_checked(
            T(
                "No measured metric of the plan has a benchmark: write some, with source and year, into benchmarks."
            )
        )


def _judged_by(scene: Scene) -> dict[str, str]:
    """Metric → the first element that is judged by it: objectives first."""
    found: dict[str, str] = {}
    for objective in scene.plan.objectives:
        if objective.metric:
            found.setdefault(objective.metric, objective.id)
    named = [(one.id, one.kpis) for one in scene.plan.objectives]
    named += [(action.id, action.kpis) for action in scene.index.actions]
    for element, kpis in named:
        for id in kpis:
            found.setdefault(id, element)
    return found


def _benchmark(scene: Scene, metric: Metric) -> Benchmark | None:
    found = scene.index.benchmark(metric.id)
    if found is None or scene.today.year - found.year > scene.parameters["oldest"]:
        return None
    return found if found.own or not (metric.additive or metric.unit is Unit.count) else None


def _told(evidence: Evidence, id: str) -> list[tuple[Mapping[str, Outcome], Estimate]]:
    """The metric's value over the year and over the period, where known, each with what was measured beside it."""
    spans = (evidence.yearly, evidence.values)
    return [(values, found) for values in spans if isinstance(found := values.get(id), Estimate)]


def _behind(
    scene: Scene, metric: Metric, benchmark: Benchmark, value: Estimate, values: Mapping[str, Outcome]
) -> bool:
    low, high = _interval(metric, value, values)
    aim = float(benchmark.value)
    margin = float(scene.parameters["margin"]) * abs(aim)
    return high < aim - margin if metric.better is Direction.up else low > aim + margin


def _interval(metric: Metric, value: Estimate, values: Mapping[str, Outcome]) -> tuple[float, float]:
    """The value's own interval, else Wilson's where it is one count over another, else the value alone."""
    if value.low is not None and value.high is not None:
        return value.low, value.high
    parts = _QUOTIENT.fullmatch(metric.formula or "")
    counts = [values.get(part) for part in parts.groups()] if parts and metric.unit is Unit.ratio else []
    match counts:
        case [Estimate(value=part), Estimate(value=whole)] if 0 <= part <= whole and whole >= 1:
            if abs(part / whole - value.value) < 1e-6:
                return wilson(part, whole, LEVEL)
    return value.value, value.value


def _finding(scene: Scene, metric: Metric, benchmark: Benchmark, value: float, element: str) -> Finding:
    return RULE.finding(
        element,
        T(
            "{metric}: yours is {value} against {benchmark} ({source}, {year}).",
            metric=metric.name,
            value=scene.index.quantity(metric.id, value),
            benchmark=scene.index.quantity(metric.id, benchmark.value),
            source=verbatim(benchmark.source),
            year=str(benchmark.year),
        ),
        T("Make sure that both mean the same; then look at what comes just before: public, offer, page."),
        related=(metric.id,),
        money=scene.index.money_behind(element),
        value=value,
        benchmark=float(benchmark.value),
    )
