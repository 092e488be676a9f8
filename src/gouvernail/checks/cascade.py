"""Objectives against the sub-objectives below them, through the driver tree (S1's cascade).

Values stand over the parent's window: a monthly sub-target of an additive metric counts twelve times in a year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from gouvernail.checks.index import Index, change
from gouvernail.checks.reckoning import NEAR, Reckoning, secant_root
from gouvernail.plan.model import Cadence, Objective

Reach = Callable[[Mapping[str, float]], float | None]
"""Targets of the sub-objectives by metric → what the parent's metric then is, as change or value (see `Cascade`)."""
WINDOWS: Mapping[Cadence, Decimal] = {
    Cadence.daily: Decimal(365),
    Cadence.weekly: Decimal(52),
    Cadence.monthly: Decimal(12),
    Cadence.quarterly: Decimal(4),
    Cadence.half_yearly: Decimal(2),
    Cadence.yearly: Decimal(1),
}
"""How many windows make a year."""


@dataclass(frozen=True)
class Cascade:
    """One objective and what its sub-targets lead to.

    `wanted` and `reached` are relative changes (0.1 = +10 %), or, where the parent starts from zero and no relative
    change exists (`absolute`), values of its metric. `reached` is None where the arithmetic has no answer (a
    division by zero, a tree that starts from zero). `unknown` lists the drivers without which sums cannot be
    worked out.
    """

    parent: Objective
    children: tuple[Objective, ...]
    wanted: float
    reached: float | None
    unknown: tuple[str, ...] = ()
    absolute: bool = False
    reach: Reach | None = field(default=None, compare=False)
    scales: Mapping[str, float] = field(default_factory=dict, compare=False)
    """Sub-objective id → factor from its window to the parent's."""

    @property
    def short(self) -> float | None:
        """How far `reached` falls short of `wanted`, in the direction wanted; negative for an overshoot."""
        if self.reached is None:
            return None
        return (1 if self.wanted >= 0 else -1) * (self.wanted - self.reached)

    def closing(self, child: Objective) -> float | None:
        """Return the target of `child` with which the sub-targets lead to what is wanted, the others unchanged.

        Found by the secant method; None where there is none or the child's own metric does not matter.
        """
        if self.reach is None or child.metric is None or self.reached is None:
            return None
        targets = _totals(self.children, "target", self.scales)
        reach, metric = self.reach, child.metric

        def miss(x: float) -> float | None:
            reached = reach({**targets, metric: x})
            return None if reached is None else reached - self.wanted

        total = secant_root(miss, targets[metric], max(1.0, abs(self.wanted)))
        if total is None:
            return None
        return (total - targets[metric]) / self.scales.get(child.id, 1.0) + float(child.target or 0)


def cascades(index: Index) -> Iterator[Cascade]:
    """Yield every objective with baseline and target that has sub-objectives to add up.

    Where some sub-objectives are parts of the same metric and others drivers of it, these are two ways to the same
    target: the way that suffices counts, else the one that comes closer.
    """
    starts: dict[Cadence, dict[str, float]] = {}
    for parent in index.plan.objectives:
        if parent.metric and parent.baseline is not None and parent.target is not None:
            below = [c for c in index.children.get(parent.id, ()) if isinstance(c, Objective) and _full(c)]
            # A billion-fold change is a slip of typing and no target.
            if not below or (parent.baseline and change(parent.baseline, parent.target) is None):
                continue
            if parent.window not in starts:
                starts[parent.window] = _starts(index, parent)
            through = _through_drivers(index, parent, below, starts[parent.window])
            ways = [way for way in (through, _parts(index, parent, below)) if way]
            if ways:
                yield min(ways, key=_preference)


def _preference(way: Cascade) -> tuple[bool, bool, float]:
    short = way.short
    if way.unknown or short is None:
        return (True, True, 0.0)
    return (False, short > NEAR, abs(short))


