"""Objectives with the seven SMARTER letters as fields (S4), and the driver tree that ties metrics (S1, S3)."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from gouvernail.plan.model.common import (
    Cadence,
    Day,
    Element,
    Figure,
    Layer,
    MetricId,
    MetricIds,
    Positive,
    Record,
    Ref,
    Refs,
)


class Level(StrEnum):
    """Whose language an objective speaks."""

    business = "business"
    marketing = "marketing"
    digital = "digital"


class Scope(Record):
    """*Specific*: the part of the business the objective is about."""

    market: str = ""
    segments: Refs = ()
    products: Refs = ()

    @property
    def empty(self) -> bool:
        return not (self.market or self.segments or self.products)


class Objective(Element):
    """A result to reach by a date, on a metric. Horizon a quarter to a year (S2)."""

    kind: ClassVar[str] = "objective"
    layer: ClassVar[Layer | None] = Layer.objectives
    level: Level | None = None
    scope: Scope = Scope()
    """S, specific: market, segments, products."""
    metric: MetricId | None = None
    """M, measurable: the KPI."""
    baseline: Figure | None = None
    """M: the metric's value at the start, over the period given by `window`."""
    target: Figure | None = None
    """M: the value to reach. Ratios are fractions: 0.25 for 25 %."""
    window: Cadence = Cadence.yearly
    """The span over which baseline and target count (a yearly revenue, a monthly rate)."""
    attainable: str = ""
    """A, attainable: why history and capacity allow it."""
    start: Day | None = None
    """T, time-bound: first day."""
    due: Day | None = None
    """T, time-bound: last day."""
    evaluated: Cadence | None = None
    """E, evaluated: how often the numbers are looked at."""
    reviewed: Cadence | None = None
    """R, reviewed: how often the objective itself is questioned."""
    kpis: MetricIds = ()
    """Further metrics followed beside the main one."""
    shared_with: Refs = ()
    """Teams that carry this objective together (e.g. marketing and sales)."""
    budget: Positive | None = None
    """Money set aside for it, where no action or envelope says so."""


class Driver(Element):
    """One node of the driver tree: how a metric is made of others, e.g. `won_deals * average_deal_value`."""

    kind: ClassVar[str] = "driver"
    layer: ClassVar[Layer | None] = None
    metric: MetricId
    """The metric that the formula makes."""
    formula: str
    """Metric ids, numbers, + - * / and parentheses."""
    team: Ref | None = None
