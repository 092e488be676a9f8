"""What each attribution model credits with the sales: by channel, campaign or action, with cost, return, and the objectives.

Credit by action climbs to the business objectives by the same ways as money (`soundness.Ways`). What belongs to no
action, or to one that reaches no business objective, is *unlinked*: objectives and unlinked sum to the whole, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.text import T, Text, verbatim
from gouvernail.bearing.attributed_costs import Costs
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.held_out import EVERYTHING, Caused, caused
from gouvernail.bearing.measures import NO_FACTS, Measures
from gouvernail.bearing.returns import sales_left_out
from gouvernail.bearing.soundness import Ways
from gouvernail.checks.index import Index
from gouvernail.measurement.attribution.batches import Window
from gouvernail.measurement.attribution.journeys import Journeys
from gouvernail.measurement.attribution.models import MODELS, Attribution, Options, attribute
from gouvernail.measurement.attribution.paths import Paths
from gouvernail.measurement.attribution.sales import sales, source_of_sales
from gouvernail.measurement.attribution.stream import UNNAMED, Asked, Level, journeys
from gouvernail.measurement.attribution.study import nobody
from gouvernail.metrics.rates import rates_of
from gouvernail.plan.graph import Graph

if TYPE_CHECKING:
    from gouvernail.base.periods import Period
    from gouvernail.plan.model import Plan
    from gouvernail.warehouse.lake import Lake

PARTS = ("conversions", "value", "cost")
BESIDE = ("last", "markov_1", "shapley")
"""Models that the bearing shows side by side: the one that most tools show, and two that look at the whole path."""


@dataclass(frozen=True)
class Question:
    """Whose sales are shared, among what, by which models."""

    period: Period
    level: Level = "channel"
    window: Window = field(default_factory=Window)
    models: tuple[str, ...] = MODELS
    intervals: bool = False
    """Whether people are resampled for a 90 % interval beside each share."""


@dataclass(frozen=True)
class Amounts:
    """Exact sums: what an objective, or the unlinked bucket, comes to hold."""

    conversions: Fraction = Fraction(0)
    value: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)


@dataclass(frozen=True)
class Climb:
    """Credit of one model as it comes to each objective on the way up.

    `tops` are where it ends: their amounts and `unlinked` sum to `total`. The others pass on what they hold.
    """

    objectives: Mapping[str, Amounts]
    tops: tuple[str, ...]
    unlinked: Amounts
    total: Amounts


@dataclass(frozen=True)
class Attributed:
    """Credit by model of the sales of a period.

    Attributes:
        question: what was asked.
        credit: the models' answers.
        currency: of value and cost.
        names: what each step is called.
        costs: spend of the period by step; what is not in it spent nothing, or nothing known.
        unmatched: spend of the period that belongs to no step.
        no_cost: why there is no cost and no return, where there is none.
        climbs: model → what comes to the objectives; at the level of actions only.
        paths: the distinct paths that were read; None where they were put down.
        caused: what holdouts tell beside the credit, or why they do not.
    """

    question: Question
    credit: Attribution
    currency: str
    names: Mapping[str, Text]
    costs: Mapping[str, Money]
    unmatched: Money
    no_cost: Text | None
    climbs: Mapping[str, Climb]
    paths: Paths | None
    caused: Caused | Refusal = field(default_factory=nobody)

    @property
    def grade(self) -> Grade:
        """How strong the evidence is: a credit rule, unless holdouts tell what at least one step causes."""
        backed = isinstance(self.caused, Caused) and self.caused.backed
        return Grade.experiment if backed else self.credit.grade

    def without_paths(self) -> Attributed:
        """Return the same without its paths: what is kept for long."""
        return replace(self, paths=None)

    def share(self, model: str, step: str) -> float:
        """Return the part of the conversions that a model credits a step with."""
        return self.credit.models[model][step].conversions / self.credit.conversions

    def cost(self, step: str) -> Money | None:
        """Return what was spent on a step; None where costs are not known or nothing was spent."""
        return None if self.no_cost else self.costs.get(step)


def ask(plan: Plan, lake: Lake | None, question: Question) -> Attributed | Refusal:
    """Return what each model credits with the sales of a period.

    Refuses where nothing was ever imported or sold (`no_data`), nobody's touches are known (`no_touchpoints`), nothing
    was sold in the period (`no_sale`), no sale has a path (`no_conversion`), or a sale is in a currency without a rate (`no_rate`).
    """
    pinned = lake.at(lake.version()) if lake else None
    return attributed(Deeds(Measures(plan, pinned, question.period), Ways(Graph(plan), ())), question)


def attributed(deeds: Deeds, question: Question) -> Attributed | Refusal:
    """Return the same for actions whose facts are at hand."""
    engine, measures = deeds.measures.engine, deeds.measures
    if engine is None:
        return Refusal("no_data", NO_FACTS)
    asked = asked_of(measures.plan, question)
    found = journeys(engine, asked, deeds.keys)
    if isinstance(found, Refusal):
        return found
    if not found.untraced and not found.paths.conversions.sum() > 0:
        return Refusal(
            "no_sale",
            T("Nothing was sold in {period}: ask about a period that has sales.", period=question.period),
        )
    if lost := _without_rate(engine, asked):
        return Refusal("no_rate", sales_left_out(lost))
    credit = _credit(found, question)
    if isinstance(credit, Refusal):
        return credit
    told = _told(deeds, question, credit, found.paths)
    return replace(told, caused=_caused(engine, asked, measures.plan))


def _caused(engine: Any, asked: Asked, plan: Plan) -> Caused | Refusal:
    found = caused(engine, asked)
    if isinstance(found, Refusal):
        return found
    return replace(found, names=_names(plan, asked.level, tuple(found.told.channels)))


def asked_of(plan: Plan, question: Question) -> Asked:
    """Return what is asked of the facts, with the plan's currency, rates and sources of record."""
    measures = Measures(plan, None, question.period)
    return Asked(
        question.period,
        question.level,
        question.window,
        plan.organisation.currency,
        tuple(measures.rates),
        tuple(sorted(measures.of_record.items())),
    )


