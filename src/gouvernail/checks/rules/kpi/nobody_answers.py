"""KPI for which nobody answers.

## What it finds
A metric of the driver tree, or one of the plan's own, with nobody behind it at all: no owner or team of its own, no driver with an owner or team, no objective on it that has an owner, someone accountable or teams that share it, no action judged on it that has an owner, no source with an owner.

## Why it matters
S4: “assign the responsibility of each task and each KPI clearly to one member of the team”, so that results are followed closely. A stage of the funnel that belongs to nobody is where marketing and sales each point at the other.

## Example
`drivers: [{id: d, metric: won_deals, formula: leads * lead_to_customer_rate}]`, and no objective on won deals.
Instead: `{id: d, metric: won_deals, formula: leads * lead_to_customer_rate, team: sales}`

## How to put it right
Give the driver or the metric its `team`, or an `owner`.

## Parameters
None.

## When it stays silent
For metrics that only an objective or action without owner names (OBJ08, ACT05 speak), in a plan that writes down nobody yet, and where one person does everything.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.people import alone, answered
from gouvernail.checks.rule import Rule, Scene

RULE = Rule(
    code="KPI06",
    family="KPI",
    title=T("KPI for which nobody answers"),
    severity=Severity.advice,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    plan = scene.plan
    if alone(plan) or not (plan.people or plan.teams):
        return
    held, named = _held(scene), _named(scene)
    said: set[str] = set()
    for id, metric in [(d.id, d.metric) for d in plan.drivers] + [(own.id, own.id) for own in plan.metrics]:
        if metric not in held | named | said:
            said.add(metric)
            yield RULE.finding(
                id,
                T(
                    "Nobody answers for “{metric}”: no team, no person, no objective.",
                    metric=scene.index.metric_name(metric),
                ),
                T("Give it its “team” or its “owner”."),
                metric=metric,
            )


def _held(scene: Scene) -> set[str]:
    """Metrics that a team or a person has taken on."""
    plan, owned = scene.plan, answered(scene.plan)
    found = {driver.metric for driver in plan.drivers if driver.team or driver.id in owned}
    found |= {own.id for own in plan.metrics if own.team or own.id in owned}
    for source in plan.sources:
        found.update(source.metrics if source.owner else ())
    return found


def _named(scene: Scene) -> set[str]:
    """Metrics of objectives and actions: held by their owners, and where there is none another rule says so."""
    found = {objective.metric for objective in scene.plan.objectives if objective.metric}
    for kpis in [o.kpis for o in scene.plan.objectives] + [a.kpis for a in scene.index.actions]:
        found.update(kpis)
    return found
