"""The funnel’s bottleneck.

## What it finds
The stage of the funnel that holds the most back, and what one percentage point there is worth in a year. A stage that has a target (an objective on its rate, or a benchmark) and lies below it, by Wilson’s whole interval (95 %), comes first; of several, the one whose lag is worth most. Where no stage has a target, the stage where one point more is worth most.

One point more at stage i brings `entered(i) × 0.01 × rate(i+1) × … × rate(last)` wins, times the average value of a win. Rates are those of a cohort of twelve months that had time to go on.

## Why it matters
S4: follow the journey and improve where it breaks. A chain gives what its narrowest link lets through (Goldratt 1984, The Goal): effort anywhere else does not reach the cash desk.

## Example
Of 840 leads, 12 % become qualified; your target is 20 %. One point more there is worth CHF 21,000 a year.

## How to put it right
Listen to ten cases that stopped there. Early stages: wrong public or slow follow-up. Late stages: offer, price, proof.

## Parameters
`minimum` (50): how many must have entered a stage.

## When it stays silent
Where every stage that has a target reaches it. Where flows are consistent, one point is worth most at the lowest rate; that tells where a point weighs, not where it is easy to win, hence only *advice* without a target. With all stages on target it speaks of one in at most 3 of 100 simulated cases for each stage (tests/checks/test_false_alarms.py). Without a funnel from the CRM, or without target where a stage is too thin or not tied to the next: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from gouvernail.base.money import CENT, Money
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import wilson
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.sales_evidence import Funnel, FunnelStage
from gouvernail.metrics.benchmarks import Benchmark
from gouvernail.plan.model import Layer, Objective

LEVEL = 0.95

RULE = Rule(
    code="PER05",
    family="PER",
    title=T("Bottleneck of the funnel"),
    severity=Severity.warning,
    layer=Layer.objectives,
    measured=True,
    confidence=0.8,
    parameters=(Parameter("minimum", 50.0, T("How many must have entered a stage.")),),
)

RATES: Mapping[tuple[str, str], str] = {
    ("lead", "mql"): "lead_to_mql_rate",
    ("mql", "sql"): "mql_to_sql_rate",
    ("sql", "won"): "sql_to_win_rate",
    ("lead", "won"): "lead_to_customer_rate",
    ("opportunity", "won"): "win_rate",
}
"""(stage, next stage) → the metric that is its rate."""

_NAMES: Mapping[str, Text] = {
    "lead": T("leads"),
    "mql": T("qualified leads (MQL)"),
    "sql": T("leads accepted by sales (SQL)"),
    "opportunity": T("opportunities"),
    "won": T("customers"),
}


@dataclass(frozen=True)
class Step:
    """One stage and the next: its rate, the wins that one point more brings, and what it should reach."""

    stage: FunnelStage
    next: str
    rate: float
    wins: float
    target: float | None = None
    objective: str | None = None
    benchmark: Benchmark | None = None

    @property
    def late(self) -> bool:
        """Whether the whole interval lies below the target."""
        above = wilson(self.stage.went_on or 0, self.stage.entered, LEVEL)[1]
        return self.target is not None and above < self.target


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    funnel = scene.evidence.funnel if scene.evidence else None
    steps = _steps(scene, funnel) if funnel else []
    if funnel is None or not steps:
        yield RULE.not_checked(
            T("No funnel is known: import contacts and deals with their stages from the CRM.")
        )
        return
    late = [step for step in steps if step.late]
    if late:
        yield _finding(funnel, max(late, key=lambda step: ((step.target or 0) - step.rate) * step.wins))
    elif any(step.target is not None for step in steps):
        return
    elif len(steps) < max(len(funnel.stages) - 1, 2):
        yield RULE.not_checked(
            T("Not all stages of the funnel can be compared: import deals that name their contact.")
        )
    else:
        yield _finding(funnel, max(steps, key=lambda step: step.wins))


def _steps(scene: Scene, funnel: Funnel) -> list[Step]:
    """The stages, last first, each with what one point more would bring; up to the first whose rate is unknown."""
    found: list[Step] = []
    later = 1.0
    for stage, after in reversed(list(pairwise(funnel.stages))):
        if stage.went_on is None or stage.entered <= 0:
            break
        rate = min(stage.went_on / stage.entered, 1.0)
        if stage.entered >= scene.parameters["minimum"]:
            found.append(_aimed(scene, Step(stage, after.stage, rate, stage.entered * 0.01 * later)))
        later *= rate
    return found


def _aimed(scene: Scene, step: Step) -> Step:
    """The step with its target: an objective on its rate, else a benchmark, else none."""
    metric = RATES.get((step.stage.stage, step.next))
    if metric is None:
        return step
    for objective in scene.plan.objectives:
        if objective.metric == metric and objective.target is not None:
            return _with(step, float(objective.target), objective, None)
    benchmark = scene.index.benchmark(metric)
    return _with(step, float(benchmark.value), None, benchmark) if benchmark else step


def _with(step: Step, target: float, objective: Objective | None, benchmark: Benchmark | None) -> Step:
    id = objective.id if objective else None
    return Step(step.stage, step.next, step.rate, step.wins, target, id, benchmark)


def _finding(funnel: Funnel, step: Step) -> Finding:
    point = _worth(funnel, step.wins)
    lag = 100 * (step.target - step.rate) if step.late and step.target is not None else 1.0
    return RULE.finding(
        step.objective or "objectives",
        _sentence(funnel, step, point),
        T(
            "Look at ten cases that stopped there: wrong public and slow follow-up early, offer and proof late."
        ),
        severity=Severity.warning if step.late else Severity.advice,
        related=(step.stage.stage,),
        confidence=RULE.confidence if step.late else 0.3,  # that a point weighs does not make it easy to win
        money=_worth(funnel, step.wins * lag),
        rate=step.rate,
        wins_a_point=step.wins,
    )


def _worth(funnel: Funnel, wins: float) -> Money | None:
    value = funnel.value_of_win
    return Money((value.amount * Decimal(str(wins))).quantize(CENT), value.currency) if value else None


def _sentence(funnel: Funnel, step: Step, point: Money | None) -> Text:
    values = {
        "entered": step.stage.entered,
        "stage": _NAMES.get(step.stage.stage, verbatim(step.stage.stage)),
        "rate": Ratio(step.rate),
        "next": _NAMES.get(step.next, verbatim(step.next)),
        "worth": T("one point more there is worth {money}", money=point.rounded(Decimal(1)))
        if point and funnel.value_of_win
        else T("one point more there brings {wins} more customers", wins=Number(step.wins, 1)),
    }
    if not step.late or step.target is None:
        return T(
            "Of {entered} {stage}, {rate} become {next}: {worth} a year, more than at any other stage.",
            **values,
        )
    values["target"] = Ratio(step.target)
    if step.benchmark is None:
        return T(
            "Of {entered} {stage}, {rate} become {next}; your objective is {target}: {worth} a year.",
            **values,
        )
    return T(
        "Of {entered} {stage}, {rate} become {next}, against {target} ({source}, {year}): {worth} a year.",
        source=verbatim(step.benchmark.source),
        year=str(step.benchmark.year),
        **values,
    )
