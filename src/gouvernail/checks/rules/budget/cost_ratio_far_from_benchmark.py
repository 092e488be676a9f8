"""Marketing cost ratio far from the benchmark.

## What it finds
Marketing that costs, over twelve months, far more or far less of the revenue than the benchmark says.

## Why it matters
S3: management asks what marketing costs for what it earns, and compares. Far above, the money has to be explained; far below, growth may be starved. A benchmark is the start of that talk and not its end: such surveys ask large companies above all, and count wages, tools and agencies (Gartner 2024, CMO Spend Survey: paid media is 27.9 % of marketing budgets).

## Example
Marketing cost 19.5 % of revenue over twelve months; the benchmark of the industry is 8 %: 2.4 times as much.

## How to put it right
Above: find the actions that cost more than they cause (PER09). Below: complete the data first, then ask whether the objectives can be reached with this money (BUD02). Put the figure of your own industry under `benchmarks`.

## Parameters
`times` (2): how many times the benchmark, or what part of it, is let pass where the benchmark is your own. `general` (5): the same for a published one, which speaks of other companies: shops that sell online spend many times what all industries together do.

## When it stays silent
Within these bounds. Where no spend or no revenue is known for twelve months, or no benchmark: *not checked*. Below the benchmark the larger of two sums counts, the spend in the data or the organisation’s yearly `budget`, for data often hold media only. The money at stake is what marketing cost above the benchmark; below it none is, for money not spent is not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import CENT
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T
from gouvernail.base.values import Number, Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.metrics.benchmarks import Benchmark

RULE = Rule(
    code="BUD09",
    family="BUD",
    title=T("Marketing cost ratio far from benchmark"),
    severity=Severity.advice,
    layer=None,
    measured=True,
    confidence=0.4,
    parameters=(
        Parameter("times", 2.0, T("How many times a benchmark of one’s own is let pass.")),
        Parameter("general", 5.0, T("How many times a published benchmark is let pass.")),
    ),
)
METRIC = "marketing_cost_ratio"


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    measured = scene.evidence.yearly.get(METRIC) if scene.evidence else None
    revenue = scene.evidence.yearly.get("revenue") if scene.evidence else None
    if not isinstance(measured, Estimate):
        yield RULE.not_checked(T("The marketing cost ratio of the last twelve months is not known."))
        return
    benchmark = scene.index.benchmark(METRIC)
    if benchmark is None or benchmark.value <= 0:
        yield RULE.not_checked(
            T("No benchmark of the marketing cost ratio is known: add one with its source.")
        )
        return
    earned = revenue.value if isinstance(revenue, Estimate) and revenue.value > 0 else None
    ratio, usual = measured.value, float(benchmark.value)
    limit = scene.parameters["times" if benchmark.own else "general"]
    if ratio > usual * limit:
        yield _finding(scene, ratio, benchmark, earned)
        return
    budget = scene.plan.organisation.budget
    fullest = max(ratio, float(budget) / earned) if budget and earned else ratio
    if 0 < fullest < usual / limit:
        yield _finding(scene, fullest, benchmark, earned)


def _finding(scene: Scene, ratio: float, benchmark: Benchmark, revenue: float | None) -> Finding:
    usual = float(benchmark.value)
    above = ratio > usual
    values = {
        "ratio": Ratio(ratio),
        "usual": Ratio(usual),
        "times": Number(ratio / usual if above else usual / ratio, 1),
        "source": benchmark.source.partition(" (")[0],
        "year": str(benchmark.year),
    }
    stake = None
    if revenue is not None and above:
        stake = scene.index.money(Decimal(str(abs(ratio - usual) * revenue)).quantize(CENT))
    return RULE.finding(
        METRIC,
        T(
            "Marketing cost {ratio} of revenue in twelve months, {times} times the usual {usual} ({source}, {year}).",
            **values,
        )
        if above
        else T(
            "Marketing cost {ratio} of revenue in twelve months, {times} times less than the usual {usual} "
            "({source}, {year}).",
            **values,
        ),
        T("Look for the actions that cost more than they cause, or say why your business differs.")
        if above
        else T(
            "Make sure that all marketing costs are in the data; then ask whether the objectives can be reached."
        ),
        money=stake,
        ratio=ratio,
        benchmark=usual,
    )
