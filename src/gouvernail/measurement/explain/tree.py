"""Why a metric moved: what each driver of its tree added, level by level; the drivers add up to the move, exactly.

Every formula shares its move among the metrics that it names (`shares`). What a metric added is then shared among the
parts of its own formula: a share per unit of move is passed down, so that opposite moves that leave a metric where it was
are told, and nothing is ever divided by a move. Taking a driver apart never changes what stands above it.
This is Winter's value for players in nested groups. Method: docs/methods/explain.md.

Source: Shapley (1953); Winter (1989), A value for cooperative games with levels structure of cooperation,
International Journal of Game Theory 18.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gouvernail.base.formula import evaluate, names
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T, verbatim
from gouvernail.measurement.explain.explanation import Explanation, Part, Role
from gouvernail.measurement.explain.mix import Effect, Mix
from gouvernail.measurement.explain.shares import shares
from gouvernail.metrics.drivers import Tree

CLOSE = 1e-9
"""How far, of the largest figure involved, the parts may be from the move."""
MOST_PARTS = 100_000
"""Parts that an explanation lists by every way; metrics that are shared level after level make ways without end."""
Values = Mapping[str, float]


def explain(
    tree: Tree, root: str, before: Values, now: Values, mixes: Mapping[str, Mix] | None = None
) -> Explanation | Refusal:
    """Return what each driver under `root` added between two sets of values.

    Args:
        tree: the driver tree.
        root: the metric to explain.
        before: metric → value where the move starts. Leaves are needed; a metric with a formula may have a
            value too, and where it has one on both sides what the formula does not tell is a part, `rest`.
        now: the same where the move ends.
        mixes: metric → its move by segments, for metrics that no formula breaks down.

    Returns:
        A refusal where the root has no value at an end (`no_values`), no formula (`no_formula`), a division by zero
        on its way (`zero_on_the_way`), or parts that do not add up in floating point (`not_closed`).
    """
    order = tree.below(root)
    known = _Known(tree, _finite(before), _finite(now), mixes or {})
    for id in reversed(order):
        known.learn(id)
    refused = known.refused(root, order)
    if refused is not None:
        return refused
    told = _Telling(known, None if known.ways(order) <= MOST_PARTS else known.slopes_to(order)).told(root)
    error = abs(math.fsum(part.added for part in told.lowest) - told.move)
    scale = max([abs(told.before), abs(told.now), *(abs(part.added) for part in told.lowest)])
    if not error <= CLOSE * scale:
        return Refusal(
            "not_closed", T("Figures too far apart in size: the parts would not add up to the move.")
        )
    return replace(told, options={"error": error})


def gap(
    tree: Tree, root: str, target: float, actual: Values, planned: Values, baseline: Values
) -> Explanation | Refusal:
    """Return what stands between a target and where the metric is: `before` is the target, `now` the actual value.

    A driver counts against its own target (`planned`) where it has one, else against `baseline`, where it came from. What the
    target asks beyond them is the root's `rest`: asked of no driver.

    Args:
        tree: the driver tree.
        root: the metric with the target.
        target: its target.
        actual: metric → value reached.
        planned: metric → target of its own.
        baseline: metric → value where the way to the target began.
    """
    aims = {id: baseline[id] for id in tree.leaves if id in baseline} | dict(planned)
    made = tree.evaluate(aims)
    aims |= {id: baseline[id] for id in tree.nodes if id in baseline and id not in made} | {root: target}
    reached = dict(actual)
    worked_out = tree.evaluate(actual)
    for id in (root, *planned):
        if id not in reached and id in worked_out:
            reached[id] = worked_out[id]
    return explain(
        tree, root, aims, {id: reached[id] for id in reached if id in aims or id not in tree.nodes}
    )


@dataclass
class _Known:
    """What is found of each metric, parts before wholes."""

    tree: Tree
    before: Values
    now: Values
    mixes: Mapping[str, Mix]
    ends: dict[str, tuple[float, float]] = field(default_factory=dict)
    rests: dict[str, tuple[float, float]] = field(default_factory=dict)
    slopes: dict[str, dict[str, float]] = field(default_factory=dict)
    notes: dict[str, Refusal] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)

    def learn(self, id: str) -> None:
        """Find the values of a metric at both ends, and the shares of its formula's parts."""
        given = self.before.get(id), self.now.get(id)
        node = self.tree.nodes.get(id)
        made: tuple[float | None, float | None] = (None, None)
        if node is not None:
            made = _ended(evaluate(node, self.first.get)), _ended(evaluate(node, self.last.get))
        x, y = (g if m is None else m for g, m in zip(given, made, strict=True))
        if node is not None and made[0] is not None and made[1] is not None:
            if given[0] is not None and given[1] is not None:
                rest = given[0] - made[0], given[1] - made[1]
                if not _near(given[0], made[0]) or not _near(given[1], made[1]):
                    self.rests[id], (x, y) = rest, given
            found = shares(node, self.first, self.last)
            if found is None:
                self.notes[id] = _zero(id)
            else:
                self.slopes[id] = found
        elif node is not None:
            self.notes[id] = _missing(id, [name for name in names(node) if name not in self.ends] or [id])
        self._keep(id, x, y)

    def _keep(self, id: str, x: float | None, y: float | None) -> None:
        if x is not None:
            self.first[id] = x
        if y is not None:
            self.last[id] = y
        if x is not None and y is not None:
            self.ends[id] = (x, y)

    def refused(self, root: str, order: list[str]) -> Refusal | None:
        """Return why the root cannot be explained."""
        if root not in self.ends:
            lacking = [id for id in order if id not in self.ends and id not in self.tree.nodes]
            return _missing(root, lacking or [root])
        if root in self.slopes or root in self.mixes:
            return None
        return self.notes.get(root) or Refusal(
            "no_formula",
            T(
                "No formula makes “{metric}”: write its driver in the plan, and its moves can be told.",
                metric=root,
            ),
        )

    def ways(self, order: list[str]) -> int:
        """Return how many parts there are by every way from the root."""
        found: dict[str, int] = {}
        for id in reversed(order):
            found[id] = sum(1 + found[part] for part in self.slopes.get(id, {}))
        return found[order[0]]

    def slopes_to(self, order: list[str]) -> dict[str, float]:
        """Return metric → what the root moves by for one unit that it moves, by every way."""
        found = {order[0]: 1.0}
        for id in order:
            for part, slope in self.slopes.get(id, {}).items():
                found[part] = found.get(part, 0.0) + found.get(id, 0.0) * slope
        return found


