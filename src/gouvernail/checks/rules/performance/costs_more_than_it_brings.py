"""Action that costs more than it brings.

## What it finds
An action whose spend in the period exceeds the gross margin of the revenue credited to it (first touch or last touch, whichever says more), by more than chance explains: at break-even so few sales would come in at most 1 of 20 periods (Poisson).

## Why it matters
S3: “what is the return of this campaign?” S4: sums wasted each year on inefficient spending. Credit is not cause: a credit rule counts who touched the sale, not who made it (Gordon et al. 2019, Marketing Science 38, find even careful figures without an experiment far from the truth). Hence a confidence below one, and *advice* to test before cutting.

## Example
“Autumn fair”: CHF 18,000 spent in August, CHF 9,000 of revenue credited, CHF 3,600 of it margin.

## How to put it right
Test it: leave it out in some regions or weeks. Then change, move or stop it.

## Parameters
`chance` (0.05): probability of so few sales at break-even, above which nothing is said.
`patience` (30): days that an action must have run, at least; the sales cycle where it is longer.
`return` (1): gross margin over spend that an action must bring.

## When it stays silent
Actions that build demand (`term: long`, a long-term channel, the awareness stage) until they are over, and actions younger than the sales cycle. Where few and large sales leave it open: with sales of 50,000 and 2,000 spent, none proves nothing. Where the value of a sale is not known, no chance can be told, and nothing is said. An action that just pays sets it off in at most 5 of 100 simulated periods (tests/checks/test_false_alarms.py). Spend whose revenue cannot be traced is BUD08. Without credited revenue: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text
from gouvernail.checks.campaign_evidence import ActionFacts
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import at_most
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Layer, Stage, Term

RULE = Rule(
    code="PER09",
    family="PER",
    title=T("Action that costs more than it brings"),
    severity=Severity.advice,
    layer=Layer.execution,
    measured=True,
    confidence=0.5,
    parameters=(
        Parameter(
            "chance", 0.05, T("Probability of so few sales at break-even, above which nothing is said.")
        ),
        Parameter("patience", 30.0, T("Days that an action must have run, at least.")),
        Parameter("return", 1.0, T("Gross margin over spend that an action must bring.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    known = [_credit(facts) for facts in evidence.actions.values()] if evidence else []
    if evidence is None or not any(known):
        yield RULE.not_checked(
            T("No revenue can be credited to an action: import orders or won deals with their source.")
        )
        return
    margin, sale, cycle = _margin(evidence), _sale(evidence), _cycle(scene, evidence)
    for action in scene.index.actions:
        facts = evidence.actions.get(action.id)
        if facts is None or not facts.spend or _has_time(scene, evidence, action, cycle):
            continue
        credit = _credit(facts)
        if credit is not None and sale and credit.currency == facts.spend.currency:
            yield from _judged(scene, action, facts.spend, credit, margin, sale)


def _credit(facts: ActionFacts) -> Money | None:
    amounts = [one for one in (facts.first_touch_revenue, facts.last_touch_revenue) if one is not None]
    return max(amounts, key=lambda one: one.amount, default=None)


def _margin(evidence: Evidence) -> float | None:
    for values in (evidence.yearly, evidence.values):
        found = values.get("gross_margin_rate")
        if isinstance(found, Estimate) and 0 < found.value <= 1:
            return found.value
    return None


def _sale(evidence: Evidence) -> float | None:
    """What a sale is worth on average."""
    if evidence.funnel and evidence.funnel.value_of_win:
        return float(evidence.funnel.value_of_win.amount) or None
    for values in (evidence.yearly, evidence.values):
        for id in ("average_deal_value", "average_order_value"):
            found = values.get(id)
            if isinstance(found, Estimate) and found.value > 0:
                return found.value
    credited = sum(float(credit.amount) for facts in evidence.actions.values() if (credit := _credit(facts)))
    sales = sum(float(facts.conversions or 0) for facts in evidence.actions.values())
    return credited / sales if credited > 0 and sales >= 1 else None


def _cycle(scene: Scene, evidence: Evidence) -> float:
    """Days that an action needs before it can be judged."""
    patience = float(scene.parameters["patience"])
    for values in (evidence.yearly, evidence.values):
        found = values.get("sales_cycle_days")
        if isinstance(found, Estimate):
            return max(found.value, patience)
    return patience


def _has_time(scene: Scene, evidence: Evidence, action: Action, cycle: float) -> bool:
    """Whether the action's results are still to come."""
    last = evidence.period.end
    if action.start and (last - action.start).days < cycle:
        return True
    channel = scene.index.channels.get(action.channel or "")
    term = action.term or (Term(channel.term) if channel else None)
    builds = term is Term.long or action.stage is Stage.awareness
    over = action.end is not None and (last - action.end).days >= cycle
    return builds and not over


def _judged(
    scene: Scene, action: Action, spend: Money, credit: Money, margin: float | None, sale: float
) -> Iterator[Finding]:
    rate = margin if margin is not None else 1.0
    need = float(spend.amount) * scene.parameters["return"] / rate
    brought = float(credit.amount)
    if brought >= need:
        return
    chance = at_most(int(brought // sale), need / sale)
    if chance > scene.parameters["chance"]:
        return
    lost = Money(spend.amount - _decimal(credit, rate).amount, spend.currency)
    yield RULE.finding(
        action.id,
        _sentence(action, spend, credit, margin),
        T("Credit is not cause: leave it out for a while somewhere, compare, then change, move or stop it."),
        money=lost if lost.amount > 0 else None,
        chance=chance,
    )


def _decimal(credit: Money, rate: float) -> Money:
    return Money(credit.amount * type(credit.amount)(str(rate)), credit.currency).rounded()


def _sentence(action: Action, spend: Money, credit: Money, margin: float | None) -> Text:
    values = {"name": action.name, "spend": spend, "credit": credit}
    if not credit:
        return T("“{name}” spent {spend} in the period, and no revenue can be credited to it.", **values)
    if margin is None:
        return T("“{name}” spent {spend} in the period for {credit} of credited revenue.", **values)
    return T(
        "“{name}” spent {spend} in the period for {credit} of credited revenue, {gain} of it gross margin.",
        gain=_decimal(credit, margin),
        **values,
    )
