"""What the driver tree makes of targets: the parent's metric worked out, with drivers that nobody states made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gouvernail.base.formula import evaluate, names
from gouvernail.checks.index import Index, change

NEAR = 1e-9
"""How far apart figures may be that count as the same."""


class Reckoning:
    """What the driver tree makes of the parts' targets. Drivers that nobody states have made-up values.

    `absolute` reckons in values, where the parent's baseline is zero and no change can be told.
    """

    def __init__(
        self, index: Index, root: str, start: Mapping[str, float], starts: Mapping[str, float], absolute: bool
    ) -> None:
        self.index, self.root, self.absolute = index, root, absolute
        self._stops = frozenset(start)
        self._order = _order(index, root, self._stops)
        self._stated = {**{metric: starts[metric] for metric in self._order if metric in starts}, **start}
        free = (m for m in self._order if m not in self._stops and m not in index.formulas)
        leaves = [metric for metric in free if metric not in self._stated]
        # Odd numbers, so that no difference or quotient of unknown drivers is nought or one by accident.
        self._known = {leaf: 1.0 + (i + 1) * 0.6180339887498949 % 1 for i, leaf in enumerate(leaves)}

    def reach(self, targets: Mapping[str, float]) -> float | None:
        """Return the change (or the value) of the parent's metric that these targets make."""
        after = self._value({**self._stated, **targets})
        if self.absolute:
            return after
        before = self._value(self._stated)
        return None if before is None or after is None else change(before, after)

    def unknown(self, ends: Mapping[str, float]) -> tuple[str, ...]:
        """Return the drivers nobody states on which the answer depends."""
        return tuple(
            leaf
            for leaf in self._known
            if _differ(_with(self._known, leaf, 7.3, lambda: self.reach(ends)), self.reach(ends))
        )

    def settle(self, leaf: str, baseline: float) -> bool:
        """Give `leaf` what the parent's own baseline leaves for it, as in a sum; whether that can be."""
        found = secant_root(
            lambda x: _less(_with(self._known, leaf, x, lambda: self._value(self._stated)), baseline),
            1.0,
            abs(baseline),
        )
        if found is None or found < 0:
            return False
        self._known[leaf] = found
        return True

    def _value(self, given: Mapping[str, float]) -> float | None:
        return _value(self.index, self.root, self._order, {**self._known, **given}, self._stops)


def _with(known: dict[str, float], leaf: str, value: float, ask: Callable[[], float | None]) -> float | None:
    """Return what `ask` answers while `leaf` has another value."""
    kept = known[leaf]
    known[leaf] = value
    try:
        return ask()
    finally:
        known[leaf] = kept


def _less(value: float | None, other: float) -> float | None:
    return None if value is None else value - other


def _differ(a: float | None, b: float | None) -> bool:
    return (a is None) != (b is None) or (a is not None and b is not None and abs(a - b) > NEAR)


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


def secant_root(miss: Callable[[float], float | None], start: float, size: float) -> float | None:
    """Return where `miss` is nought, to a ten-billionth of `size`; None where it is not found."""
    a, b = start, start * 1.05 if start else 1.0
    fa, fb = miss(a), miss(b)
    for _ in range(60):
        if fa is None or fb is None:
            return None
        if abs(fb) <= 1e-10 * size:
            return b
        if fa == fb:
            return None
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        fb = miss(b)
    return None