@dataclass(frozen=True)
class _Telling:
    """`totals`: metric → what the root moves by for one unit of it by all ways, where its parts stand only once."""

    known: _Known
    totals: Mapping[str, float] | None

    def told(self, root: str) -> Explanation:
        parts: list[Part] = []
        opened: set[str] = set()
        waiting = self._below(root, 1.0, 1)[::-1]
        while waiting:
            part, slope = waiting.pop()
            parts.append(part)
            if part.lowest or (self.totals is not None and part.metric in opened):
                continue
            opened.add(part.metric)
            total = slope if self.totals is None else self.totals[part.metric]
            waiting += self._below(part.metric, total, part.depth + 1)[::-1]
        before, now = self.known.ends[root]
        return Explanation(root, before, now, tuple(parts))

    def _below(self, id: str, slope: float, depth: int) -> list[tuple[Part, float]]:
        """Return the parts of a metric, each with what the root moves by for one unit of it."""
        known = self.known
        found: list[tuple[Part, float]] = []
        for name, share in known.slopes.get(id, {}).items():
            x, y = known.ends[name]
            lowest = name not in known.slopes and name not in known.mixes
            added = slope * share * (y - x) + 0.0
            part = Part(name, id, Role.driver, depth, x, y, added, lowest, note=known.notes.get(name))
            found.append((part, slope * share))
        if id not in known.slopes:
            found += [(part, 0.0) for part in self._segments(id, slope, depth)]
        if id in known.rests:
            found.append((_rest(id, known.rests[id], slope, depth), 0.0))
        return found

    def _segments(self, id: str, slope: float, depth: int) -> list[Part]:
        mixed, (before, now) = self.known.mixes[id], self.known.ends[id]
        found = [
            Part(
                id,
                id,
                _ROLES[one.effect],
                depth,
                one.before,
                one.now,
                slope * one.added + 0.0,
                True,
                one.segment,
            )
            for one in mixed.parts
        ]
        if not _near(before, mixed.before) or not _near(now, mixed.now):
            found.append(_rest(id, (before - mixed.before, now - mixed.now), slope, depth))
        return found


def _rest(id: str, ends: tuple[float, float], slope: float, depth: int) -> Part:
    x, y = ends
    return Part(id, id, Role.rest, depth, x, y, slope * (y - x) + 0.0, True)


_ROLES = {effect: Role(effect.value) for effect in Effect}


def _finite(values: Values) -> dict[str, float]:
    return {id: float(value) for id, value in values.items() if math.isfinite(value)}


def _ended(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _near(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=CLOSE)


def _missing(id: str, lacking: list[str]) -> Refusal:
    reason = T(
        "What made “{metric}” move cannot be told: {lacking} has no value at one end.",
        metric=id,
        lacking=verbatim(", ".join(f"“{name}”" for name in lacking)),
    )
    return Refusal("no_values", reason)


def _zero(id: str) -> Refusal:
    return Refusal(
        "zero_on_the_way",
        T("What made “{metric}” move cannot be told: its formula divides by zero on the way.", metric=id),
    )
