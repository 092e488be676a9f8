"""What the facts say, ready for the bearing: values over periods and trailing windows, the driver tree.

`Measures` asks each question of the lake once; everything above it only arranges answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from gouvernail.base.formula import Node, evaluate, names, parse, show
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, bucket, last_whole
from gouvernail.base.text import T
from gouvernail.bearing.own_metrics import metrics_of
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.drivers import Tree
from gouvernail.metrics.facts import Facts
from gouvernail.metrics.metric import Metric
from gouvernail.plan.formulas import parse_drivers
from gouvernail.plan.model import Cadence, Plan
from gouvernail.warehouse.engine import Engine, engine_of
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.records import Coverage

WINDOWS: Mapping[Cadence, tuple[Grain, int]] = {
    Cadence.daily: (Grain.day, 1),
    Cadence.weekly: (Grain.week, 1),
    Cadence.monthly: (Grain.month, 1),
    Cadence.quarterly: (Grain.month, 3),
    Cadence.half_yearly: (Grain.month, 6),
    Cadence.yearly: (Grain.month, 12),
}
"""Span over which an objective's target counts → bucket and how many of them trail."""
MONTHS = 60
"""How many months back the facts are asked at once: three years of history, and a year that rolls before it."""
NO_FACTS = T("Nothing was imported yet: put your exports in exports/ and run “gouvernail import exports/*”.")
Course = tuple[tuple[Period, float | None], ...]