def _credit(found: Journeys, question: Question) -> Attribution | Refusal:
    from gouvernail.measurement.attribution.intervals import of_journeys

    options = Options(models=question.models)
    if question.intervals:
        return of_journeys(found, options)
    return attribute(
        found.paths,
        options,
        untraced=found.untraced,
        untraced_value=found.untraced_value,
        aged=found.aged,
    )


def _told(deeds: Deeds, question: Question, credit: Attribution, paths: Paths) -> Attributed:
    costs = Costs(deeds, question.level, paths.channels)
    kept = {
        **credit.options,
        "level": question.level,
        "window_days": question.window.days,
        "restart": question.window.restart,
        "period": str(question.period),
    }
    return Attributed(
        question,
        replace(credit, options=kept),
        deeds.currency,
        _names(deeds.measures.plan, question.level, paths.channels),
        costs.by_step,
        costs.unmatched,
        costs.missing,
        {model: climbed(deeds, credit, model) for model in credit.models}
        if question.level == "action"
        else {},
        paths,
    )


def climbed(deeds: Deeds, credit: Attribution, model: str) -> Climb:
    """Return what one model credits the objectives with, and what is linked to none, untraced sales among it."""
    shares = credit.models[model]
    held = {
        id: Amounts(
            Fraction(shares[id].conversions) if id in shares else Fraction(0),
            Fraction(shares[id].value) if id in shares else Fraction(0),
            Fraction(deeds.spent[id].amount) if id in deeds.spent else Fraction(0),
        )
        for id in sorted({*shares, *deeds.spent})
    }
    untraced = Amounts(
        Fraction(credit.untraced), Fraction(credit.untraced_value), Fraction(deeds.unmatched.amount)
    )
    ways = deeds.ways
    loose = [amounts for id, amounts in held.items() if not ways.steps(id)]
    linked = {id: amounts for id, amounts in held.items() if ways.steps(id)}
    come = {part: ways.carried({id: getattr(one, part) for id, one in linked.items()}) for part in PARTS}
    above = [id for id in ways.upward() if id not in linked and any(id in come[part] for part in PARTS)]
    return Climb(
        {id: Amounts(*(come[part].get(id, Fraction(0)) for part in PARTS)) for id in reversed(above)},
        tuple(id for id in reversed(above) if not ways.steps(id)),
        _sum([*loose, untraced]),
        _sum([*held.values(), untraced]),
    )


def _sum(amounts: list[Amounts]) -> Amounts:
    return Amounts(*(sum((getattr(one, part) for one in amounts), Fraction(0)) for part in PARTS))


def _names(plan: Plan, level: Level, steps: tuple[str, ...]) -> Mapping[str, Text]:
    """Return what people call each step."""
    index = Index(plan)

    def name(step: str) -> Text:
        if step == EVERYTHING:
            return T("All channels")
        if step == UNNAMED:
            return T("No action") if level == "action" else T("Not known")
        if level == "action":
            return verbatim(index.name(step))
        if level == "channel" and step in index.channels:
            return index.channels[step].name
        return verbatim(step)

    return {step: name(step) for step in steps}


def _without_rate(engine: Any, asked: Asked) -> int:
    """Return how many lines of sales are in a currency that no rate converts."""
    chosen = source_of_sales(engine, dict(asked.of_record))
    if isinstance(chosen, Refusal):
        return 0
    lines = sales(engine, chosen, asked.period, asked.currency.upper(), rates_of(asked.rates))
    lost = lines.aggregate(lost=lines.worth.isnull().ifelse(1, 0).sum().coalesce(0))
    return int(engine.execute(lost).to_pylist()[0]["lost"])
