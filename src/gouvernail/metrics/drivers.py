"""The driver tree: how metrics make one another (DOMAIN §2).

Gives the cascade of S1 (1.20 × 1.05 = 1.26), the translation of S3 ("+0.4 point of form conversion
= +38 kCHF a year"), and the target that is missing. Method: docs/methods/drivers.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import Node, evaluate, gradient, names, parse
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text
from gouvernail.metrics.root_finding import root_of

METHOD = "drivers"
MAX_PATHS = 1000


@dataclass(frozen=True)
class TreeFault:
    """What is wrong with one formula of the tree. `position` is its 0-based offset in the formula."""

    metric: str
    code: str
    message: Text
    suggestion: str | None = None
    position: int = 0


class Tree:
    """Formulas by metric id. Metrics that no formula makes are the leaves.

    Args:
        formulas: metric id → formula over metric ids.
        known: ids that leaves may have; any id is taken where not given.

    Raises:
        FormulaError: the first of `Tree.faults(formulas, known)`.
    """

    def __init__(self, formulas: Mapping[str, str], known: Collection[str] | None = None) -> None:
        faults = self.faults(formulas, known)
        if faults:
            raise FormulaError(faults[0].message, faults[0].position)
        self.nodes: dict[str, Node] = {id: parse(words) for id, words in formulas.items()}

    @staticmethod
    def faults(formulas: Mapping[str, str], known: Collection[str] | None = None) -> tuple[TreeFault, ...]:
        """Return every fault of the tree: formulas not well formed, unknown metrics, cycles."""
        found: list[TreeFault] = []
        nodes: dict[str, Node] = {}
        for id, words in formulas.items():
            try:
                nodes[id] = parse(words)
            except FormulaError as error:
                found.append(TreeFault(id, "bad_formula", error.message, position=error.position))
        if known is not None:
            found += _strangers(nodes, formulas, {*known, *formulas})
        return (*found, *_cycles(nodes))

    @property
    def leaves(self) -> tuple[str, ...]:
        """Return the metrics that formulas name and none makes, sorted."""
        named = {name for node in self.nodes.values() for name in names(node)}
        return tuple(sorted(named - set(self.nodes)))

    def evaluate(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return every metric that can be worked out from the leaves of `values`, the leaves included.

        A formula is preferred to a value given for the same metric, where its parts are known.
        """
        done: dict[str, float | None] = {}

        def value_of(id: str) -> float | None:
            if id not in done:
                node = self.nodes.get(id)
                worked_out = evaluate(node, value_of) if node is not None else None
                done[id] = values.get(id) if worked_out is None else worked_out
            return done[id]

        for id in (*self.nodes, *self.leaves, *values):
            value_of(id)
        return {id: value for id, value in done.items() if value is not None}

    def gradient(self, root: str, values: Mapping[str, float]) -> dict[str, float] | None:
        """Return the derivative of `root` by every metric under it, through nested formulas.

        For an inner metric: what one unit more of it is worth, however it comes about. None where a
        value is missing or a division is by zero.
        """
        if root not in self.nodes:
            return {root: 1.0}
        full = self.evaluate(values)
        slopes: dict[str, float] = {root: 1.0}
        for id in self.below(root):
            if id not in self.nodes:
                continue
            own = gradient(self.nodes[id], full)
            if own is None:
                return None
            for child, slope in own.items():
                slopes[child] = slopes.get(child, 0.0) + slopes[id] * slope
        return slopes

    def worth(self, root: str, metric: str, step: float, values: Mapping[str, float]) -> Outcome:
        """Return what a step of `metric` is worth in `root` (its unit, over the period of `values`).

        The derivative times the step: exact for small steps, all else equal (S3's translation). The
        caller scales to a year.
        """
        slopes = self.gradient(root, values)
        if slopes is None:
            return Refusal(
                "no_values",
                T("What “{metric}” is worth is not known: the driver tree lacks values.", metric=metric),
            )
        if metric not in slopes:
            return Refusal(
                "no_path",
                T("“{metric}” has no path to “{root}” in the driver tree.", metric=metric, root=root),
            )
        return Estimate(slopes[metric] * step, METHOD, options={"slope": slopes[metric], "step": step})

    def paths(self, child: str, root: str) -> tuple[tuple[str, ...], ...]:
        """Return the chains of metrics from `child` up to `root`, shortest first (at most 1,000)."""

        above = self._above(child)

        def climb(at: str, below: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
            if at == child:
                yield (at, *below)
            elif at in above:
                for name in names(self.nodes[at]):
                    yield from climb(name, (at, *below))

        found: list[tuple[str, ...]] = []
        for path in climb(root, ()):
            found.append(path)
            if len(found) == MAX_PATHS:
                break
        return tuple(sorted(found, key=lambda path: (len(path), path)))

    def solve(self, root: str, target: float, values: Mapping[str, float], unknown: str) -> Outcome:
        """Return the value of `unknown` that brings `root` to `target`, all else as in `values`.

        Exact where `root` depends on it linearly or inversely; else by bisection around the present
        value (or 1). Refuses where no value does.
        """
        if not self.paths(unknown, root):
            return Refusal(
                "no_path",
                T("“{metric}” has no path to “{root}” in the driver tree.", metric=unknown, root=root),
            )

        free = self._freed(unknown)

        def gap(x: float) -> float | None:
            got = free.evaluate({**values, unknown: x}).get(root)
            return None if got is None else got - target

        found = root_of(gap, values.get(unknown, 1.0) or 1.0)
        if found is None:
            return Refusal(
                "no_solution",
                T("No value of “{metric}” brings “{root}” to its target.", metric=unknown, root=root),
            )
        return Estimate(found, METHOD, options={"root": root, "target": target})

    def required_growth(
        self,
        root: str,
        growth: float,
        values: Mapping[str, float],
        unknown: str,
        given: Mapping[str, float] | None = None,
    ) -> Outcome:
        """Return the factor by which `unknown` must grow so that `root` grows by the factor `growth`.

        `given` holds the factors already planned for other metrics (1.05 for +5 %).
        """
        now = self.evaluate(values)
        if root not in now or unknown not in now:
            return Refusal(
                "no_values",
                T("What “{metric}” is worth is not known: the driver tree lacks values.", metric=unknown),
            )
        planned = {**now, **{id: now[id] * factor for id, factor in (given or {}).items() if id in now}}
        fixed = self
        for id in given or {}:
            fixed = fixed._freed(id) if id in now else fixed
        leaves = {id: value for id, value in planned.items() if id not in fixed.nodes}
        solved = fixed.solve(root, now[root] * growth, {**leaves, unknown: now[unknown]}, unknown)
        if isinstance(solved, Refusal):
            return solved
        if not now[unknown]:
            return Refusal("zero", T("“{metric}” is zero now: no growth can be told.", metric=unknown))
        return Estimate(solved.value / now[unknown], METHOD, options={"value": solved.value})

    def cascade(self, root: str, values: Mapping[str, float], factors: Mapping[str, float]) -> Outcome:
        """Return the factor by which `root` grows when metrics grow by `factors` (S1: 1.20 × 1.05 = 1.26)."""
        now = self.evaluate(values)
        fixed = self
        for id in factors:
            if id in now:
                fixed = fixed._freed(id)
        leaves = {id: value for id, value in now.items() if id not in fixed.nodes}
        leaves |= {id: now[id] * factor for id, factor in factors.items() if id in now}
        after = fixed.evaluate(leaves).get(root)
        if after is None or not now.get(root):
            return Refusal(
                "no_values",
                T("What “{metric}” is worth is not known: the driver tree lacks values.", metric=root),
            )
        return Estimate(after / now[root], METHOD, options={"before": now[root], "after": after})

    def _freed(self, leaf: str) -> Tree:
        """Return the tree with `leaf` set free of its formula."""
        if leaf not in self.nodes:
            return self
        tree = Tree({})
        tree.nodes = {id: node for id, node in self.nodes.items() if id != leaf}
        return tree

    def _above(self, child: str) -> frozenset[str]:
        """Return the metrics that `child` has a part in, so that climbing never enters a dead branch."""
        found = {child}
        grown = True
        while grown:
            more = {id for id, node in self.nodes.items() if id not in found and found & set(names(node))}
            found |= more
            grown = bool(more)
        return frozenset(found - {child})

    def below(self, root: str) -> list[str]:
        """Return `root` and all under it, every metric before its parts."""
        order: list[str] = []
        seen: set[str] = set()

        def visit(id: str) -> None:
            if id in seen:
                return
            seen.add(id)
            if id in self.nodes:
                for name in names(self.nodes[id]):
                    visit(name)
            order.append(id)

        visit(root)
        return order[::-1]


def _strangers(
    nodes: Mapping[str, Node], formulas: Mapping[str, str], known: Collection[str]
) -> Iterator[TreeFault]:
    for id, node in nodes.items():
        for name in names(node):
            if name in known:
                continue
            near = closest(name, known)
            message = (
                T("There is no metric “{id}”. Did you mean “{near}”?", id=name, near=near)
                if near
                else T("There is no metric “{id}”.", id=name)
            )
            yield TreeFault(id, "unknown_metric", message, near, formulas[id].find(name))


def _cycles(nodes: Mapping[str, Node]) -> tuple[TreeFault, ...]:
    found: list[TreeFault] = []
    done: set[str] = set()

    def visit(id: str, trail: tuple[str, ...]) -> None:
        if id in trail:
            round_trip = (*trail[trail.index(id) :], id)
            message = T("Formulas go round in a circle: {chain}.", chain=" → ".join(round_trip))
            found.append(TreeFault(id, "cycle", message))
            return
        if id in done or id not in nodes:
            return
        for name in names(nodes[id]):
            visit(name, (*trail, id))
        done.add(id)

    for id in nodes:
        visit(id, ())
    return tuple(found)
