"""Objectives against the sub-objectives below them, through the driver tree (S1's cascade)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from gouvernail.base.formula import evaluate, names
from gouvernail.checks.index import Index, change
from gouvernail.plan.model import Objective

Growth = Callable[[Mapping[str, float]], float | None]
"""Targets of the sub-objectives by metric → the parent's relative change."""


@dataclass(frozen=True)
class Cascade:
    """One objective and what its sub-targets lead to.

    `wanted` and `reached` are relative changes (0.1 = +10 %). `reached` is None where the arithmetic has no
    answer (a division by zero). `unknown` lists the drivers without which sums cannot be worked out.
    """

    parent: Objective
    children: tuple[Objective, ...]
    wanted: float
    reached: float | None
    unknown: tuple[str, ...] = ()
    growth: Growth | None = field(default=None, compare=False)

    def closing(self, child: Objective) -> float | None:
        """Return the target of `child` with which the sub-targets lead to what is wanted, the others unchanged.

        Found by the secant method; None where there is none or the child's own metric does not matter.
        """
        if self.growth is None or child.metric is None:
            return None
        targets = _totals(self.children, "target")
        growth, metric = self.growth, child.metric

        def miss(x: float) -> float | None:
            reached = growth({**targets, metric: x})
            return None if reached is None else reached - self.wanted

        total = _root(miss, targets[metric])
        return None if total is None else total - targets[metric] + float(child.target or 0)


def cascades(index: Index) -> Iterator[Cascade]:
    """Yield every objective with baseline and target that has sub-objectives to add up."""
    for parent in index.plan.objectives:
        if parent.metric and parent.baseline and parent.target is not None:
            below = [c for c in index.children.get(parent.id, ()) if isinstance(c, Objective) and _full(c)]
            found = _through_drivers(index, parent, below) or _same_metric(index, parent, below)
            if found:
                yield found


def _totals(objectives: Iterable[Objective], part: Literal["baseline", "target"]) -> dict[str, float]:
    """Metric → sum over the objectives on it, which several have where each has a market of its own."""
    found: dict[str, float] = {}
    for objective in objectives:
        if objective.metric:
            found[objective.metric] = found.get(objective.metric, 0.0) + float(getattr(objective, part) or 0)
    return found


def _full(objective: Objective) -> bool:
    return bool(objective.metric and objective.baseline is not None and objective.target is not None)


def _same_metric(index: Index, parent: Objective, below: list[Objective]) -> Cascade | None:
    metric = index.metrics.get(parent.metric or "")
    parts = tuple(
        c for c in below if c.metric == parent.metric and c.window is parent.window and c.id != parent.id
    )
    if not parts or metric is None or not metric.additive or not parent.baseline or parent.target is None:
        return None
    wanted = change(parent.baseline, parent.target)
    moved = sum(float(part.target or 0) - float(part.baseline or 0) for part in parts)
    reached = change(parent.baseline, float(parent.baseline) + moved)
    return None if wanted is None else Cascade(parent, parts, wanted, reached)


def _through_drivers(index: Index, parent: Objective, below: list[Objective]) -> Cascade | None:
    root = parent.metric or ""
    parts = tuple(c for c in below if c.metric and c.metric != root and root in index.driven_by(c.metric))
    start, ends = _totals(parts, "baseline"), _totals(parts, "target")
    wanted = change(parent.baseline or 0, parent.target or 0)
    if not parts or wanted is None or not _addable(index, parts):
        return None
    stops = frozenset(start)
    order = _order(index, root, stops)
    stated = {**index.baselines, **start}
    leaves = [m for m in order if m not in stops and m not in index.formulas and m not in index.baselines]

    def growth(targets: Mapping[str, float], fill: Mapping[str, float] | None = None) -> float | None:
        known = fill or dict.fromkeys(leaves, 1.0)
        before = _value(index, root, order, {**known, **stated}, stops)
        after = _value(index, root, order, {**known, **stated, **targets}, stops)
        return None if before is None or after is None else change(before, after)

    reached = growth(ends)
    # A driver that only multiplies cancels out; one in a sum does not, and then its value is needed.
    unknown = tuple(
        leaf for leaf in leaves if _matters(growth(ends, {**dict.fromkeys(leaves, 1.0), leaf: 7.0}), reached)
    )
    return Cascade(parent, parts, wanted, reached, unknown, growth)


def _addable(index: Index, parts: tuple[Objective, ...]) -> bool:
    """Whether no rate or average is set twice: two markets' rates do not add up."""
    times = Counter(part.metric for part in parts)
    return all(
        n == 1 or (metric in index.metrics and index.metrics[metric].additive)
        for metric, n in times.items()
        if metric
    )


def _matters(a: float | None, b: float | None) -> bool:
    return (a is None) != (b is None) or (a is not None and b is not None and abs(a - b) > 1e-9)


def _order(index: Index, root: str, stops: frozenset[str]) -> list[str]:
    """Return the metrics below `root`, parts before wholes; sub-objectives' metrics are not opened."""
    done: dict[str, None] = {}
    waiting = [(root, False)]
    opened: set[str] = set()
    while waiting:
        metric, ready = waiting.pop()
        if ready:
            done[metric] = None
        elif metric not in opened:
            opened.add(metric)
            waiting.append((metric, True))
            if metric in index.formulas and metric not in stops:
                waiting += [(part, False) for part in names(index.formulas[metric])]
    return list(done)


def _value(
    index: Index, root: str, order: list[str], given: Mapping[str, float], stops: frozenset[str]
) -> float | None:
    values: dict[str, float | None] = {}
    for metric in order:
        if metric in index.formulas and metric not in stops:
            values[metric] = evaluate(index.formulas[metric], values.get)
        else:
            values[metric] = given.get(metric)
    return values[root]


def _root(miss: Callable[[float], float | None], start: float) -> float | None:
    a, b = start, start * 1.05 if start else 1.0
    fa, fb = miss(a), miss(b)
    for _ in range(60):
        if fa is None or fb is None or fa == fb:
            return None
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        fb = miss(b)
        if fb is not None and abs(fb) < 1e-10:
            return b
    return None