def _totals(
    objectives: Iterable[Objective], part: Literal["baseline", "target"], scales: Mapping[str, float]
) -> dict[str, float]:
    """Metric → sum over the objectives on it, which several have where each has a market of its own."""
    found: dict[str, float] = {}
    for objective in objectives:
        if objective.metric:
            value = float(getattr(objective, part) or 0) * scales.get(objective.id, 1.0)
            found[objective.metric] = found.get(objective.metric, 0.0) + value
    return found


def _full(objective: Objective) -> bool:
    return bool(objective.metric and objective.baseline is not None and objective.target is not None)


def _scale(index: Index, objective: Objective, parent: Objective) -> float:
    """Factor from the window of `objective` to the parent's; only what adds up over time has one."""
    metric = index.metrics.get(objective.metric or "")
    if metric is None or not metric.additive:
        return 1.0
    return float(WINDOWS[objective.window] / WINDOWS[parent.window])


def _parts(index: Index, parent: Objective, below: list[Objective]) -> Cascade | None:
    """Sub-objectives on the parent's own additive metric: their moves add up."""
    metric = index.metrics.get(parent.metric or "")
    parts = tuple(c for c in below if c.metric == parent.metric and c.id != parent.id)
    if not parts or metric is None or not metric.additive:
        return None
    scales = {part.id: _scale(index, part, parent) for part in parts}
    baseline, target = float(parent.baseline or 0), float(parent.target or 0)
    before = _totals(parts, "baseline", scales)[parent.metric or ""]
    wanted = change(baseline, target)

    def reach(targets: Mapping[str, float]) -> float | None:
        value = baseline + targets[parent.metric or ""] - before
        return value if wanted is None else change(baseline, value)

    return Cascade(
        parent,
        parts,
        target if wanted is None else wanted,
        reach(_totals(parts, "target", scales)),
        absolute=wanted is None,
        reach=reach,
        scales=scales,
    )


def _through_drivers(
    index: Index, parent: Objective, below: list[Objective], starts: Mapping[str, float]
) -> Cascade | None:
    """Sub-objectives on metrics that the driver tree puts below the parent's."""
    root = parent.metric or ""
    parts = tuple(c for c in below if c.metric and c.metric != root and root in index.driven_by(c.metric))
    if not parts or not _addable(index, parts):
        return None
    scales = {part.id: _scale(index, part, parent) for part in parts}
    return _worked_out(index, parent, parts, scales, starts)


def _worked_out(
    index: Index,
    parent: Objective,
    parts: tuple[Objective, ...],
    scales: Mapping[str, float],
    starts: Mapping[str, float],
) -> Cascade:
    baseline, target = float(parent.baseline or 0), float(parent.target or 0)
    start, ends = _totals(parts, "baseline", scales), _totals(parts, "target", scales)
    reckoning = Reckoning(index, parent.metric or "", start, starts, change(baseline, target) is None)
    unknown = reckoning.unknown(ends)
    if len(unknown) == 1 and not reckoning.absolute and reckoning.settle(unknown[0], baseline):
        unknown = tuple(one for one in reckoning.unknown(ends) if one != unknown[0])
    wanted = change(baseline, target)
    return Cascade(
        parent,
        parts,
        target if wanted is None else wanted,
        reckoning.reach(ends),
        unknown,
        reckoning.absolute,
        reckoning.reach,
        scales,
    )


def _starts(index: Index, parent: Objective) -> dict[str, float]:
    """Metric → the baseline that the first objective on it states, over the parent's window."""
    found: dict[str, float] = {}
    for objective in index.plan.objectives:
        if objective.metric and objective.baseline is not None and objective.metric not in found:
            found[objective.metric] = float(objective.baseline) * _scale(index, objective, parent)
    return found


def _addable(index: Index, parts: tuple[Objective, ...]) -> bool:
    """Whether no rate or average is set twice: two markets' rates do not add up."""
    times = Counter(part.metric for part in parts)
    return all(
        n == 1 or (metric in index.metrics and index.metrics[metric].additive)
        for metric, n in times.items()
        if metric
    )
