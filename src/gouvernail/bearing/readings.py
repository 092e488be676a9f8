"""KPIs with their context: against target, the last period, a year before, a benchmark, and in money (S3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.base.units import Unit
from gouvernail.bearing.measures import Measures, named_metrics
from gouvernail.bearing.model import MetricReading
from gouvernail.checks.index import Index
from gouvernail.metrics.metric import Metric
from gouvernail.plan.model import Cadence, Objective

SERIES_MONTHS = 24
SPANS: Mapping[Cadence, Grain] = {
    Cadence.daily: Grain.day,
    Cadence.weekly: Grain.week,
    Cadence.monthly: Grain.month,
    Cadence.quarterly: Grain.quarter,
    Cadence.yearly: Grain.year,
}
"""Span over which a target counts → the period whose sum it can stand beside."""
ROOTS = ("revenue", "new_customer_revenue", "gross_margin", "marketing_sourced_revenue", "pipeline_value")
"""Business metrics in whose money others are told, the first that the driver tree holds."""
DAYS_A_YEAR = 365.2425
PERIODS_A_YEAR: Mapping[Grain | None, float] = {Grain.month: 12.0, Grain.quarter: 4.0, Grain.year: 1.0}


@dataclass(frozen=True)
class Readings:
    """The metrics of one plan and period, each with its context."""

    measures: Measures

    def all(self) -> tuple[MetricReading, ...]:
        """Return the metrics that the plan names, then those of the catalogue that have data."""
        named = [id for id in named_metrics(self.measures.plan) if id in self.measures.metrics]
        others = [
            id
            for id in self.measures.metrics
            if id not in named
            and not _only_helps(self.measures.metrics[id])
            and isinstance(self.measures.value(id, self.measures.period), Estimate)
        ]
        return tuple(self.reading(self.measures.metrics[id]) for id in (*named, *others))

    def reading(self, metric: Metric) -> MetricReading:
        """Return one metric with its context."""
        measures, period = self.measures, self.measures.period
        value = measures.value(metric.id, period)
        objective = self.objectives.get(metric.id)
        benchmark = self.index.benchmark(metric.id)
        worth, step = self._worth(metric, value)
        return MetricReading(
            id=metric.id,
            name=metric.name,
            meaning=metric.meaning,
            unit=metric.unit,
            better=metric.better,
            family=metric.family,
            readers=tuple(str(reader) for reader in metric.readers),
            vanity=metric.vanity and not self._serves_business(metric.id),
            value=value,
            previous=measures.value(metric.id, period.previous()),
            year_before=measures.value(metric.id, period.year_before()),
            target=self._target(metric, objective),
            objective=objective.id if objective else None,
            benchmark=benchmark.value if benchmark else None,
            benchmark_source=f"{benchmark.source}, {benchmark.year}" if benchmark else None,
            worth=worth,
            worth_step=step,
            worth_root=self.root if worth else None,
            series=measures.series(metric.id, _months_to(period, SERIES_MONTHS)),
            named=metric.id in self.named,
        )

    def _target(self, metric: Metric, objective: Objective | None) -> Decimal | None:
        """Return the target where it is one of this period: a year's sum says nothing beside a month's."""
        if objective is None or (
            metric.additive and SPANS.get(objective.window) is not self.measures.period.grain
        ):
            return None
        return objective.target

    @cached_property
    def named(self) -> frozenset[str]:
        """The metrics that the plan speaks of, those of its benchmarks among them."""
        plan = self.measures.plan
        return frozenset(named_metrics(plan)) | {one.metric for one in plan.benchmarks}

    @cached_property
    def objectives(self) -> Mapping[str, Objective]:
        """Metric → the first objective on it that has a target."""
        found: dict[str, Objective] = {}
        for objective in self.measures.plan.objectives:
            if objective.metric and objective.target is not None:
                found.setdefault(objective.metric, objective)
        return found

    @cached_property
    def index(self) -> Index:
        """The plan's look-ups: its benchmarks, and ours where it has none, as far as they speak of the company."""
        return Index(self.measures.plan)

    @cached_property
    def root(self) -> str | None:
        """The business metric in whose money others are told."""
        return next((id for id in ROOTS if id in self.measures.tree.nodes), None)

    @cached_property
    def slopes(self) -> Mapping[str, float]:
        """Metric → yearly money of the root for one unit more of it, all else equal."""
        if self.root is None:
            return {}
        return self.measures.tree.gradient(self.root, self.measures.yearly) or {}

    def _worth(self, metric: Metric, value: Outcome) -> tuple[Money | None, float | None]:
        slope = self.slopes.get(metric.id)
        if slope is None or metric.id == self.root or not isinstance(value, Estimate):
            return None, None
        step = worth_step(metric.unit, value.value)
        # The value shown is of one period: a sum that grows by the step does so in each period of the year.
        times = periods_a_year(self.measures.period) if metric.additive else 1.0
        amount = Decimal(str(round(slope * step * times, 2)))
        return Money(amount, self.measures.plan.organisation.currency), step

    def _serves_business(self, id: str) -> bool:
        """Whether the driver tree leads from this metric to one that management counts in."""
        return any(
            metric.family == "business" and root != id and bool(self.measures.tree.paths(id, root))
            for root in self.measures.tree.nodes
            if (metric := self.measures.metrics.get(root)) is not None
        )


def _only_helps(metric: Metric) -> bool:
    """Whether a metric has a value whatever was imported: the length of the period tells nobody anything."""
    return metric.measure is not None and metric.measure.how == "months"


def periods_a_year(period: Period) -> float:
    """Return how often a period comes round in a year: 12 for a month, 4 for a quarter."""
    if period.grain in PERIODS_A_YEAR:
        return PERIODS_A_YEAR[period.grain]
    return DAYS_A_YEAR / period.days


def worth_step(unit: Unit, value: float) -> float:
    """Return the step by which a metric is translated into money: one a reader can picture.

    Ratios move by a point (0.1 point below 5 %), everything else by a tenth of its value, rounded to one digit.
    """
    if unit is Unit.ratio:
        return 0.01 if abs(value) >= 0.05 else 0.001
    tenth = abs(value) / 10
    return float(f"{tenth:.0e}") if tenth else 1.0


def _months_to(period: Period, count: int) -> Period:
    last = bucket(period.end, Grain.month)
    return Period(last.back(count - 1).start, last.end)
