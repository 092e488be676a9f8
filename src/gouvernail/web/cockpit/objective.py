"""One objective: its SMARTER card, its course, what drives it, what works for it, what people said of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator

from gouvernail.base.formula import names, parse
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import Text
from gouvernail.base.values import Ratio
from gouvernail.bearing.model import ActionStatus, Bearing, MetricReading, ObjectiveStatus
from gouvernail.checks.guide.question import Question
from gouvernail.checks.guide.topics import TOPICS
from gouvernail.plan.model import Evaluation, Objective
from gouvernail.report import foreseeing, labels, phrases
from gouvernail.report.context import Reading
from gouvernail.report.values import in_unit
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.charts.course import course
from gouvernail.web.cockpit.cockpit import ToDecide, to_decide
from gouvernail.web.cockpit.explain import ExplanationCard, cards, formula_of
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links, Ref
from gouvernail.web.cockpit.objectives import ObjectiveLine, line
from gouvernail.web.look.charts import ChartView

A_PAGE = 50
"""Actions on one page of those that work for it."""
MOST_BELOW = 20
DEEPEST = 5
"""Levels of the driver tree that the page shows."""


@dataclass(frozen=True)
class LetterLine:
    """One letter of SMARTER with its verdict, and how to write it where it is weak."""

    letter: phrases.Letter
    hint: Text | None
    weak: Text | None
    strong: Text | None


@dataclass(frozen=True)
class Driver:
    """One metric of the driver tree under the objective."""

    metric: MetricReading
    depth: int
    value: Any
    reading: Reading | None
    formula: str | None
    origin: str


@dataclass(frozen=True)
class ActionLine:
    """An action that works for the objective, with its share of it."""

    status: ActionStatus
    ref: Ref
    share: Ratio | None
    through: tuple[Ref, ...]
    """The objectives below by which it serves this one; none where it serves it itself."""
    state: Text


@dataclass(frozen=True)
class Said:
    """An evaluation or review."""

    record: Evaluation
    value: Any


@dataclass(frozen=True)
class ObjectivePage:
    """The page of one objective."""

    status: ObjectiveStatus
    line: ObjectiveLine
    letters: tuple[LetterLine, ...]
    others: tuple[ToDecide, ...]
    """Findings that no letter tells."""
    course: ChartView | None
    forecast: foreseeing.Told | Text | None
    """What is foreseen, or why nothing is; None where the due date has passed."""
    drivers: tuple[Driver, ...]
    explanations: tuple[ExplanationCard, ...]
    reading: Reading | None
    acting: Page[ActionStatus]
    """The page of the actions that work for it, `actions` those on it."""
    actions: tuple[ActionLine, ...]
    below: tuple[Ref, ...]
    """Objectives that serve this one, the first `MOST_BELOW`."""
    more_below: int
    above: tuple[Ref, ...]
    money_origin: str
    forecast_headings = foreseeing.HEADINGS


def build(
    status: ObjectiveStatus, bearing: Bearing, here: Current, links: Links, language: str, number: str = "1"
) -> ObjectivePage:
    """Return the page of an objective as the bearing tells it; `number` is the page of its actions."""
    below = _below(status.id, bearing)
    acting = _actions(status, bearing, below, number)
    serving = [one.id for one in bearing.objectives if status.id in one.parents]
    told = {one.metric.id: one for one in known(bearing).readings}
    told_by_letters = {code for _, code, _ in labels.SMARTER}
    own = known(bearing).by_element.get(status.id, ())
    others = [one for one in own if one.finding.code not in told_by_letters]
    return ObjectivePage(
        status=status,
        line=line(status, bearing, here, links, [one.finding.severity for one in own]),
        letters=tuple(_letters(status, bearing)),
        others=to_decide(tuple(others), links),
        course=course(status, bearing.currency, language),
        forecast=foreseeing.of_objective(status, bearing.currency),
        drivers=drivers(bearing, status.metric, links, told) if status.metric else (),
        explanations=cards(bearing, status.id, links, language),
        reading=told.get(status.metric or ""),
        acting=acting,
        actions=tuple(_action(one, status, below, links) for one in acting),
        below=links.elements(tuple(serving[:MOST_BELOW])),
        more_below=max(0, len(serving) - MOST_BELOW),
        above=links.elements(status.parents),
        money_origin=links.origin("aligned_spend"),
    )


def _letters(status: ObjectiveStatus, bearing: Bearing) -> list[LetterLine]:
    found = []
    hints = {one.finding.code: one.finding.hint for one in known(bearing).by_element.get(status.id, ())}
    for letter, (_, code, _) in zip(phrases.smarter(status, bearing), labels.SMARTER, strict=True):
        question = None if letter.tone == "good" else example(code, status.level)
        found.append(
            LetterLine(
                letter,
                hints.get(code),
                question.weak if question else None,
                question.strong if question else None,
            )
        )
    return found


def example(code: str, level: str | None) -> Question | None:
    """Return the audit's question that a rule's finding calls for, where it comes with a weak and a strong answer."""
    for topic in TOPICS:
        if topic.section == "objectives" and topic.fixed.get("level") in (None, level):
            for question in topic.questions:
                if code in question.solves and question.weak and question.strong:
                    return question
    return None


def drivers(bearing: Bearing, metric: str, links: Links, told: dict[str, Reading]) -> tuple[Driver, ...]:
    """Return the metric and what makes it, indented, each with its value and what a step of it is worth."""
    metrics = known(bearing).metrics
    found: list[Driver] = []
    waiting = [(metric, 0)]
    seen: set[str] = set()
    while waiting:
        id, depth = waiting.pop()
        if id in seen or id not in metrics or depth > DEEPEST:
            continue
        seen.add(id)
        formula = formula_of(bearing, id)
        one = metrics[id]
        value = one.value
        found.append(
            Driver(
                one,
                depth,
                in_unit(value.value, one.unit, bearing.currency) if isinstance(value, Estimate) else None,
                told.get(id),
                formula,
                links.origin(f"metric:{id}"),
            )
        )
        if formula:
            waiting += [(name, depth + 1) for name in reversed(names(parse(formula)))]
    return tuple(found)


def _actions(status: ObjectiveStatus, bearing: Bearing, below: set[str], number: str) -> Page[ActionStatus]:
    """Return a page of the actions that serve the objective, then of those that serve it through objectives below."""
    direct, indirect = [], []
    for one in bearing.actions:
        served = {id for id, _ in one.objectives}
        if status.id in served:
            direct.append(one)
        elif served & below:
            indirect.append(one)
    return Paginator(sorted(direct, key=_dearest) + sorted(indirect, key=_dearest), A_PAGE).get_page(number)


def _action(one: ActionStatus, status: ObjectiveStatus, below: set[str], links: Links) -> ActionLine:
    shares = dict(one.objectives)
    state = labels.STATUSES.get(one.status) or Text(one.status)
    share = Ratio(float(shares[status.id]), 0) if status.id in shares else None
    through = () if share else tuple(links.element(id) for id in shares if id in below)
    return ActionLine(one, links.element(one.id), share, through, state)


def _dearest(one: ActionStatus) -> Decimal:
    return -one.planned.amount


def _below(id: str, bearing: Bearing) -> set[str]:
    """Return the objectives that serve an objective, however many steps below."""
    serving: dict[str, list[str]] = {}
    for one in bearing.objectives:
        for parent in one.parents:
            serving.setdefault(parent, []).append(one.id)
    found: set[str] = set()
    waiting = [id]
    while waiting:
        fresh = {one for one in serving.get(waiting.pop(), ()) if one != id} - found
        found |= fresh
        waiting += fresh
    return found


def said(objective: Objective, here: Current, status: ObjectiveStatus | None) -> tuple[Said, ...]:
    """Return the evaluations and reviews of an objective, the newest first."""
    records = [one for one in here.plan.evaluations if one.objective == objective.id]
    currency = here.plan.organisation.currency
    return tuple(
        Said(
            one,
            in_unit(one.value, status.unit, currency) if one.value is not None and status else one.value,
        )
        for one in sorted(records, key=lambda one: one.date, reverse=True)
    )
