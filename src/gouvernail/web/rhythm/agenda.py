"""The agenda of a meeting, made of what is known: decisions due, moves of objectives, findings, evaluations due.

A pure function: the same material makes the same agenda, in whatever order it comes. Nothing is dropped in silence: what
a point leaves out is counted in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Ratio
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import ObjectiveStatus
from gouvernail.bearing.moves import Gone, Moves
from gouvernail.bearing.worth import worthwhile
from gouvernail.checks.finding import Severity
from gouvernail.plan.model import Function, Level, Meeting, Objective, Plan, Purpose, RecordKind, Team
from gouvernail.report.chances import shown_health
from gouvernail.report.labels import HEALTH
from gouvernail.report.values import in_unit
from gouvernail.web.rhythm import dues
from gouvernail.web.rhythm.links import name_of

LONGEST = 7
"""Points under one heading; the others are counted."""
FAMILIES: Mapping[Purpose, frozenset[str]] = {
    Purpose.marketing_sales: frozenset({"AUD", "POS", "ORG", "PER", "DAT", "ACT", "KPI", "CAS"}),
    Purpose.management: frozenset(
        {"VAL", "VIS", "MIS", "STR", "OBJ", "CAS", "BUD", "ORG", "REV", "PER", "AUD", "POS"}
    ),
}
"""Which rule families a meeting hears of; the others hear of all."""
LEVELS: Mapping[Purpose, frozenset[Level | None]] = {
    Purpose.management: frozenset({Level.business, None}),
    Purpose.marketing_sales: frozenset({Level.business, Level.marketing, None}),
}


class Item(StrEnum):
    """The items of an agenda, in their order."""

    decisions = "decisions"
    objectives = "objectives"
    decide = "decide"
    new = "new"
    solved = "solved"
    evaluate = "evaluate"


TITLES: Mapping[Item, Text] = {
    Item.decisions: T("Decisions that are due"),
    Item.objectives: T("Objectives that moved"),
    Item.decide: T("What to decide first"),
    Item.new: T("New findings"),
    Item.solved: T("Solved since last time"),
    Item.evaluate: T("Evaluations and reviews due"),
}


@dataclass(frozen=True)
class Point:
    """One point: its words, what stands beside it, and the element or finding that it leads to."""

    words: Text
    detail: Text | None = None
    element: str = ""
    finding: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Heading:
    """One item of the agenda with its points, and how many more there are."""

    item: Item
    points: tuple[Point, ...]
    more: int = 0

    @property
    def title(self) -> Text:
        return TITLES[self.item]


@dataclass(frozen=True)
class Material:
    """What an agenda is made of. `moves` and `before` are empty where nothing earlier can be compared with."""

    meeting: Meeting
    plan: Plan
    today: date
    findings: tuple[LocatedFinding, ...] = ()
    moves: Moves | None = None
    objectives: tuple[ObjectiveStatus, ...] = ()
    before: tuple[ObjectiveStatus, ...] = ()
    currency: str = "EUR"
    assigned: Mapping[str, str] = field(default_factory=dict)
    """Finding → who has it."""


def agenda(made_of: Material) -> tuple[Heading, ...]:
    """Return the agenda; items without a point are left out."""
    purpose = purpose_of(made_of.plan, made_of.meeting)
    decide = _heard(worthwhile(_heard(made_of.findings, purpose)), purpose)
    new = _new(made_of, purpose, decide)
    points: tuple[tuple[Item, list[Point]], ...] = (
        (Item.decisions, _decisions(made_of)),
        (Item.objectives, _objectives(made_of, purpose)),
        (Item.decide, [_finding(made_of, one) for one in decide]),
        (Item.new, [_finding(made_of, one) for one in new]),
        (Item.solved, _solved(made_of, purpose)),
        (Item.evaluate, _evaluations(made_of, purpose)),
    )
    return tuple(
        Heading(item, tuple(found[:LONGEST]), max(0, len(found) - LONGEST)) for item, found in points if found
    )


def purpose_of(plan: Plan, meeting: Meeting) -> Purpose:
    """Return what a meeting is for: as it says itself, else by the teams that meet."""
    if meeting.purpose:
        return meeting.purpose
    teams = (plan.get(id) for id in meeting.between)
    functions = {team.function for team in teams if isinstance(team, Team)}
    if Function.management in functions:
        return Purpose.management
    return Purpose.marketing_sales if {Function.marketing, Function.sales} <= functions else Purpose.other


def circle(plan: Plan, meeting: Meeting) -> frozenset[str]:
    """Return who sits there, as owners are written: teams, their people, and who is named; empty for everybody."""
    teams = set(meeting.between)
    return frozenset(teams | {one.id for one in plan.people if one.team in teams})


def _heard(findings: Iterable[LocatedFinding], purpose: Purpose) -> tuple[LocatedFinding, ...]:
    families = FAMILIES.get(purpose)
    return tuple(one for one in findings if families is None or one.finding.code[:3] in families)


def _decisions(made_of: Material) -> list[Point]:
    plan, today = made_of.plan, made_of.today
    there = circle(plan, made_of.meeting)
    found = []
    for one in dues.open_decisions(plan):
        state = dues.state_of(one, today)
        mine = not there or one.owner is None or one.owner in there
        if state is dues.State.open or not mine:
            continue
        late = state is dues.State.overdue
        when = T("overdue since {day}", day=one.due) if late else T("due on {day}", day=one.due)
        detail = T("{who}, {when}", who=name_of(plan, one.owner), when=when) if one.owner else when
        found.append(Point(verbatim(one.name), detail, element=one.id, tone="bad" if late else ""))
    return found


def _objectives(made_of: Material, purpose: Purpose) -> list[Point]:
    before = {one.id: one for one in made_of.before}
    found: list[tuple[int, str, Point]] = []
    for one in made_of.objectives:
        if not _concerns(made_of.plan, one, purpose) or one.id not in before:
            continue
        old = before[one.id]
        health, was = shown_health(one), shown_health(old)
        value = _value_move(one, old, made_of.currency)
        if health is was and value is None:
            continue
        tone, _, words = HEALTH[health]
        said = (
            T(
                "“{objective}”: {health}, it was: {before}",
                objective=one.title,
                health=words,
                before=HEALTH[was][2],
            )
            if health is not was
            else T("“{objective}”: {health}, as before", objective=one.title, health=words)
        )
        rank = 0 if one.level == Level.business else 1
        found.append((rank, one.id, Point(said, value, element=one.id, tone=tone)))
    return [point for _, _, point in sorted(found, key=lambda entry: entry[:2])]


def _value_move(now: ObjectiveStatus, old: ObjectiveStatus, currency: str) -> Text | None:
    if not isinstance(now.current, Estimate) or not isinstance(old.current, Estimate):
        return None
    if now.current.value == old.current.value:
        return None
    values = {
        "value": in_unit(now.current.value, now.unit, currency),
        "before": in_unit(old.current.value, old.unit, currency),
    }
    if isinstance(now.probability, Estimate):
        return T(
            "now {value}, before {before}; {chance} chance of arriving",
            **values,
            # A forecast is no certainty: neither 0 nor 100 in 100.
            chance=Ratio(min(max(now.probability.value, 0.01), 0.99), 0),
        )
    return T("now {value}, before {before}", **values)


def _concerns(plan: Plan, status: ObjectiveStatus, purpose: Purpose) -> bool:
    levels = LEVELS.get(purpose)
    objective = plan.get(status.id)
    shared = isinstance(objective, Objective) and bool(objective.shared_with)
    return levels is None or (Level(status.level) if status.level else None) in levels or shared


def _new(made_of: Material, purpose: Purpose, told: Iterable[LocatedFinding]) -> tuple[LocatedFinding, ...]:
    if made_of.moves is None:
        return ()
    said = {one.finding.identity for one in told}
    order = list(Severity)
    new = (one for one in _heard(made_of.moves.new, purpose) if one.finding.identity not in said)
    return tuple(
        sorted(new, key=lambda one: (order.index(one.finding.severity), -one.worth, one.finding.identity))
    )


def _solved(made_of: Material, purpose: Purpose) -> list[Point]:
    if made_of.moves is None:
        return []
    solved = sorted(
        _heard(made_of.moves.of(Gone.solved), purpose), key=lambda one: (-one.worth, one.finding.identity)
    )
    return [Point(one.finding.message, element=one.finding.element, tone="good") for one in solved]


def _finding(made_of: Material, located: LocatedFinding) -> Point:
    finding = located.finding
    who = made_of.assigned.get(finding.identity)
    detail = T("{hint} ({who} has it)", hint=finding.hint, who=who) if who else finding.hint
    return Point(
        finding.message,
        detail,
        element=finding.element,
        finding=finding.identity,
        tone={"blocking": "bad", "warning": "warn", "advice": "info"}[finding.severity],
    )


def _evaluations(made_of: Material, purpose: Purpose) -> list[Point]:
    found = []
    for one in dues.objectives_due(made_of.plan, made_of.today):
        levels = LEVELS.get(purpose)
        if levels is not None and one.objective.level not in levels and not one.objective.shared_with:
            continue
        name = one.objective.name
        if one.type is RecordKind.review:
            words = T("Review “{objective}”: is it still right?", objective=name)
        elif one.final:
            words = T("“{objective}” is over: was it reached?", objective=name)
        else:
            words = T("Evaluate “{objective}”", objective=name)
        late = one.day < made_of.today
        when = T("overdue since {day}", day=one.day) if late else T("due on {day}", day=one.day)
        found.append(Point(words, when, element=one.objective.id, tone="bad" if late else ""))
    return found
