"""The actions that move a plan's metrics, and in what they fall short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gouvernail.base.money import Money
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.explained import Lag, Mover, Shortfall
from gouvernail.metrics.matches import ActionMatch, Matches
from gouvernail.plan.model import Action, Status

UNDER, DEARER = 0.8, 1.2
"""Spent of what was planned under which an action is under-spent; cost for a result over before's from which it is dearer."""


@dataclass(frozen=True)
class Movers:
    """The actions of one plan in one period, against another."""

    deeds: Deeds
    against: Period

    @cached_property
    def by_metric(self) -> Mapping[str, tuple[Mover, ...]]:
        """Metric → the actions that move it, those that fall short first."""
        plan = self.deeds.measures.plan
        metrics = {one.id: one.metric for one in plan.objectives if one.metric}
        found: dict[str, list[Mover]] = {}
        for action in plan.actions:
            if action.status is Status.cancelled or not _at_work(action, self.deeds.measures.period):
                continue
            served = [metrics[link.id] for link in action.serves if link.id in metrics]
            mover = Mover(action.id, action.name, self._shortfalls(action))
            for metric in dict.fromkeys((*action.kpis, *served)):
                found.setdefault(metric, []).append(mover)
        return {
            metric: tuple(sorted(several, key=lambda one: -len(one.shortfalls)))
            for metric, several in found.items()
        }

    @cached_property
    def _before(self) -> Matches | None:
        return self.deeds.matches_in(self.against)

    def _shortfalls(self, action: Action) -> tuple[Shortfall, ...]:
        deeds, period = self.deeds, self.deeds.measures.period
        found: list[Shortfall] = []
        seen = deeds.matches.actions.get(action.id) if deeds.matches else None
        waits = action.status in (Status.idea, Status.planned) and not (seen and seen.rows)
        if waits and action.start and action.start <= period.end:
            found.append(Shortfall(Lag.late, T("should have started on {day}", day=action.start)))
        elif action.status is Status.paused:
            found.append(Shortfall(Lag.paused, T("is paused")))
        elif deeds.matches is not None and action.id in deeds.matches.silent:
            found.append(Shortfall(Lag.silent, T("has left no trace in the data")))
        planned, spent = deeds.planned.get(action.id), deeds.spent.get(action.id)
        if planned and spent is not None and float(spent.amount) < UNDER * float(planned.amount):
            said = T("spent {spent} of the {planned} planned", spent=spent, planned=planned)
            found.append(Shortfall(Lag.under_spent, said))
        dearer = self._dearer(action.id)
        return (*found, *((Shortfall(Lag.less_effective, dearer),) if dearer else ()))

    def _dearer(self, action: str) -> Text | None:
        """What a result costs now and cost before, where it costs notably more."""
        now = self.deeds.matches.actions.get(action) if self.deeds.matches else None
        if now is None or not now.spend:
            return None
        before = self._before.actions.get(action) if self._before else None
        if before is None or not before.spend:
            return None
        for kind, count in _COUNTS:
            first, last = _result(before, kind), _result(now, kind)
            if first and last:
                costs = before.spend / first, now.spend / last
                if float(costs[1]) <= DEARER * float(costs[0]):
                    return None
                a, b = (Money(cost, self.deeds.currency) for cost in costs)
                return Text(count.template, {"now": b, "before": a, "period": self.against})
        return None


_COUNTS = (
    ("leads", T("{now} for a lead, {before} in {period}")),
    ("conversions", T("{now} for a sale, {before} in {period}")),
    ("clicks", T("{now} for a click, {before} in {period}")),
)


def _at_work(action: Action, period: Period) -> bool:
    """Whether an action has its place in the period, as far as its dates say."""
    return not ((action.start and action.start > period.end) or (action.end and action.end < period.start))


def _result(match: ActionMatch, kind: str) -> int | None:
    count: int | None = getattr(match, kind)
    return count
