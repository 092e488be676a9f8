"""Metric or channel that does not exist.

## What it finds
A metric id that neither the catalogue nor the plan defines, or a channel id that the catalogue does not know.

## Why it matters
What is not known cannot be measured or judged: the element silently escapes the rules on KPIs and audiences.

## Example
`kpis: [lead]` where the metric is called `leads`.

## How to put it right
Correct the id (`gouvernail metrics` lists them), or define the metric under `metrics`.

## Parameters
None.

## When it stays silent
For empty fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import names, parse
from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.suggestions import Suggestions
from gouvernail.plan.model import Plan

RULE = Rule(
    code="REF03",
    family="REF",
    title=T("Unknown metric or channel"),
    severity=Severity.warning,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    metrics, known = Suggestions(scene.index.metrics), scene.index.channels
    for id, field, metric in _metrics(scene.plan):
        if metric not in scene.index.metrics:
            yield _finding(scene, id, field, metric, metrics.near(metric))
    ids = Suggestions(known)
    for id, field, channel in _channels(scene.plan):
        if channel not in known:
            yield _finding(scene, id, field, channel, ids.near(channel))


def _finding(scene: Scene, id: str, field: str, word: str, near: str | None) -> Finding:
    return RULE.finding(
        id,
        T(
            "“{name}” names “{word}” under “{field}”; nothing of that name is known.",
            name=scene.index.name(id),
            word=word,
            field=field,
        ),
        T("Did you mean “{near}”?", near=near)
        if near
        else T("“gouvernail metrics” and “gouvernail channels” list what is known."),
        related=(field, word),
    )


def _metrics(plan: Plan) -> Iterator[tuple[str, str, str]]:
    for objective in plan.objectives:
        if objective.metric:
            yield objective.id, "metric", objective.metric
        yield from ((objective.id, "kpis", kpi) for kpi in objective.kpis)
    for action in plan.actions:
        yield from ((action.id, "kpis", kpi) for kpi in action.kpis)
    for driver in plan.drivers:
        yield driver.id, "metric", driver.metric
        try:
            yield from ((driver.id, "formula", name) for name in names(parse(driver.formula)))
        except FormulaError:
            continue
    for source in plan.sources:
        yield from ((source.id, "metrics", metric) for metric in source.metrics)


def _channels(plan: Plan) -> Iterator[tuple[str, str, str]]:
    for action in plan.actions:
        if action.channel:
            yield action.id, "channel", action.channel
    for persona in plan.personas:
        yield from ((persona.id, "channels", channel) for channel in persona.channels)
    for stage in plan.journey:
        yield from ((stage.id, "touchpoints", channel) for channel in stage.touchpoints)
