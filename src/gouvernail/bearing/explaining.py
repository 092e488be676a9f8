"""Explanations of a plan's metrics: the facts of two periods through the driver tree.

The arithmetic is `measurement.explain`; what ties it to the plan is here: which formulas make a metric, and which values
stand at either end. Method: docs/methods/explain.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Literal

from gouvernail.base.formula import Binary, Name, names, parse, show
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import Period, last_whole
from gouvernail.base.text import T, verbatim
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.explained import Driven, Explained, Mover
from gouvernail.bearing.measures import WINDOWS, Measures
from gouvernail.bearing.movers import Movers
from gouvernail.bearing.objectives import NO_METRIC, NO_TARGET
from gouvernail.measurement.explain.explanation import Explanation, Part, Role
from gouvernail.measurement.explain.mix import Mix, Segment, mix
from gouvernail.measurement.explain.tree import explain, gap
from gouvernail.metrics.drivers import Tree
from gouvernail.metrics.facts import Facts
from gouvernail.plan.model import Cadence, Objective


@dataclass(frozen=True)
class Explaining:
    """The explanations of one plan in one period, against another."""

    deeds: Deeds
    against: Period
    by: str | None = None
    """Dimension (channel, campaign, source, segment) by which rates that nothing drives are taken apart."""

    @property
    def measures(self) -> Measures:
        return self.deeds.measures

    def all(self) -> tuple[Explained, ...]:
        """Return, for every objective whose metric a formula makes, why it moved and what lacks to its target."""
        found: list[Explained] = []
        for objective in self.measures.plan.objectives:
            metric = objective.metric
            if metric is None or metric not in self.measures.metrics or not self._tree(metric).nodes:
                continue
            found.append(self.move(metric, objective))
            if objective.target is not None:
                found.append(self.gap(objective))
        return tuple(found)

    def move(self, metric: str, objective: Objective | None = None) -> Explained:
        """Return why a metric moved from the period held against to this one."""
        tree, measures = self._tree(metric), self.measures
        mixes = self._mixes(metric, tree)
        if metric in mixes:
            tree = Tree({})
        known = tree.below(metric)
        found = explain(
            tree,
            metric,
            _values(measures, known, self.against),
            _values(measures, known, measures.period),
            mixes,
        )
        return self._told("move", metric, objective, (measures.period, self.against), found)

    def gap(self, objective: Objective) -> Explained:
        """Return what stands between an objective's target and its metric, over the objective's own window."""
        measures, metric = self.measures, objective.metric or ""
        reached = _window(objective.window, measures.period)
        start = self._start(objective, reached)
        if metric not in measures.metrics or objective.target is None:
            why = NO_METRIC if metric not in measures.metrics else NO_TARGET
            return self._told("gap", metric, objective, (reached, start), why)
        tree = self._tree(metric)
        known = tree.below(metric)
        found = gap(
            tree,
            metric,
            float(objective.target),
            _values(measures, known, reached),
            self._targets(objective, known),
            _values(measures, known, start),
        )
        return self._told("gap", metric, objective, (reached, start), found)

    def _start(self, objective: Objective, reached: Period) -> Period:
        """The window before the objective began, as far as it lies before the one reached; else that of a year before."""
        # A plan may hold any year, the first of the calendar too; no facts go back a century.
        if (
            objective.start
            and reached.start.year - 100 < objective.start.year
            and objective.start <= reached.end
        ):
            before = objective.start - timedelta(days=1)
            return _window(objective.window, Period(before, before))
        return reached.year_before()

    def _targets(self, objective: Objective, known: Iterable[str]) -> dict[str, float]:
        """Targets of the metrics below, as far as other objectives set them over the same window."""
        wanted = set(known) - {objective.metric}
        return {
            one.metric: float(one.target)
            for one in self.measures.plan.objectives
            if one.metric
            and one.metric in wanted
            and one.target is not None
            and one.window == objective.window
        }

    def _tree(self, metric: str) -> Tree:
        return tree_of(self.measures, metric)

    def _mixes(self, metric: str, tree: Tree) -> dict[str, Mix]:
        """The rates among the metric and the leaves under it, by segments."""
        if self.by is None:
            return {}
        leaves = [id for id in tree.below(metric) if id not in tree.nodes]
        rates = (metric, *leaves) if metric not in self.measures.tree.nodes else leaves
        found = {id: mixed(self.measures, id, (self.against, self.measures.period), self.by) for id in rates}
        return {id: one for id, one in found.items() if isinstance(one, Mix)}

    def _told(
        self,
        kind: Literal["move", "gap"],
        metric: str,
        objective: Objective | None,
        periods: tuple[Period, Period],
        found: Explanation | Refusal,
    ) -> Explained:
        known = self.measures.metrics.get(metric)
        parts = () if isinstance(found, Refusal) else tuple(self._driven(part) for part in found.parts)
        return Explained(
            kind=kind,
            metric=metric,
            name=known.name if known else verbatim(metric),
            unit=known.unit if known else Unit.count,
            better=known.better if known else Direction.up,
            objective=objective.id if objective else None,
            period=periods[0],
            against=periods[1],
            found=found,
            parts=parts,
        )

    def _driven(self, part: Part) -> Driven:
        metric = self.measures.metrics[part.metric]
        movers = self._movers.get(part.metric, ()) if part.role is Role.driver else ()
        return Driven(part, metric.name, metric.unit, metric.better, movers)

    @cached_property
    def _movers(self) -> Mapping[str, tuple[Mover, ...]]:
        return Movers(self.deeds, self.against).by_metric


def tree_of(measures: Measures, root: str) -> Tree:
    """Return the formulas under a metric, never in a circle: the plan's drivers.

    Only a metric that the plan does not drive itself comes by what its value was worked out with: the average value of a deal is
    won amount over won deals, which under a plan's own drivers would tell the amount by the amount.
    """
    formulas: dict[str, str] = {}
    waiting, seen = [root], set[str]()
    while waiting:
        id = waiting.pop()
        words = _words(measures, id, root) if id not in seen else None
        seen.add(id)
        if words is None:
            continue
        parts = names(parse(words))
        if any(_reaches(formulas, part, id) for part in parts):
            continue
        formulas[id] = words
        waiting += reversed(parts)
    return Tree(formulas)


def _words(measures: Measures, metric: str, root: str) -> str | None:
    node = measures.tree.nodes.get(metric)
    if node is not None:
        return show(node)
    if metric != root:
        return None
    outcome = measures.value(metric, measures.period)
    words = outcome.options.get("formula") if isinstance(outcome, Estimate) else None
    return str(words) if words else None


def mixed(measures: Measures, metric: str, periods: tuple[Period, Period], by: str) -> Mix | Refusal:
    """Return the move of a rate `a / b` between two periods by the segments of a dimension; the rest is one segment, ""."""
    outcome = measures.value(metric, periods[1])
    words = outcome.options.get("formula") if isinstance(outcome, Estimate) else None
    node = parse(str(words)) if words else None
    match node:
        case Binary(operator="/", left=Name(id=value), right=Name(id=size)) if measures.facts:
            first, last = (_segments(measures.facts, value, size, period, by) for period in periods)
            if not {*first, *last} - {""}:
                return Refusal(
                    "no_segments", T("The data do not tell “{metric}” by {by}.", metric=metric, by=by)
                )
            return mix(first, last, "rate")
    return Refusal("no_rate", T("“{metric}” is not one figure over another: it has no mix.", metric=metric))


def _segments(facts: Facts, value: str, size: str, period: Period, by: str) -> dict[str, Segment]:
    columns = []
    for id in (value, size):
        parts = {
            key: one.value
            for key, one in facts.breakdown(id, period, by).items()
            if isinstance(one, Estimate)
        }
        whole = facts.value(id, period)
        if isinstance(whole, Estimate):
            parts[""] = whole.value - sum(parts.values())
        columns.append(parts)
    keys = sorted({*columns[0], *columns[1]})
    return {key: Segment(columns[0].get(key, 0.0), columns[1].get(key, 0.0)) for key in keys}


def _reaches(formulas: Mapping[str, str], start: str, end: str) -> bool:
    waiting, seen = [start], set[str]()
    while waiting:
        id = waiting.pop()
        if id == end:
            return True
        if id not in seen and id in formulas:
            waiting += names(parse(formulas[id]))
        seen.add(id)
    return False


def _values(measures: Measures, ids: Iterable[str], period: Period) -> dict[str, float]:
    found = {id: measures.value(id, period) for id in ids}
    return {id: outcome.value for id, outcome in found.items() if isinstance(outcome, Estimate)}


def _window(cadence: Cadence, period: Period) -> Period:
    """Return the window over which a target counts that ends with the last whole bucket of the period."""
    grain, width = WINDOWS[cadence]
    last = last_whole(period.end, grain)
    return Period(last.back(width - 1).start, last.end)
