"""Judged on vanity metrics only.

## What it finds
An action whose KPIs, or an objective whose metric and KPIs, are all vanity metrics: likes, followers, impressions … with no path in the driver tree to a business metric.

## Why it matters
S0: likes and shares “lose all their meaning” when they are not tied to a business objective. S3: management hears noise. The money behind such an action is weak.

## Example
`{id: reels, kpis: [followers, likes]}`
Instead: `kpis: [visit_to_lead_rate, leads]`

## How to put it right
Judge it on a metric that leads to business, or write the driver that ties this one to it.

## Parameters
None.

## When it stays silent
With one KPI that is no vanity metric, with a driver path to a business metric, and without any KPI (ACT02, OBJ02).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="KPI01",
    family="KPI",
    title=T("Judged on vanity metrics only"),
    severity=Severity.blocking,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        yield from _judged(scene, action.id, action.name, action.kpis, action.budget)
    for objective in scene.plan.objectives:
        kpis = ((objective.metric,) if objective.metric else ()) + objective.kpis
        yield from _judged(scene, objective.id, objective.name, kpis, objective.budget)


def _judged(
    scene: Scene, id: str, name: str, kpis: tuple[str, ...], budget: Decimal | None
) -> Iterator[Finding]:
    if kpis and all(scene.index.vain(kpi) for kpi in kpis):
        yield RULE.finding(
            id,
            T(
                "“{name}” is judged on {kpis} only: nothing ties it to a business result.",
                name=name,
                kpis=[scene.index.metric_name(kpi) for kpi in kpis],
            ),
            T(
                "Judge it on leads, conversion or revenue, or write the driver that ties these figures to them."
            ),
            money=scene.index.money(budget),
            kpis=kpis,
        )
