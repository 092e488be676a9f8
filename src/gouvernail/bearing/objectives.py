"""Objectives: how far, on what path, how likely. Health, progress and confidence stay three signs (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import FIRST, LAST, Period
from gouvernail.base.text import T
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.chances import Chances
from gouvernail.bearing.foreseen import Foreseen
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import Health, ObjectiveStatus, PathPoint
from gouvernail.bearing.soundness import Ways
from gouvernail.plan.model import Cadence, Level, Objective

LIKELY, POSSIBLE = 0.7, 0.4
"""Chances from which an objective is on course, and under which it is off course."""
LONGEST_COURSE = 3660
"""Days from start to due beyond which no course is drawn: ten years are more than any objective's horizon."""
NO_METRIC = Refusal("no_metric", T("The objective has no metric: say what will be measured."))
NO_TARGET = Refusal("no_target", T("The objective has no target: say which value is to be reached."))
NO_DUE = Refusal("no_due_date", T("The objective has no due date: say by when."))


@dataclass(frozen=True)
class Purse:
    """Planned and real money that reaches each objective, by the ways of the chain."""

    ways: Ways
    planned: Mapping[str, Money]
    spent: Mapping[str, Money]
    currency: str

    def of(self, id: str) -> tuple[Money, Money | None]:
        """Return what of the actions' planned and real money comes to the objective; None where none is spent."""
        spent = self._money(self._spent, id) if self.spent else None
        return self._money(self._planned, id), spent

    @cached_property
    def _planned(self) -> Mapping[str, Fraction]:
        return self.ways.arrivals(self.planned)

    @cached_property
    def _spent(self) -> Mapping[str, Fraction]:
        return self.ways.arrivals(self.spent)

    def _money(self, arrivals: Mapping[str, Fraction], id: str) -> Money:
        exact = arrivals.get(id, Fraction(0))
        return Money(Decimal(exact.numerator) / Decimal(exact.denominator), self.currency).rounded()


def statuses(
    measures: Measures, purse: Purse, findings: Mapping[str, tuple[str, ...]]
) -> tuple[ObjectiveStatus, ...]:
    """Return the state of every objective, business objectives first, then in the plan's order.

    `findings` maps element id → identities of its findings.
    """
    order = {Level.business: 0, Level.marketing: 1, Level.digital: 2, None: 3}
    objectives = sorted(measures.plan.objectives, key=lambda one: order[one.level])
    chances = Chances(measures)
    return tuple(_status(one, chances, purse, findings.get(one.id, ())) for one in objectives)


def _status(one: Objective, chances: Chances, purse: Purse, findings: tuple[str, ...]) -> ObjectiveStatus:
    measures = chances.measures
    metric = measures.metrics.get(one.metric or "")
    current = _current(one, measures)
    points = _points(one, measures)
    probability, forecast = foreseen(one, chances)
    planned, spent = purse.of(one.id)
    return ObjectiveStatus(
        id=one.id,
        title=one.name,
        level=str(one.level) if one.level else None,
        metric=one.metric,
        metric_name=metric.name if metric else None,
        unit=metric.unit if metric else Unit.count,
        better=_better(one, measures),
        baseline=one.baseline,
        target=one.target,
        start=one.start,
        due=one.due,
        owner=one.owner,
        current=current,
        progress=progress(one, current),
        probability=probability,
        confidence=_confidence(one, measures),
        health=_health(one, measures, current, probability, points),
        points=points,
        money_planned=planned,
        money_spent=spent,
        parents=tuple(parent.id for parent, _ in purse.ways.graph.parents(one.id)),
        findings=findings,
        forecast=forecast,
    )


def _current(one: Objective, measures: Measures) -> Outcome:
    if one.metric is None:
        return NO_METRIC
    return measures.trailing(one.metric, one.window, measures.period.end)


def progress(one: Objective, current: Outcome) -> float | None:
    """Return the share of the way from baseline to target, 1 = reached; None where it cannot be told."""
    if one.target is None or one.baseline is None or not isinstance(current, Estimate):
        return None
    way = float(one.target - one.baseline)
    return (current.value - float(one.baseline)) / way if way else None


def _better(one: Objective, measures: Measures) -> Direction:
    """Which way the target lies; the metric's own direction where there is no baseline to tell."""
    if one.target is not None and one.baseline is not None and one.target != one.baseline:
        return Direction.up if one.target > one.baseline else Direction.down
    metric = measures.metrics.get(one.metric or "")
    return metric.better if metric else Direction.up


def _points(one: Objective, measures: Measures) -> tuple[PathPoint, ...]:
    """Return the course by bucket from start to due; after the period's end only the path is known."""
    if one.metric is None or one.start is None or one.due is None or one.start > one.due:
        return ()
    if one.start < FIRST or one.due > LAST or (one.due - one.start).days > LONGEST_COURSE:
        return ()
    course = measures.rolling(one.metric, one.window, Period(one.start, one.due))
    end = measures.period.end
    return tuple(
        PathPoint(each, value if each.end <= end else None, path_value(one, each.end))
        for each, value in course
    )


def path_value(one: Objective, day: date) -> float | None:
    """Return where the straight way from baseline to target stands on a day."""
    if one.baseline is None or one.target is None or one.start is None or one.due is None:
        return None
    days = max((one.due - one.start).days, 1)
    done = min(max((day - one.start).days / days, 0.0), 1.0)
    return float(one.baseline) + done * float(one.target - one.baseline)


def foreseen(one: Objective, chances: Chances) -> tuple[Outcome, Foreseen | None]:
    """Return the chance that an objective's target is reached by its due date, and what is foreseen until then."""
    if one.metric is None:
        return NO_METRIC, None
    if one.target is None:
        return NO_TARGET, None
    if one.due is None:
        return NO_DUE, None
    if not FIRST <= one.due <= LAST:
        far = T("The due date, {day}, is too far away to be foreseen.", day=one.due)
        return Refusal("due_out_of_range", far), None
    return chances.foresee(one.metric, one.window, float(one.target), one.due, _better(one, chances.measures))


def _confidence(one: Objective, measures: Measures) -> Decimal | None:
    said = [each for each in measures.plan.evaluations if each.objective == one.id]
    known = [each for each in said if each.confidence is not None and each.date <= measures.period.end]
    return max(known, key=lambda each: each.date).confidence if known else None


def _health(
    one: Objective,
    measures: Measures,
    current: Outcome,
    probability: Outcome,
    points: tuple[PathPoint, ...],
) -> Health:
    if not isinstance(current, Estimate) or _stale(one, measures):
        return Health.unknown
    if isinstance(probability, Estimate):
        if probability.value >= LIKELY:
            return Health.on_course
        return Health.at_risk if probability.value >= POSSIBLE else Health.off_course
    known = [point for point in points if point.actual is not None and point.path is not None]
    if not known:
        return Health.unknown
    return _against_path(known[-1], _better(one, measures))


def _against_path(point: PathPoint, better: Direction) -> Health:
    actual, path = point.actual or 0.0, point.path or 0.0
    gap = actual - path if better is Direction.up else path - actual
    if gap >= 0:
        return Health.on_course
    return Health.at_risk if -gap <= 0.1 * abs(path) else Health.off_course


def _stale(one: Objective, measures: Measures) -> bool:
    """Whether the newest data are older than the objective's cadence allows, seen from the period's end."""
    cadence = one.evaluated or Cadence.monthly
    newest = max(measures.last_day.values(), default=None)
    return newest is None or newest < measures.period.end - timedelta(days=cadence.days)
