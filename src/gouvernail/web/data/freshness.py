"""How fresh each source is against the cadence that the plan gives it, and what the plan counts on without having it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail.base.ids import source_name
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import TN, T, Text
from gouvernail.bearing.model import Bearing
from gouvernail.checks.cadences import often
from gouvernail.plan.model import Plan
from gouvernail.web.bearings.lakes import LakeFacts


@dataclass(frozen=True)
class Freshness:
    """One source: when it last told something, how often it should, and what to make of it."""

    name: str
    element: str
    """Id of the source in the plan, empty for one that the plan does not know."""
    last: date | None
    cadence: Text | None
    tone: str
    icon: str
    words: Text


@dataclass(frozen=True)
class Lack:
    """A metric that the plan names and that no import tells."""

    metric: str
    name: Text
    reason: Text
    source: str
    """The source that the plan says brings it, empty where it says none."""


def freshness(plan: Plan, data: LakeFacts, today: date) -> tuple[Freshness, ...]:
    """Return the plan's sources in its order, then those that only the data know."""
    known = [_of_plan(one, data, today) for one in plan.sources]
    told = {one.source for one in plan.sources}
    others = [
        Freshness(
            source_name(id), "", last, None, "info", "info-circle", T("not among the sources of the plan")
        )
        for id, last in sorted(data.last_by_source.items())
        if id not in told
    ]
    return (*known, *others)


def _of_plan(one: object, data: LakeFacts, today: date) -> Freshness:
    from gouvernail.plan.model import DataSource

    assert isinstance(one, DataSource)  # noqa: S101
    last = data.last_by_source.get(one.source or "")
    cadence = often(one.refreshed) if one.refreshed else None
    name = one.title or one.name or one.id
    if last is None:
        return Freshness(name, one.id, None, cadence, "unknown", "circle-dashed", T("nothing imported yet"))
    age = (today - last).days
    if one.refreshed is None:
        return Freshness(
            name, one.id, last, None, "unknown", "circle-dashed", T("the plan gives it no cadence")
        )
    late = age - one.refreshed.days
    if late > 0:
        words = TN("{n} day late", "{n} days late", n=late)
        return Freshness(name, one.id, last, cadence, "warn", "clock", words)
    return Freshness(name, one.id, last, cadence, "good", "circle-check", T("up to date"))


def lacks(plan: Plan, bearing: Bearing) -> tuple[Lack, ...]:
    """Return the metrics that the plan names and the data cannot tell."""
    by_metric = {metric: one.title or one.id for one in plan.sources for metric in one.metrics}
    return tuple(
        Lack(metric.id, metric.name, metric.value.reason, by_metric.get(metric.id, ""))
        for metric in bearing.metrics
        if metric.named and isinstance(metric.value, Refusal) and metric.value.code == "no_data"
    )
