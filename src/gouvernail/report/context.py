"""A KPI with its context (S3: never a raw number): against target, past and benchmark, and worth in money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Outcome, Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.model import Bearing, MetricReading, ObjectiveStatus
from gouvernail.report.values import change, distance, in_unit, verdict

_INNER = frozenset({"period_months"})
"""Metrics that stand in formulas and tell a reader nothing."""
_WORDS = {"better": T("better"), "worse": T("worse"), "same": T("unchanged")}
_TONES = {"better": ("good", "up"), "worse": ("bad", "down"), "same": ("unknown", "same")}


@dataclass(frozen=True)
class Comparison:
    """One comparison: `move` (the signed change), `words` (better or worse), `detail` (compared with what)."""

    tone: str
    icon: str
    move: Text | None
    words: Text
    detail: Text | None = None


@dataclass(frozen=True)
class Reading:
    """A KPI ready to show. A comparison is None where there is nothing to compare with."""

    metric: MetricReading
    value: Any
    refused: bool
    target: Comparison | None
    last: Comparison | None
    year: Comparison | None
    benchmark: Comparison | None
    worth: Text | None


def readings(bearing: Bearing) -> tuple[Reading, ...]:
    """Return the KPIs with their context, those that decide first: with a value, not vanity, aimed at, worth money.

    Left out are metrics that only serve formulas, and those without a value that the plan does not name.
    """
    names = {metric.id: metric.name for metric in bearing.metrics}
    shown = (
        metric for metric in bearing.metrics if metric.id not in _INNER and (metric.named or _known(metric))
    )
    return tuple(_reading(metric, bearing.currency, names) for metric in sorted(shown, key=_rank))


def aimed(reading: Reading) -> bool:
    """Return whether the plan speaks of this KPI: names it, aims at it, measures it or drives money by it."""
    metric = reading.metric
    spoken = (metric.objective, metric.target, metric.worth)
    return metric.named or any(part is not None for part in spoken)


def _known(metric: MetricReading) -> bool:
    return not isinstance(metric.value, Refusal)


def _rank(metric: MetricReading) -> tuple[bool, ...]:
    return (
        isinstance(metric.value, Refusal),
        metric.vanity,
        metric.objective is None and metric.target is None,
        metric.worth is None,
        metric.family != "business",
    )


def _reading(metric: MetricReading, currency: str, names: dict[str, Text]) -> Reading:
    if isinstance(metric.value, Refusal):
        return Reading(metric, metric.value.reason, True, None, None, None, None, None)
    value = metric.value.value
    return Reading(
        metric,
        in_unit(value, metric.unit, currency),
        False,
        _target(metric, value, currency),
        _past(metric.previous, metric, value, currency),
        _past(metric.year_before, metric, value, currency),
        _benchmark(metric, value, currency),
        _worth(metric, currency, names),
    )


def _target(metric: MetricReading, value: float, currency: str) -> Comparison | None:
    if metric.target is None:
        return None
    target = float(metric.target)
    aim = T("target: {target}", target=in_unit(target, metric.unit, currency))
    if verdict(value, target, metric.better, metric.unit) != "worse":
        return Comparison("good", "ok", None, T("reached"), aim)
    gap = distance(value, target, metric.unit, currency)
    words = T("{gap} short", gap=gap) if metric.better is Direction.up else T("{gap} too much", gap=gap)
    return Comparison("warn", "warn", None, words, aim)


def _past(before: Outcome, metric: MetricReading, value: float, currency: str) -> Comparison | None:
    if isinstance(before, Refusal):
        return None
    return _compare(metric, value, before.value, currency, T("was {value}"))


def _benchmark(metric: MetricReading, value: float, currency: str) -> Comparison | None:
    if metric.benchmark is None:
        return None
    compared = _compare(metric, value, float(metric.benchmark), currency, T("benchmark: {value}"))
    if not metric.benchmark_source:
        return compared
    detail = T(
        "your {value} against {benchmark}: {source}",
        value=in_unit(value, metric.unit, currency),
        benchmark=in_unit(metric.benchmark, metric.unit, currency),
        source=metric.benchmark_source,
    )
    return Comparison(compared.tone, compared.icon, compared.move, compared.words, detail)


def _compare(metric: MetricReading, value: float, other: float, currency: str, detail: Text) -> Comparison:
    judged = verdict(value, other, metric.better, metric.unit)
    tone, _ = _TONES[judged]
    icon = "same" if judged == "same" else ("up" if value > other else "down")
    move = None if judged == "same" else change(value, other, metric.unit, currency)
    said = Text(detail.template, {"value": in_unit(other, metric.unit, currency)})
    return Comparison(tone, icon, move, _WORDS[judged], said)


def _worth(metric: MetricReading, currency: str, names: dict[str, Text]) -> Text | None:
    if metric.worth is None or metric.worth_step is None:
        return None
    step = abs(metric.worth_step)
    size = (
        distance(step, 0, metric.unit, currency)
        if metric.unit is Unit.ratio
        else in_unit(step, metric.unit, currency)
    )
    root = names.get(metric.worth_root or "", metric.worth_root or "")
    template = (
        T("{step} more brings {money} a year ({root}), all else equal.")
        if metric.worth_step > 0
        else T("{step} less brings {money} a year ({root}), all else equal.")
    )
    return Text(template.template, {"step": size, "money": metric.worth, "root": root})


def progress_sentence(status: ObjectiveStatus, currency: str) -> Text:
    """Return how far an objective is, in its own unit, or what is missing to say it."""
    if isinstance(status.current, Refusal):
        return status.current.reason
    now = in_unit(status.current.value, status.unit, currency)
    if status.target is None:
        return T("Now: {now}; without a target, no way can be measured.", now=now)
    target = in_unit(status.target, status.unit, currency)
    if status.progress is None:
        return T("Now: {now}; target: {target}.", now=now, target=target)
    return T(
        "Now: {now}; start: {baseline}, target: {target}.",
        now=now,
        target=target,
        baseline=in_unit(status.baseline or 0, status.unit, currency),
    )
