"""What changed between two bearings: figures, indicators, findings; and what people changed in the plan."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.base.periods import Period
from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number, Points, Ratio
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing, Health
from gouvernail.report import chances, story
from gouvernail.report.context import Reading, aimed
from gouvernail.report.values import grammatical
from gouvernail.web.cockpit.known import known
from gouvernail.web.look.parts import Move, move

MOST = 6
"""Indicators told among what changed; the others stand in provenance."""


@dataclass(frozen=True)
class FindingMoves:
    """Findings that were not there before, and those that are gone."""

    new: tuple[LocatedFinding, ...]
    gone: tuple[LocatedFinding, ...]


def against(period: Period) -> Text:
    """Return what a move is told against."""
    return T("against {period}", period=period)


def coherence_move(now: Bearing, before: Bearing, words: Text) -> Move:
    """Return how the coherence score moved."""
    change = now.figures.coherence.score - before.figures.coherence.score
    return move(change, _signed(float(change), Number(abs(float(change)), 1)), words)


def _signed(change: float, size: Number | Points) -> Text:
    if not change:
        return T("unchanged")
    said = TN("{size} point", "{size} points", grammatical(size.value), size=size)
    return T("+{change}", change=said) if change > 0 else T("−{change}", change=said)


def aligned_move(now: Bearing, before: Bearing, words: Text) -> Move | None:
    """Return how the share of aligned money moved, None where one of the two has no money."""
    first, last = (_aligned(one) for one in (before, now))
    if first is None or last is None:
        return None
    return _points_move(last - first, words)


def _aligned(bearing: Bearing) -> float | None:
    money = story.shown_money(bearing.figures.aligned_spend)
    return money.aligned.share_of(money.total) if money.total.amount > 0 else None


def _points_move(change: float, words: Text) -> Move:
    shown = round(change, 3)
    return move(shown, _signed(shown, Points(abs(shown))), words)


def chances_move(now: Bearing, before: Bearing, words: Text) -> Move | None:
    """Return how many business objectives more (or fewer) are on course."""
    counts = [
        sum(
            chances.shown_health(one) is Health.on_course
            for one in bearing.objectives
            if one.level == "business"
        )
        for bearing in (before, now)
    ]
    if not any(one.level == "business" for one in now.objectives):
        return None
    change = counts[1] - counts[0]
    if not change:
        return move(0, T("unchanged"), words)
    said = TN("{n} objective on course", "{n} objectives on course", abs(change))
    return move(change, T("+{change}", change=said) if change > 0 else T("−{change}", change=said), words)


def return_move(now: Bearing, before: Bearing, words: Text) -> Move | None:
    """Return how the return moved, None where one of the two is refused."""
    first, last = _number(before.figures.returns.value), _number(now.figures.returns.value)
    if first is None or last is None or not first:
        return None
    change = round(last / first - 1, 3)
    if not change:
        return move(0, T("unchanged"), words)
    size = Ratio(abs(change), 0 if abs(change) >= 0.1 else 1)
    return move(change, T("+{change}", change=size) if change > 0 else T("−{change}", change=size), words)


def _number(outcome: Outcome) -> float | None:
    return outcome.value if isinstance(outcome, Estimate) else None


def moved_readings(bearing: Bearing) -> tuple[Reading, ...]:
    """Return the indicators that moved most against the period before, those that the plan speaks of."""
    moved = [one for one in known(bearing).readings if aimed(one) and one.last is not None and one.last.move]
    return tuple(sorted(moved, key=_size, reverse=True)[:MOST])


def _size(reading: Reading) -> float:
    now, before = _number(reading.metric.value), _number(reading.metric.previous)
    if now is None or not before:
        return 0.0
    return abs(now / before - 1)


def finding_moves(now: Bearing, before: Bearing) -> FindingMoves:
    """Return the findings that are new and those that are gone, the dearest first."""
    here, there = known(now).findings, known(before).findings
    new = [one for identity, one in here.items() if identity not in there]
    gone = [one for identity, one in there.items() if identity not in here]
    return FindingMoves(
        tuple(sorted(new, key=lambda one: -one.worth)), tuple(sorted(gone, key=lambda one: -one.worth))
    )
