"""What a plan holds, by name: its publics, metrics, drivers, channels and benchmarks, with ours beside its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from gouvernail.base.channels import Channel
from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import Node, names, parse
from gouvernail.base.ids import source_name
from gouvernail.base.money import Money
from gouvernail.base.text import Text, verbatim
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.metrics.benchmarks import Benchmark, nearest, shipped
from gouvernail.metrics.metric import Metric
from gouvernail.plan.model import (
    Function,
    Level,
    Objective,
    OwnChannel,
    Persona,
    Plan,
    PlanMetric,
    Segment,
)


class Lookup:
    """Look-ups over one plan. Everything is linear in the plan's size and computed on first use."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def business(self) -> tuple[Objective, ...]:
        """The business objectives."""
        return tuple(o for o in self.plan.objectives if o.level is Level.business)

    def teams(self, function: Function) -> tuple[str, ...]:
        """Return the ids of the teams of one function."""
        return tuple(team.id for team in self.plan.teams if team.function is function)

    def name(self, id: str) -> str:
        """Return how a sentence names the element `id`."""
        element = self.plan.get(id)
        return element.name if element else id

    def money(self, amount: Decimal | None) -> Money | None:
        """Return the amount in the organisation's currency, None for nothing."""
        return Money(amount, self.plan.organisation.currency) if amount else None

    @cached_property
    def segments(self) -> Mapping[str, Segment]:
        return {segment.id: segment for segment in self.plan.segments}

    @cached_property
    def personas(self) -> Mapping[str, Persona]:
        return {persona.id: persona for persona in self.plan.personas}

    @cached_property
    def personas_of(self) -> Mapping[str, tuple[Persona, ...]]:
        """Segment id → its personas."""
        found: dict[str, list[Persona]] = defaultdict(list)
        for persona in self.plan.personas:
            if persona.segment:
                found[persona.segment].append(persona)
        return {segment: tuple(personas) for segment, personas in found.items()}

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """The catalogue's metrics and the plan's own."""
        from gouvernail.metrics.catalogue import with_own

        return with_own(own_metric(own) for own in self.plan.metrics)

    def metric_name(self, id: str) -> Text:
        """Return the metric's name, or its id where it is unknown."""
        metric = self.metrics.get(id)
        return metric.name if metric else verbatim(id)

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return {one.source or one.id: one.title for one in self.plan.sources if one.title}

    def source_name(self, id: str) -> str:
        """Return the name of a source as the plan writes it, else a readable one."""
        return self._sources.get(id) or source_name(id)

    def quantity(self, metric: str, value: Decimal | float) -> Any:
        """Return `value` typed by the metric's unit, for a sentence to format."""
        known = self.metrics.get(metric)
        match known.unit if known else Unit.count:
            case Unit.money:
                return Money(_exact(value), self.plan.organisation.currency)
            case Unit.ratio:
                return Ratio(float(value))
            case Unit.multiple | Unit.score | Unit.position:
                return Number(float(value), 1)
            case _:
                return Number(float(value), 0 if float(value).is_integer() or abs(float(value)) >= 100 else 1)

    @cached_property
    def formulas(self) -> Mapping[str, Node]:
        """Metric → how it is made, by the plan's drivers and its own metrics; ill-formed formulas left out."""
        written = [(own.id, own.formula) for own in self.plan.metrics if own.formula]
        written += [(driver.metric, driver.formula) for driver in self.plan.drivers]
        found: dict[str, Node] = {}
        for metric, formula in written:
            try:
                found[metric] = parse(formula)
            except FormulaError:
                continue
        return found

    @cached_property
    def drives(self) -> Mapping[str, tuple[str, ...]]:
        """Metric → the metrics whose formula names it."""
        found: dict[str, list[str]] = defaultdict(list)
        for metric, formula in self.formulas.items():
            for part in names(formula):
                found[part].append(metric)
        return {part: tuple(wholes) for part, wholes in found.items()}

    @cached_property
    def baselines(self) -> Mapping[str, float]:
        """Metric → the baseline that the first objective on it states."""
        found: dict[str, float] = {}
        for objective in self.plan.objectives:
            if objective.metric and objective.baseline is not None:
                found.setdefault(objective.metric, float(objective.baseline))
        return found

    def driven_by(self, metric: str) -> frozenset[str]:
        """Return every metric that the driver tree puts above `metric`, without it."""
        if metric not in self._driven:
            seen: set[str] = set()
            waiting = list(self.drives.get(metric, ()))
            while waiting:
                whole = waiting.pop()
                if whole not in seen:
                    seen.add(whole)
                    waiting += self.drives.get(whole, ())
            self._driven[metric] = frozenset(seen)
        return self._driven[metric]

    @cached_property
    def _driven(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def business_metrics(self) -> frozenset[str]:
        """Metrics that speak management's language: the business family, and what business objectives aim at."""
        aimed = {objective.metric for objective in self.business if objective.metric}
        known = self.metrics
        return frozenset(
            {id for id in aimed if not (id in known and known[id].vanity)}
            | {id for id, metric in known.items() if metric.family == "business"}
        )

    @cached_property
    def channels(self) -> Mapping[str, Channel]:
        """The channel catalogue as this organisation knows it: its own entries over ours."""
        from gouvernail.base.channels import channels

        own = {one.id: _channel(one, channels().get(one.id)) for one in self.plan.channels}
        return {**channels(), **own}

    def benchmark(self, metric: str, channel: str | None = None) -> Benchmark | None:
        """Return the benchmark that fits the organisation best: its own first, then one of ours; None without."""
        organisation = self.plan.organisation
        return nearest(
            self.benchmarks,
            metric,
            channel=channel,
            industry=organisation.industry,
            region=organisation.country,
            currency=organisation.currency,
        )

    @cached_property
    def benchmarks(self) -> tuple[Benchmark, ...]:
        """Every benchmark known: the plan's own, then ours, whomever they are about."""
        own = (
            Benchmark(
                one.metric,
                one.value,
                one.source,
                one.year,
                one.industry,
                one.region,
                one.channel,
                None,
                one.url,
                True,
            )
            for one in self.plan.benchmarks
        )
        return (*own, *shipped())

    def vain(self, metric: str) -> bool:
        """Whether the metric says nothing by itself and no driver ties it to a business metric."""
        known = self.metrics.get(metric)
        return bool(known and known.vanity) and not self.driven_by(metric) & self.business_metrics


def _channel(own: OwnChannel, known: Channel | None) -> Channel:
    """The catalogue's channel with what the plan says over it; a channel of the plan's own where it is new."""
    base = known or Channel(
        own.id, verbatim(own.name), "both", (), "short", (), (), None, False, {}, "", None
    )
    ages = {(one.low, one.high): float(one.share) for one in own.ages}
    return replace(
        base,
        name=verbatim(own.title) if own.title else base.name,
        market=own.market.value if own.market else base.market,
        stages=tuple(stage.value for stage in own.stages) or base.stages,
        term=own.term.value if own.term else base.term,
        metrics=own.metrics or base.metrics,
        skills=own.skills or base.skills,
        mass=base.mass if own.mass is None else own.mass,
        ages=ages or base.ages,
        source=own.source if ages else base.source,
        year=own.year if ages else base.year,
        url="" if ages else base.url,
        unverified=frozenset() if ages else base.unverified,
        market_source="" if own.market else base.market_source,
        own=True,
    )


def _exact(value: Decimal | float) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(round(value, 2)))


def own_metric(metric: PlanMetric) -> Metric:
    """Return a metric of the plan as one of the catalogue, without the table that it may be made of."""
    return Metric(
        id=metric.id,
        name=verbatim(metric.name),
        meaning=verbatim(metric.text),
        unit=metric.unit,
        family="plan",
        better=metric.better,
        additive=metric.additive,
        formula=metric.formula,
    )
