"""Main KPI without benchmark.

## What it finds
A rate, a score or a cost per result on which an objective is set, with no benchmark to compare it with: neither one of the plan's own nor one that comes with the program and fits industry, country and currency. One finding for a metric, however many objectives stand on it.

## Why it matters
S3: “lean on benchmarks and market studies”; nothing carries a proposal better than showing what the competitors reach. Without a comparison nobody can tell whether 2 % is a feat or a failure.

## Example
`{id: o, metric: lead_to_customer_rate, target: 0.08}` and no benchmark on that rate.
Instead: `benchmarks: [{id: b, metric: lead_to_customer_rate, value: 0.06, source: Trade association, year: 2025}]`

## How to put it right
Add a benchmark with its source and year: your trade association, a study, a competitor's annual report, or your own earlier figure in another market.

## Parameters
None.

## When it stays silent
For counts and amounts (a company's revenue or average order has no benchmark) and for the plan's own metrics, which only the company knows. Where the benchmark shows a gap, PER06 speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.base.units import Direction, Unit
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="KPI05",
    family="KPI",
    title=T("Main KPI without benchmark"),
    severity=Severity.advice,
    layer=Layer.objectives,
    confidence=0.7,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    on: dict[str, list[str]] = {}
    for objective in scene.plan.objectives:
        if objective.metric:
            on.setdefault(objective.metric, []).append(objective.id)
    given = {one.metric for one in scene.plan.benchmarks}
    for metric, objectives in on.items():
        if metric not in given and _comparable(scene, metric) and scene.index.benchmark(metric) is None:
            yield RULE.finding(
                objectives[0],
                T(
                    "“{name}” is set on “{metric}”, and no benchmark says what others reach.",
                    name=scene.index.name(objectives[0]),
                    metric=scene.index.metric_name(metric),
                ),
                T("Add a benchmark with its source and year: a trade association, a study, a competitor."),
                metric=metric,
                objectives=tuple(objectives),
            )


def _comparable(scene: Scene, metric: str) -> bool:
    """Whether companies of different size may compare it: a rate, a score, a cost per result."""
    known = scene.index.metrics.get(metric)
    if known is None or known.family == "plan":
        return False
    cost = known.unit is Unit.money and not known.additive and known.better is Direction.down
    return cost or known.unit in (Unit.ratio, Unit.multiple, Unit.score)
