"""Data older than the cadence.

## What it finds
A source whose last day with data is older than the cadence at which it should be refreshed; and a metric of an objective, or of the plan’s own, whose data are older than the cadence at which it is evaluated or followed.

## Why it matters
S4’s E of SMARTER, *evaluated*: whoever looks each week at figures of last month looks at nothing new. S2 asks for results followed “continuously: by week, month and/or quarter”.

## Example
“Leads” is evaluated weekly; its last data are of 3 August, 43 days ago.

## How to put it right
Import the source again, better by a schedule; or evaluate as often as data come, and say so.

## Parameters
`grace` (2): days beyond the cadence that are let pass; exports come the day after, and weekends lie between.

## When it stays silent
A metric whose source is told already. Metrics without any source are KPI02. Without any data: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Cadence, DataSource, Layer

RULE = Rule(
    code="KPI03",
    family="KPI",
    title=T("Data older than the cadence"),
    severity=Severity.warning,
    layer=Layer.objectives,
    measured=True,
    parameters=(Parameter("grace", 2.0, T("Days beyond the cadence that are let pass.")),),
)

_CADENCES: dict[Cadence, Text] = {
    Cadence.daily: T("daily"),
    Cadence.weekly: T("weekly"),
    Cadence.monthly: T("monthly"),
    Cadence.quarterly: T("quarterly"),
    Cadence.half_yearly: T("half-yearly"),
    Cadence.yearly: T("yearly"),
}


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    if evidence is None or not (evidence.last_day or evidence.metric_last_day):
        yield RULE.not_checked(T("No source has brought data yet."))
        return
    told: set[str] = set()
    for source in scene.plan.sources:
        last = evidence.last_day.get(source.source or source.id)
        if last and source.refreshed and _late(scene, last, source.refreshed):
            told |= _metrics(scene, source)
            yield _source(scene, source, source.refreshed, last)
    for metric, (cadence, element) in _followed(scene).items():
        last = evidence.metric_last_day.get(metric)
        if last and metric not in told and _late(scene, last, cadence):
            yield _metric(scene, metric, cadence, element, last)


def _late(scene: Scene, last: date, cadence: Cadence) -> bool:
    return (scene.today - last).days > cadence.days + float(scene.parameters["grace"])


def _metrics(scene: Scene, source: DataSource) -> set[str]:
    return {*source.metrics, *(own.id for own in scene.plan.metrics if own.source == source.id)}


def _followed(scene: Scene) -> dict[str, tuple[Cadence, str]]:
    """Metric → the tightest cadence at which it is looked at, and whose it is."""
    found: dict[str, tuple[Cadence, str]] = {}
    wanted = [(one.metric, one.evaluated, one.id) for one in scene.plan.objectives if one.metric]
    wanted += [(own.id, own.followed, own.id) for own in scene.plan.metrics]
    for metric, cadence, element in wanted:
        if cadence and (metric not in found or cadence.days < found[metric][0].days):
            found[metric] = (cadence, element)
    return found


def _source(scene: Scene, source: DataSource, cadence: Cadence, last: date) -> Finding:
    return RULE.finding(
        source.id,
        T(
            "“{name}” should be refreshed {cadence}; its last data are of {day}, {days} days ago.",
            name=source.name,
            cadence=_CADENCES[cadence],
            day=last,
            days=(scene.today - last).days,
        ),
        T("Import it again, better by a schedule."),
        days=(scene.today - last).days,
    )


def _metric(scene: Scene, metric: str, cadence: Cadence, element: str, last: date) -> Finding:
    return RULE.finding(
        element,
        T(
            "“{metric}” is looked at {cadence}; its last data are of {day}, {days} days ago.",
            metric=scene.index.metric_name(metric),
            cadence=_CADENCES[cadence],
            day=last,
            days=(scene.today - last).days,
        ),
        T("Import its source again, or look at it as often as data come."),
        related=(metric,) if metric != element else (),
        days=(scene.today - last).days,
    )
