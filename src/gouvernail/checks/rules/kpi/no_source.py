"""Metric with no source.

## What it finds
An objective whose metric, or KPI, no data source of the plan brings, directly or through its formula.

## Why it matters
S3: a figure that nobody can trace convinces nobody. A target on a metric without data is never known to be reached.

## Example
`{id: nps, metric: nps}` and no source that lists `nps`.

## How to put it right
List the metric under `metrics` of the source that brings it, or choose one that you can measure.

## Parameters
None.

## When it stays silent
While some source of the plan lists no metrics, or none is written: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import names, parse
from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="KPI02",
    family="KPI",
    title=T("Metric without source"),
    severity=Severity.advice,
    layer=Layer.objectives,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    silent = [source.name for source in scene.plan.sources if not source.metrics]
    if silent or not scene.plan.sources:
        yield RULE.not_checked(T("The plan’s sources do not say which metrics they bring."))
        return
    sourced = {metric for source in scene.plan.sources for metric in source.metrics}
    sourced |= {own.id for own in scene.plan.metrics if own.source}
    for objective in scene.plan.objectives:
        lacking = [id for id in _followed(objective) if not _brought(scene, id, sourced)]
        if lacking:
            yield RULE.finding(
                objective.id,
                T(
                    "No source brings {metrics}, on which “{name}” is judged.",
                    metrics=[scene.index.metric_name(id) for id in lacking],
                    name=objective.name,
                ),
                T("Name the source that brings it, or choose a metric that you can measure."),
            )


def _followed(objective: Objective) -> tuple[str, ...]:
    return ((objective.metric,) if objective.metric else ()) + objective.kpis


def _brought(scene: Scene, metric: str, sourced: set[str]) -> bool:
    """Whether a source brings the metric, or everything that its formula needs."""
    seen: set[str] = set()
    waiting = [metric]
    while waiting:
        id = waiting.pop()
        parts = () if id in sourced else _parts(scene, id)
        if id not in sourced and not parts:
            return False
        waiting += [part for part in parts if part not in seen]
        seen.update(parts)
    return True


def _parts(scene: Scene, metric: str) -> tuple[str, ...]:
    known = scene.index.metrics.get(metric)
    if known and known.formula:
        try:
            return names(parse(known.formula))
        except FormulaError:
            return ()
    return ()
