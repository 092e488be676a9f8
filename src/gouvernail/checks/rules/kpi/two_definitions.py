"""One name for two metrics.

## What it finds
Two metrics of the plan's own with the same title but different ids and not the same formula; or one of the plan's own that bears the name of a metric of the catalogue (in English or French) which the plan uses as well. Letter case, accents, hyphens and spaces do not tell names apart.

## Why it matters
S1: the words that teams use diverge, and a gap opens between design and execution. S0: metrics must be common. “Leads” that marketing counts as forms filled in and sales as calls worth making makes two reports of one month, and a meeting about which is right.

## Example
`metrics: [{id: leads_sales, title: Leads, team: sales}]` beside an objective of marketing on the catalogue's `leads`.
Instead: `title: Leads accepted by sales`

## How to put it right
Agree on one definition; or give each its own name.

## Parameters
None.

## When it stays silent
For a metric of the plan that has the *id* of one of the catalogue: it takes its place everywhere, so there is one definition. For two names with the same formula. Two formulas for one metric are refused when the plan is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import names, parse
from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import PlanMetric, Team

RULE = Rule(
    code="KPI07",
    family="KPI",
    title=T("One name, two definitions"),
    severity=Severity.warning,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    own = {metric.id for metric in scene.plan.metrics}
    first: dict[str, str] = {}
    for id in sorted(_used(scene) - own if own else ()):
        for language in ("en", "fr"):
            first.setdefault(_folded(scene.index.metric_name(id).render(language)), id)
    for metric in scene.plan.metrics:
        name = _folded(metric.title)
        other = first.setdefault(name, metric.id) if name else metric.id
        if other != metric.id and not _same(scene, metric, other):
            yield RULE.finding(
                metric.id,
                _sentence(scene, metric, other),
                T("Agree on one definition, or give each its own name."),
                related=(other,),
            )


def _sentence(scene: Scene, metric: PlanMetric, other: str) -> Text:
    teams = [_team(scene, id) for id in (other, metric.id)]
    if all(teams) and teams[0] != teams[1]:
        return T(
            "“{name}” means two things: “{one}” for {first}, “{two}” for {second}.",
            name=metric.name,
            one=other,
            two=metric.id,
            first=teams[0],
            second=teams[1],
        )
    return T("“{name}” means two things: “{one}” and “{two}”.", name=metric.name, one=other, two=metric.id)


def _team(scene: Scene, metric: str) -> str | None:
    own = scene.plan.get(metric)
    team = scene.plan.get(own.team) if isinstance(own, PlanMetric) and own.team else None
    return team.name if isinstance(team, Team) else None


def _used(scene: Scene) -> set[str]:
    """Metrics of the catalogue that objectives, actions, drivers or formulas of the plan name."""
    found = {objective.metric for objective in scene.plan.objectives if objective.metric}
    for kpis in [o.kpis for o in scene.plan.objectives] + [a.kpis for a in scene.index.actions]:
        found.update(kpis)
    for metric, formula in scene.index.formulas.items():
        found.update((metric, *names(formula)))
    return {id for id in found if id in scene.index.metrics}


def _same(scene: Scene, metric: PlanMetric, other: str) -> bool:
    known = scene.index.metrics[other]
    if not (metric.formula and known.formula):
        return False
    try:
        return parse(metric.formula) == parse(known.formula)
    except FormulaError:
        return False


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))
