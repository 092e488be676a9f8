"""Budget below what the target costs.

## What it finds
An objective that counts leads, qualified leads (MQL), orders or new customers, and whose planned money is smaller than its target times the known cost of one result. The finding states the shortfall in money, the cost it rests on, and whether that cost was measured (warning) or is a benchmark with its source and year (advice).

## Why it matters
S4: *realistic* means that the means are there; S2: an action’s budget is one of the five things decided together. A target that costs more than its budget is given up in autumn, after the money is spent. Setting the budget from what the tasks cost is the objective-and-task method (Kotler and Keller 2012, Marketing Management).

## Example
“1,200 leads” with CHF 60,000 behind it, and a lead cost CHF 80 over the last twelve months: 1,200 × 80 = 96,000, so CHF 36,000 are missing. With CHF 90,000 the shortfall of 6,000 is 6 % of the need, and the rule lets it pass.

## How to put it right
Give it the missing money, lower the target to what the money pays for (the hint says how many), or say by what the cost of a result is to fall.

## Parameters
`tolerance` (0.1): shortfall, as a fraction of the need, that is let pass.

## When it stays silent
Where no money at all stands behind the objective (BUD01), where metric or target are missing (OBJ02), where the objective has no dates (OBJ05), and for metrics without a cost per result. Where no cost is known, neither measured over the last twelve months (or the period) nor as a benchmark: *not checked*.

The need is the target times the cost. Where the target is a pace over a window shorter than the objective (leads a month, for a year), the need follows the straight way from baseline to target; without a baseline the rule says nothing. The measured cost is all spend over all results, so results that cost nothing make it lower, not higher. What the objective has is the budget of every action that works for it, directly or not, each once and whole: an action that works for two objectives brings results for both. Without any, its own `budget` counts. The money at stake is the shortfall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gouvernail.base.money import CENT, Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text
from gouvernail.base.values import Number
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Layer, Objective

RULE = Rule(
    code="BUD02",
    family="BUD",
    title=T("Budget below the need"),
    severity=Severity.warning,
    layer=Layer.objectives,
    also_judges=True,
    confidence=0.7,
    parameters=(Parameter("tolerance", 0.1, T("Shortfall, as a fraction of the need, that is let pass.")),),
)

COST_OF: Mapping[str, str] = {
    "leads": "cost_per_lead",
    "mql": "cost_per_mql",
    "orders": "cost_per_acquisition",
    "new_customers": "cac",
}
"""Metric that counts results → the metric of what one costs."""
BENCHMARK_CONFIDENCE = 0.4
"""Other companies' costs say less about ours than our own."""


@dataclass(frozen=True)
class Cost:
    """What one result costs, and who says so. `benchmark` is None where it was measured."""

    amount: Decimal
    origin: Text
    measured: bool


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    unknown: dict[str, None] = {}
    for objective in scene.plan.objectives:
        metric = COST_OF.get(objective.metric or "")
        means = _means(scene, objective)
        count = results(objective)
        if metric is None or count is None or means is None:
            continue
        cost = _cost(scene, metric)
        if cost is None:
            unknown[metric] = None
            continue
        need = (count * cost.amount).quantize(CENT)
        if need - means.amount > need * Decimal(str(scene.parameters["tolerance"])):
            yield _finding(scene, objective, count, cost, means, Money(need, means.currency))
    for metric in unknown:
        yield RULE.not_checked(
            T(
                "No {metric} is known: it was not measured, and no benchmark speaks of it.",
                metric=scene.index.metric_name(metric),
            )
        )


def results(objective: Objective) -> Decimal | None:
    """Return how many results the objective needs from its first day to its last, None where it does not say."""
    target, baseline = objective.target, objective.baseline
    if target is None or target <= 0 or not (objective.start and objective.due):
        return None
    days = (objective.due - objective.start).days + 1
    windows = Decimal(days) / Decimal(objective.window.days)
    if days <= 0:
        return None
    # A window that is about as long as the objective: the target is the whole count.
    if windows <= Decimal("1.1"):
        return target
    return None if baseline is None or baseline < 0 else (baseline + target) / 2 * windows


def _means(scene: Scene, objective: Objective) -> Money | None:
    """Return what the actions that work for the objective may spend, else its own budget; None for nothing."""
    below = (scene.plan.get(id) for id in scene.index.below([objective.id]))
    paid = sum((one.budget for one in below if isinstance(one, Action) and one.budget), Decimal(0))
    return scene.index.money(paid or objective.budget)


def _cost(scene: Scene, metric: str) -> Cost | None:
    if evidence := scene.evidence:
        for known, words in (
            (evidence.yearly, T("measured over the last twelve months")),
            (evidence.values, T("measured in the period")),
        ):
            outcome = known.get(metric)
            if isinstance(outcome, Estimate) and outcome.value > 0:
                return Cost(Decimal(str(round(outcome.value, 2))), words, True)
    benchmark = scene.index.benchmark(metric)
    if benchmark is None or benchmark.value <= 0:
        return None
    words = T(
        "benchmark: {source}, {year}", source=benchmark.source.partition(" (")[0], year=str(benchmark.year)
    )
    return Cost(benchmark.value, words, False)


def _finding(
    scene: Scene, objective: Objective, count: Decimal, cost: Cost, means: Money, need: Money
) -> Finding:
    short = need - means
    affordable = means.amount / cost.amount
    return RULE.finding(
        objective.id,
        T(
            "“{name}” needs {need} ({count} at {cost} each, {origin}); {means} is planned: {short} is missing.",
            name=objective.name,
            need=need,
            count=_whole(count),
            cost=Money(cost.amount, need.currency),
            origin=cost.origin,
            means=means,
            short=short,
        ),
        T(
            "Add the money, aim at {count}, which is what the money pays for, or say by what the cost is to fall.",
            count=Number(float(affordable // 1)),
        ),
        severity=None if cost.measured else Severity.advice,
        money=short,
        confidence=None if cost.measured else BENCHMARK_CONFIDENCE,
        need=need,
        means=means,
        cost=cost.amount,
        count=count,
    )


def _whole(count: Decimal) -> Number:
    return Number(float(count.quantize(Decimal(1), ROUND_HALF_UP)))
