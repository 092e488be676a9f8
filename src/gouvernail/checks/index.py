"""What several rules ask of a plan, worked out once: who serves whom, which actions live, how metrics relate."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from gouvernail.base.channels import Channel
from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import Node, names, parse
from gouvernail.base.ids import source_name
from gouvernail.base.money import CENT, Money
from gouvernail.base.text import Text, verbatim
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.metrics.benchmarks import Benchmark, nearest, shipped
from gouvernail.metrics.metric import Metric
from gouvernail.plan.model import (
    Action,
    Element,
    Function,
    Level,
    Objective,
    OwnChannel,
    Persona,
    Plan,
    PlanMetric,
    Segment,
    Status,
)

SHELVED = (Status.idea, Status.cancelled)


def lives(action: Action) -> bool:
    """Whether the action is part of the plan: neither an idea yet nor cancelled."""
    return action.status not in SHELVED


class Index:
    """Look-ups over one plan. Everything is linear in the plan's size and computed on first use."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def over(self, plan: Plan, section: str, id: str) -> Index:
        """Return the index of `plan`, which differs from this one's in one element of `section`, called `id`.

        What that element cannot have changed is taken over; the rest is worked out again where it is asked for.
        """
        made = Index(plan)
        old, new = self.plan.get(id), plan.get(id)
        for name, sections in _READS.items():
            if section not in sections:
                made.__dict__[name] = getattr(self, name)
        if old is None or new is None or _links(old) != _links(new):
            return made
        made.__dict__ |= {name: getattr(self, name) for name in _FROM_LINKS}
        if _money(old) == _money(new):
            made.__dict__ |= {name: getattr(self, name) for name in _FROM_MONEY}
        if old is not new:
            made.__dict__["children"] = _with_child(self.children, old, new)
        return made

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions that live (see `lives`)."""
        return tuple(action for action in self.plan.actions if lives(action))

    @cached_property
    def children(self) -> Mapping[str, tuple[Element, ...]]:
        """Element id → the elements that serve it directly; actions on the shelf left out."""
        found: dict[str, dict[str, Element]] = defaultdict(dict)
        for element in self.plan.elements():
            if isinstance(element, Action) and not lives(element):
                continue
            for link in element.serves:
                found[link.id][element.id] = element
        return {id: tuple(below.values()) for id, below in found.items()}

    def parents(self, element: Element) -> tuple[Element, ...]:
        """Return the existing elements that `element` serves directly, each once."""
        found = (self.plan.get(id) for id in dict.fromkeys(link.id for link in element.serves))
        return tuple(parent for parent in found if parent is not None)

    def above(self, starts: Iterable[str]) -> frozenset[str]:
        """Return `starts` and every id they serve, directly or not."""
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                element = self.plan.get(id)
                waiting += [link.id for link in element.serves] if element else []
        return frozenset(seen)

    def below(self, starts: Iterable[str]) -> frozenset[str]:
        """Return `starts` and every id that serves them, directly or not."""
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                waiting += [child.id for child in self.children.get(id, ())]
        return frozenset(seen)

    @cached_property
    def business(self) -> tuple[Objective, ...]:
        """The business objectives."""
        return tuple(o for o in self.plan.objectives if o.level is Level.business)

    @cached_property
    def serving_business(self) -> frozenset[str]:
        """Business objectives and everything that reaches one."""
        return self.below(objective.id for objective in self.business)

    @cached_property
    def serving_objectives(self) -> frozenset[str]:
        """Objectives and everything that reaches one."""
        return self.below(objective.id for objective in self.plan.objectives)

    @cached_property
    def with_action(self) -> frozenset[str]:
        """Everything that some living action serves, directly or not."""
        return self.above(action.id for action in self.actions)

    @cached_property
    def with_money(self) -> frozenset[str]:
        """Everything under which some money is planned: a budget of an action or objective, an envelope."""
        paid = [action.id for action in self.actions if action.budget or action.envelope]
        paid += [objective.id for objective in self.plan.objectives if objective.budget]
        paid += [envelope.id for envelope in self.plan.envelopes if envelope.amount]
        return self.above(paid)

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
        from gouvernail.metrics.catalogue import METRICS

        return {**METRICS, **{own.id: _own(own) for own in self.plan.metrics}}

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

    def money_behind(self, id: str) -> Money | None:
        """Return the planned money that climbs to the element `id` (an action's own budget), None for nothing."""
        return self.money(self._behind.get(id))

    @cached_property
    def _behind(self) -> Mapping[str, Decimal]:
        """Element → money of the living actions below, split over their parents by weight; cycles get none."""
        amounts = {action.id: action.budget or Decimal(0) for action in self.actions}
        waiting = {element.id: len(self.children.get(element.id, ())) for element in self.plan.elements()}
        ready = [id for id, below in waiting.items() if not below]
        while ready:
            id = ready.pop()
            element = self.plan.by_id[id]
            amount = amounts.setdefault(id, Decimal(0))
            if not amount and isinstance(element, Objective) and element.budget:
                amount = amounts[id] = element.budget
            links: dict[str, Decimal] = defaultdict(Decimal)
            for link in element.serves if not _shelved(element) else ():
                if link.id in waiting:
                    links[link.id] += link.weight
            whole = sum(links.values())
            for parent, weight in links.items():
                amounts[parent] = amounts.get(parent, Decimal(0)) + amount * weight / whole
                waiting[parent] -= 1
                if not waiting[parent]:
                    ready.append(parent)
        return {id: amount.quantize(CENT) for id, amount in amounts.items()}

    def vain(self, metric: str) -> bool:
        """Whether the metric says nothing by itself and no driver ties it to a business metric."""
        known = self.metrics.get(metric)
        return bool(known and known.vanity) and not self.driven_by(metric) & self.business_metrics


_READS: Mapping[str, frozenset[str]] = {
    "segments": frozenset({"segments"}),
    "personas": frozenset({"personas"}),
    "personas_of": frozenset({"personas"}),
    "metrics": frozenset({"metrics"}),
    "_sources": frozenset({"sources"}),
    "formulas": frozenset({"metrics", "drivers"}),
    "drives": frozenset({"metrics", "drivers"}),
    "_driven": frozenset({"metrics", "drivers"}),
    "baselines": frozenset({"objectives"}),
    "business": frozenset({"objectives"}),
    "business_metrics": frozenset({"objectives", "metrics"}),
    "channels": frozenset({"channels"}),
    "benchmarks": frozenset({"benchmarks"}),
    "actions": frozenset({"actions"}),
}
"""What the index holds → the sections of the plan that it is made of."""
_FROM_LINKS = ("serving_business", "serving_objectives", "with_action")
"""What follows from who serves whom and which actions live."""
_FROM_MONEY = ("with_money", "_behind")
"""What follows from these and from the money planned."""


def _links(element: Element) -> tuple[object, ...]:
    return type(element), element.serves, _shelved(element), getattr(element, "level", None)


def _money(element: Element) -> tuple[object, ...]:
    return tuple(getattr(element, name, None) for name in ("budget", "envelope", "amount"))


def _with_child(
    children: Mapping[str, tuple[Element, ...]], old: Element, new: Element
) -> Mapping[str, tuple[Element, ...]]:
    """Return who serves whom with `new` in the place of `old`; both serve the same."""
    found = dict(children)
    for link in new.serves:
        if link.id in found:
            found[link.id] = tuple(new if one is old else one for one in found[link.id])
    return found


def _shelved(element: Element) -> bool:
    return isinstance(element, Action) and not lives(element)


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


def change(baseline: Decimal | float, target: Decimal | float) -> float | None:
    """Return the relative change from `baseline` to `target`.

    None where there is none: from zero, or beyond a billion-fold, which is a slip of typing and no target.
    """
    before, after = float(baseline), float(target)
    found = (after - before) / abs(before) if before else math.inf
    return found if abs(found) < 1e9 else None


def _exact(value: Decimal | float) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(round(value, 2)))


def _own(metric: PlanMetric) -> Metric:
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
