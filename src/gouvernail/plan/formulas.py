"""The plan's formulas (driver tree, own metrics) as typed trees, with every fault (S1's cascade rests on them)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import Node, names, parse
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text
from gouvernail.plan.components import components
from gouvernail.plan.faults import Fault, short, whole
from gouvernail.plan.location import Location
from gouvernail.plan.locations import Locations
from gouvernail.plan.model import Plan

_GRAMMAR = T("Write metric ids, numbers, + - * / and parentheses.")


@dataclass(frozen=True)
class Formula:
    """How one metric is made: `element` is the driver or the own metric that says so."""

    metric: str
    element: str
    section: str
    words: str


def formulas(plan: Plan) -> Iterator[Formula]:
    """Yield every formula written in the plan: drivers, then own metrics."""
    for driver in plan.drivers:
        yield Formula(driver.metric, driver.id, "drivers", driver.formula)
    for metric in plan.metrics:
        if metric.formula:
            yield Formula(metric.id, metric.id, "metrics", metric.formula)


def parse_drivers(
    plan: Plan, known_metrics: Collection[str], locations: Locations | None = None
) -> tuple[Mapping[str, Node], list[Fault]]:
    """Return metric → tree of its formula, and every fault of the formulas.

    `known_metrics` are the ids of the catalogue; the plan's own metrics are added. Faults: syntax,
    a metric that does not exist, two formulas for one metric, metrics that are made of one another.
    The trees returned are those without fault, and form no cycle. `locations` puts faults on their line.
    """
    found = _Parsing(plan, frozenset(known_metrics) | {metric.id for metric in plan.metrics}, locations)
    for formula in formulas(plan):
        found.add(formula)
    found.cut_cycles()
    return found.trees, found.faults


class _Parsing:
    def __init__(self, plan: Plan, known: frozenset[str], locations: Locations | None) -> None:
        self.trees: dict[str, Node] = {}
        self.faults: list[Fault] = []
        self._known = known
        self._locations = locations
        self._from: dict[str, Formula] = {}
        self._rank = {
            element.id: i for section in (plan.drivers, plan.metrics) for i, element in enumerate(section)
        }

    def add(self, formula: Formula) -> None:
        if formula.metric in self._from:
            other = self._from[formula.metric].element
            wrong = T("“{metric}” already has a formula, in “{other}”.", metric=formula.metric, other=other)
            self._fault(formula, wrong, T("Keep one formula for each metric."))
            return
        self._from[formula.metric] = formula
        try:
            tree = parse(formula.words)
        except FormulaError as error:
            self._fault(formula, error.message, _GRAMMAR)
            return
        if self._all_known(formula, tree):
            self.trees[formula.metric] = tree

    def _all_known(self, formula: Formula, tree: Node) -> bool:
        unknown = [name for name in (formula.metric, *names(tree)) if name not in self._known]
        for name in dict.fromkeys(unknown):
            wrong = T("“{metric}” is not a metric of the catalogue or of this plan.", metric=name)
            expected = T("“gouvernail metrics” lists them; the section “metrics” adds your own.")
            self._fault(formula, wrong, expected, self._meant(name, formula.words))
        return not unknown

    def _meant(self, name: str, words: str) -> str | None:
        # `win-rate` reads as win minus rate: offer the metric that was meant.
        joined = next((one for one in re.findall(r"\w+(?:-\w+)+", words) if name in one.split("-")), None)
        underscored = joined.replace("-", "_") if joined else None
        return underscored if underscored in self._known else closest(name, self._known)

    def cut_cycles(self) -> None:
        edges = {
            metric: [name for name in names(tree) if name in self.trees]
            for metric, tree in self.trees.items()
        }
        for group in components(edges):
            if len(group) == 1 and group[0] not in edges[group[0]]:
                continue
            loop = sorted(group, key=list(edges).index)
            wrong = T("These metrics are made of one another: {metrics}.", metrics=tuple(loop))
            if len(loop) == 1:
                wrong = T("“{metric}” is made of itself.", metric=loop[0])
            self._fault(self._from[loop[0]], wrong, T("Break the circle: one of them must be measured."))
            for metric in group:
                del self.trees[metric]

    def _fault(self, formula: Formula, wrong: Text, expected: Text, suggestion: str | None = None) -> None:
        place = self._locations.of(formula.element, "formula") if self._locations else None
        place = place or Location("", 0)
        path = f"{formula.section}[{self._rank[formula.element]}].formula"
        message = whole(wrong, expected, suggestion)
        self.faults.append(
            Fault(place.file, place.line, path, short(formula.words), expected, suggestion, message)
        )
