"""The four figures of the cockpit, each with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.alignment import MoneySplit
from gouvernail.bearing.model import Bearing, ObjectiveStatus
from gouvernail.checks.score import Loss
from gouvernail.report import groups, labels, story
from gouvernail.web.cockpit import moves
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links
from gouvernail.web.cockpit.objectives import chance
from gouvernail.web.look.parts import Deduction, Figure, Move, Tone

MOST_DEDUCTIONS, MOST_BUSINESS = 4, 5
TONES: dict[str, Tone] = {"good": "good", "warn": "warn", "bad": "bad", "unknown": "unknown"}


@dataclass(frozen=True)
class CreditRule:
    """What one credit rule answers."""

    name: Text | str
    value: Text | None
    refusal: Text | None


@dataclass(frozen=True)
class FourFigures:
    """The four figures and what the page tells below each."""

    coherence: Figure
    deductions: tuple[Deduction, ...]
    left: Number
    more_deductions: int
    aligned: Figure
    money: MoneySplit
    course: Figure
    business: tuple[tuple[ObjectiveStatus, Ratio | None], ...]
    """Business objectives with their chances."""
    more_business: int
    returns: Figure
    rules: tuple[CreditRule, ...]
    grade: Text | None


def four(
    bearing: Bearing, before: Bearing | None, plan_before: tuple[int, Bearing] | None, links: Links
) -> FourFigures:
    """Return the four figures.

    `before` is the bearing of the period before, `plan_before` a revision of another plan with its bearing, if they
    are there: the score depends on the plan alone, so it moves from plan to plan.
    """
    told = {one.id: one for one in story.figures(bearing)}
    lost = known(bearing).losses
    rules = credit_rules(bearing)
    figure = bearing.figures.returns
    business = tuple(one for one in bearing.objectives if one.level == "business")
    move = {**_moves(bearing, before), "coherence": _coherence_move(bearing, plan_before)}
    return FourFigures(
        coherence=_card(told["coherence"], "coherence", move["coherence"], links),
        deductions=deductions(bearing, lost[:MOST_DEDUCTIONS], links),
        left=score(bearing),
        more_deductions=max(0, len(lost) - MOST_DEDUCTIONS),
        aligned=_card(told["aligned_spend"], "aligned_spend", move["aligned_spend"], links),
        money=story.shown_money(bearing.figures.aligned_spend),
        course=_card(told["on_course"], "on_course", move["on_course"], links),
        business=tuple((one, chance(one.probability)) for one in business[:MOST_BUSINESS]),
        more_business=max(0, len(business) - MOST_BUSINESS),
        returns=_card(told["return"], "return", move["return"], links),
        rules=rules,
        grade=labels.GRADES[figure.grade] if isinstance(figure.value, Estimate) else None,
    )


def score(bearing: Bearing) -> Number:
    """Return the coherence score as the reader sees it."""
    return Number(float(bearing.figures.coherence.score), 1)


def _card(told: story.Figure, subject: str, move: Move | None, links: Links) -> Figure:
    refused = told.value is None
    return Figure(
        told.name,
        value=told.value,
        unit=told.unit or "",
        move=None if refused else move,
        sub="" if refused else told.sentence,
        tone="unknown" if refused else TONES.get(told.tone, ""),
        refusal=told.sentence if refused else None,
        provenance=links.origin(subject),
    )


def _moves(now: Bearing, before: Bearing | None) -> dict[str, Move | None]:
    if before is None:
        return dict.fromkeys(("aligned_spend", "on_course", "return"))
    words = moves.against(before.period)
    return {
        "aligned_spend": moves.aligned_move(now, before, words),
        "on_course": moves.chances_move(now, before, words),
        "return": moves.return_move(now, before, words),
    }


def _coherence_move(now: Bearing, plan_before: tuple[int, Bearing] | None) -> Move | None:
    if plan_before is None:
        return None
    revision, before = plan_before
    return moves.coherence_move(now, before, T("against revision {n}", n=revision))


def deductions(bearing: Bearing, losses: Iterable[Loss], links: Links) -> tuple[Deduction, ...]:
    """Return points lost, each with its rule's words, its element and its finding."""
    findings = known(bearing).findings
    found = []
    for loss in losses:
        title = groups.rule_title(loss.code)
        located = findings.get(loss.finding)
        element = links.element(loss.element)
        words = title or (located.finding.message if located else loss.code)
        url = links.finding(loss.finding) or element.url
        found.append(Deduction(words, _points(loss.cost), element.title, url))
    return tuple(found)


def _points(cost: Decimal) -> Decimal:
    return cost.normalize() if cost == cost.to_integral() else cost.quantize(Decimal("0.01"))


def credit_rules(bearing: Bearing) -> tuple[CreditRule, ...]:
    """Return the return by each credit rule."""
    return tuple(
        _rule(labels.METHODS.get(name, name), outcome)
        for name, outcome in bearing.figures.returns.by_rule.items()
    )


def _rule(name: Text | str, outcome: Outcome) -> CreditRule:
    if isinstance(outcome, Refusal):
        return CreditRule(name, None, outcome.reason)
    return CreditRule(name, T("× {count}", count=Number(outcome.value, 2)), None)