@dataclass(frozen=True)
class Measures:
    """The facts of one plan for one period. `lake` is None where nothing was ever imported."""

    plan: Plan
    lake: Lake | None
    period: Period

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """Every metric, the plan's own included."""
        return metrics_of(self.plan)

    @cached_property
    def engine(self) -> Engine | None:
        """The engine over the pinned lake."""
        return engine_of(self.lake) if self.lake else None

    @cached_property
    def facts(self) -> Facts | None:
        """Values of metrics; None without a lake."""
        organisation = self.plan.organisation
        if self.engine is None:
            return None
        facts = Facts(self.engine, self.metrics, organisation.currency, self.rates, self.of_record)
        # Facts answer a month from a series that holds it: make the long one known before any month is asked.
        facts.series("period_months", self.months, Grain.month)
        return facts

    @property
    def rates(self) -> list[tuple[str, date, Decimal]]:
        """Dated exchange rates of the plan."""
        return [(one.currency, one.day, one.rate) for one in self.plan.organisation.exchange_rates]

    @cached_property
    def of_record(self) -> dict[str, str]:
        """What the plan declares to be the one source that counts for revenue or leads."""
        declared = [source for source in self.plan.sources if source.of_record and source.source]
        chosen: dict[str, str] = {}
        for source in declared:
            for subject in ("revenue", "leads"):
                if not source.metrics or subject in source.metrics:
                    chosen.setdefault(subject, str(source.source))
        return chosen

    @cached_property
    def tree(self) -> Tree:
        """The driver tree of the plan; formulas with faults are left out (the plan check tells them)."""
        nodes, _ = parse_drivers(self.plan, METRICS)
        return Tree({metric: show(node) for metric, node in nodes.items()})

    def value(self, metric: str, period: Period) -> Outcome:
        """Return a metric over a period, or why it cannot be told."""
        if metric not in self.metrics:
            return Refusal("unknown_metric", T("There is no metric “{id}”.", id=metric))
        if self.facts is None:
            return Refusal("no_data", NO_FACTS)
        return self.facts.value(metric, period)

    def series(self, metric: str, period: Period, grain: Grain = Grain.month) -> Course:
        """Return a metric by bucket; None where a bucket cannot be told, and after the period's end."""
        buckets = tuple(period.buckets(grain))
        if self.facts is None or metric not in self.metrics:
            return tuple((each, None) for each in buckets)
        asked = self._asked(buckets, grain)
        found = {each: _number(outcome) for each, outcome in self.facts.series(metric, asked, grain)}
        return tuple((each, found.get(each)) for each in buckets)

    def _asked(self, buckets: tuple[Period, ...], grain: Grain) -> Period:
        """The window that answers for these buckets: one for all months, so that each table is asked once."""
        if grain is Grain.month and buckets[0].start >= self.months.start:
            return self.months
        end = max(min(buckets[-1].end, bucket(self.period.end, grain).end), buckets[0].end)
        return Period(buckets[0].start, end)

    @cached_property
    def months(self) -> Period:
        """The months that any series of the bearing may look back on, up to the period's last."""
        last = bucket(self.period.end, Grain.month)
        return Period(last.back(MONTHS - 1).start, last.end)

    def trailing(self, metric: str, window: Cadence, end: date) -> Outcome:
        """Return the metric over the window that ends with the last whole bucket up to `end`."""
        grain, width = WINDOWS[window]
        last = last_whole(end, grain)
        return self.value(metric, Period(last.back(width - 1).start, last.end))

    def rolling(self, metric: str, window: Cadence, period: Period) -> Course:
        """Return, for each bucket of the period, the metric over the window that ends with it.

        Sums of additive metrics roll; a formula is worked out from the rolling values of its parts; any
        other metric is told for single buckets only (a window of one). Buckets after the facts are None.
        """
        grain, width = WINDOWS[window]
        buckets = tuple(period.buckets(grain))
        whole = Period(buckets[0].back(width - 1).start, buckets[-1].end)
        values = self._rolled(metric, whole, grain, width, ())
        return tuple(zip(buckets, values[-len(buckets) :], strict=True))

    def _rolled(
        self, id: str, whole: Period, grain: Grain, width: int, above: tuple[str, ...]
    ) -> list[float | None]:
        metric = self.metrics.get(id)
        if metric is None or id in above:
            return [None for _ in whole.buckets(grain)]
        if width == 1 or metric.additive:
            return _sums([value for _, value in self.series(id, whole, grain)], width)
        node = self.formula(metric)
        if node is None:
            return [None for _ in whole.buckets(grain)]
        parts = {name: self._rolled(name, whole, grain, width, (*above, id)) for name in names(node)}
        count = len(next(iter(parts.values()), []))
        return [evaluate(node, {name: part[i] for name, part in parts.items()}.get) for i in range(count)]

    def formula(self, metric: Metric) -> Node | None:
        """Return how a metric is made of others: by its own formula, else by the plan's drivers; None where it is not."""
        return parse(metric.formula) if metric.formula else self.tree.nodes.get(metric.id)

    @cached_property
    def yearly(self) -> Mapping[str, float]:
        """Metric → value over the year that ends with the period, for every metric of the driver tree."""
        wanted = dict.fromkeys((*self.tree.leaves, *self.tree.nodes))
        year = Period(self.period.end - timedelta(days=364), self.period.end)
        if (month := bucket(self.period.end, Grain.month)).end == self.period.end:
            year = Period(month.back(11).start, month.end)
        found = {id: self.value(id, year) for id in wanted}
        return {id: outcome.value for id, outcome in found.items() if isinstance(outcome, Estimate)}

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """What the lake holds, per source, account and table."""
        from gouvernail.warehouse.coverage import coverage_of

        return coverage_of(self.days)

    @cached_property
    def days(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Table → its rows and sums by source, account, days, cut and currency (`warehouse.coverage.by_day`)."""
        from gouvernail.warehouse.coverage import days_of

        return days_of(self.engine) if self.engine else {}

    @cached_property
    def last_day(self) -> Mapping[str, date]:
        """Source → last day with data."""
        found: dict[str, date] = {}
        for one in self.coverage:
            if one.last:
                found[one.source] = max(one.last, found.get(one.source, one.last))
        return found


def _sums(values: list[float | None], width: int) -> list[float | None]:
    """Return the sum of the last `width` values at each place; None where one of them is missing."""
    rolled: list[float | None] = []
    for i in range(len(values)):
        window = values[max(0, i - width + 1) : i + 1]
        known = [value for value in window if value is not None]
        rolled.append(sum(known) if len(known) == width else None)
    return rolled


def _number(outcome: Outcome) -> float | None:
    return outcome.value if isinstance(outcome, Estimate) else None


def named_metrics(plan: Plan) -> Iterable[str]:
    """Return the metrics that the plan speaks of: of objectives, actions, drivers, sources, each once."""
    found: dict[str, None] = {}
    for objective in plan.objectives:
        for id in (objective.metric, *objective.kpis):
            if id:
                found[id] = None
    for action in plan.actions:
        found.update(dict.fromkeys(action.kpis))
    for driver in plan.drivers:
        found[driver.metric] = None
    found.update((own.id, None) for own in plan.metrics)
    return found
