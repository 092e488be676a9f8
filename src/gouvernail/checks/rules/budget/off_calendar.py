"""Over- or underspend against the calendar.

## What it finds
An action (or an envelope) on which far more or far less has been spent than its budget foresaw up to the end of the period.

## Why it matters
S2: the budget is a limit, and it is followed with the action. Overspend noticed in month three can be mended; in month eleven it can only be explained. Money left over means that something planned did not happen, and its objective waits for it.

## Example
An action of CHF 36,000 from January to December: by the end of April 120 of 365 days are gone, CHF 11,836 were to be spent. CHF 18,500 were: 56 % too much.

## How to put it right
Overspend: slow down, or move money knowingly. Underspend: find out what did not happen, and give back what will not be used.

## Parameters
`tolerance` (0.2): difference, as a fraction of what was to be spent, that is let pass. `least` (0.05): difference, as a fraction of the whole budget, that is let pass, so that a first week is not judged.

## When it stays silent
For actions without budget (ACT03) or dates (ACT04), for those on which the data show no spend at all (it may be paid by invoice, outside of what was imported), and for ideas and cancelled actions. An envelope is judged where several actions draw on it and none of them is out of bounds by itself; by the sum of their budgets, or, where some have none, by its own amount and dates (then money left is told only where the data show spend of every one of them). Actions that exceed their envelope in the plan are BUD06’s. Without spend of any action with a budget: *not checked*.

A budget counts as spent day by day alike. The money at stake is the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from gouvernail.base.money import CENT, Money
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.checks.campaign_evidence import ActionFacts
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Element, Envelope, Layer

RULE = Rule(
    code="BUD05",
    family="BUD",
    title=T("Over- or underspend against the calendar"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    parameters=(
        Parameter(
            "tolerance", 0.2, T("Difference, as a fraction of what was to be spent, that is let pass.")
        ),
        Parameter("least", 0.05, T("Difference, as a fraction of the whole budget, that is let pass.")),
    ),
)


@dataclass(frozen=True)
class Pace:
    """What was to be spent up to now, what was, and the whole budget."""

    planned: Decimal
    spent: Decimal
    budget: Decimal

    @property
    def over(self) -> Decimal:
        """What was spent above what was planned; negative for less."""
        return self.spent - self.planned

    def plus(self, other: Pace) -> Pace:
        return Pace(self.planned + other.planned, self.spent + other.spent, self.budget + other.budget)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    paces = {action.id: pace for action in scene.index.actions if (pace := _pace(scene, action))}
    drawing: dict[str, list[Action]] = {}
    for action in scene.index.actions:
        if action.envelope:
            drawing.setdefault(action.envelope, []).append(action)
        if action.id in paces and _off(scene, paces[action.id]):
            yield _finding(scene, action, paces[action.id])
    seen = bool(paces)
    for envelope in scene.plan.envelopes:
        together = _together(scene, envelope, drawing.get(envelope.id, []), paces)
        seen = seen or together is not None
        if together and _off(scene, together):
            yield _finding(scene, envelope, together)
    if not seen:
        yield RULE.not_checked(T("No spend of an action with a budget is in the data."))


def _together(
    scene: Scene, envelope: Envelope, actions: list[Action], paces: Mapping[str, Pace]
) -> Pace | None:
    """Return the pace of an envelope: its actions' sum, or its own calendar where some have no budget.

    None where one of its actions is out of bounds by itself, and where a single action draws on it.
    """
    if any(one.id in paces and _off(scene, paces[one.id]) for one in actions):
        return None
    if all(one.budget for one in actions):
        known = [paces[one.id] for one in actions if one.id in paces]
        return reduce(Pace.plus, known) if len(known) > 1 else None
    return _calendar(scene, envelope, actions)


def _calendar(scene: Scene, envelope: Envelope, actions: list[Action]) -> Pace | None:
    spent = [
        facts.spend_to_date.amount for one in actions if (facts := _facts(scene, one)) and facts.spend_to_date
    ]
    if not (scene.evidence and spent and envelope.amount and envelope.start and envelope.end):
        return None
    gone = (min(envelope.end, scene.evidence.period.end) - envelope.start).days + 1
    days = (envelope.end - envelope.start).days + 1
    if gone <= 0 or days <= 0:
        return None
    planned = (envelope.amount * gone / days).quantize(CENT)
    pace = Pace(planned, sum(spent, Decimal(0)), envelope.amount)
    # What is paid by invoice, outside of the data, may be all that seems to be left.
    seems_left = pace.over < 0 and len(spent) < len(actions)
    return None if seems_left or not planned else pace


def _facts(scene: Scene, action: Action) -> ActionFacts | None:
    return scene.evidence.actions.get(action.id) if scene.evidence else None


def _pace(scene: Scene, action: Action) -> Pace | None:
    facts = _facts(scene, action)
    if facts is None or not (action.budget and facts.spend_to_date and facts.planned_to_date):
        return None
    return Pace(facts.planned_to_date.amount, facts.spend_to_date.amount, action.budget)


def _off(scene: Scene, pace: Pace) -> bool:
    away = abs(pace.over)
    return (
        away > Decimal(str(scene.parameters["tolerance"])) * pace.planned
        and away > Decimal(str(scene.parameters["least"])) * pace.budget
    )


def _finding(scene: Scene, element: Element, pace: Pace) -> Finding:
    currency = scene.plan.organisation.currency
    values = {
        "name": element.name,
        "spent": Money(pace.spent, currency),
        "planned": Money(pace.planned, currency),
        "apart": Money(abs(pace.over), currency),
        "share": Ratio(float(abs(pace.over) / pace.planned), 0),
        "end": scene.evidence.period.end if scene.evidence else scene.today,
    }
    if pace.over > 0:
        return RULE.finding(
            element.id,
            T(
                "“{name}”: {spent} spent by {end}, {planned} was planned by then: {apart} too much ({share}).",
                **values,
            ),
            T("Slow down, or move money to it knowingly."),
            money=Money(pace.over, currency),
            over=pace.over,
        )
    return RULE.finding(
        element.id,
        T(
            "“{name}”: {spent} spent by {end}, {planned} was planned by then: {apart} less ({share}).",
            **values,
        ),
        T("Find out what did not happen, and give back what will not be used."),
        severity=Severity.advice,
        money=Money(-pace.over, currency),
        over=pace.over,
    )
