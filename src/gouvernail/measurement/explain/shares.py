"""The Shapley shares of one formula: what each metric that it names adds, per unit of that metric's own move.

Read over every order in which the metrics could have moved one after another. Moving each at a random moment t of
[0, 1] gives all orders the same chance (Owen 1972), and a product of means is the mean of a product; so in the metrics that
a formula takes once (nearly all), the mean over k! orders is the exact integral of one polynomial, found by
Gauss's rule in k/2 evaluations, not in 2^k. Only metrics that are knotted (`p / (p + q)`) go through their subsets.

Nothing takes a logarithm (LMDI does: Ang 2005): zeros and signs are as good as any value.

Source: Shapley (1953), A value for n-person games; Owen (1972), Multilinear extensions of games, Management
Science 18(5).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from gouvernail.base.formula import Binary, Constant, Name, Node, evaluate
from gouvernail.measurement.explain.program import Program, compiled, is_monomial

MOST_KNOTTED = 12
"""Knotted metrics that go through all their subsets, 2^12; beyond, each divisor counts as one part of its own."""
Values = Mapping[str, float]


def shares(node: Node, before: Values, now: Values) -> dict[str, float] | None:
    """Return metric → share: times the metric's own move it is what the metric added (its Shapley value).

    The shares are defined for metrics that stood still too (what a small move would have added), so that the
    opposite moves of their own parts can be told. Shares times moves sum to the formula's whole move.

    Args:
        node: the formula; it has a value at both ends.
        before: metric → value it moved from.
        now: metric → value it moved to.

    Returns:
        None where a division by zero lies on the way from one end to the other.
    """
    program = compiled(node)
    if len(_turning(program, before, now)) > MOST_KNOTTED:
        return _levelled(node, before, now)
    ends = {name: (before[name], now[name]) for name in program.names}
    try:
        found = _Sharing(program, ends).all()
    except (ZeroDivisionError, FloatingPointError):
        return None
    return found if all(math.isfinite(share) for share in found.values()) else None


def _turning(program: Program, before: Values, now: Values) -> tuple[str, ...]:
    """Return the knotted metrics that moved: those whose subsets count."""
    return tuple(name for name in program.names if name in program.knotted and before[name] != now[name])


@dataclass(frozen=True)
class _Sharing:
    program: Program
    ends: Mapping[str, tuple[float, float]]

    def all(self) -> dict[str, float]:
        """Return the share of each metric.

        Raises:
            ZeroDivisionError: a division by zero lies on the way.
            FloatingPointError: likewise.
        """
        program, ends = self.program, self.ends
        moved = {name for name, (x, y) in ends.items() if x != y}
        turning = tuple(name for name in program.names if name in program.knotted and name in moved)
        # The share of what moved lacks the degree of its own move; that of what stood still does not.
        degree = program.degree(moved) + len(turning) - (len(moved) == len(ends))
        found = dict.fromkeys(program.names, 0.0)
        for t, weight in _rule(max(degree, 0) // 2 + 1):
            for name, share in self._at(t, turning).items():
                found[name] += weight * share
        return found

    def _at(self, t: float, turning: tuple[str, ...]) -> dict[str, float]:
        """Return the shares where every metric has moved with the chance t."""
        ends, inverted = self.ends, self.program.inverted
        values: dict[str, Any] = {
            name: x if x == y else (1 - t) * x + t * y for name, (x, y) in ends.items() if name not in turning
        }
        over: dict[str, Any] = {
            name: 1 / ends[name][0]
            if ends[name][0] == ends[name][1]
            else (1 - t) / ends[name][0] + t / ends[name][1]
            for name in inverted
        }
        if not turning:
            return self._straight(values, over, None) | self._knotted(t, values, over, None)
        import numpy as np

        subsets = _Subsets(turning, _subsets(len(turning)))
        for name in turning:
            x, y = ends[name]
            values[name] = subsets.values(name, x, y)
            if name in inverted:
                over[name] = subsets.values(name, 1 / x, 1 / y)
        with np.errstate(all="raise", under="ignore"):
            return self._straight(values, over, subsets.chances(t)) | self._knotted(t, values, over, subsets)

    def _straight(self, values: Any, over: Any, chances: Any) -> dict[str, float]:
        slopes = self.program.slopes(self.program.run(values, over))
        found: dict[str, float] = {}
        for at, name, is_over in self.program.mentions:
            mean = slopes[at] if chances is None else float((slopes[at] * chances).sum())
            if is_over:
                x, y = self.ends[name]
                mean = -mean / (x * y)
            found[name] = found.get(name, 0.0) + mean
        return found

    def _knotted(self, t: float, values: Any, over: Any, subsets: _Subsets | None) -> dict[str, float]:
        found: dict[str, float] = {}
        for name in self.program.knotted:
            slope = self.program.secant(name, self.ends[name], values, over)
            found[name] = slope if subsets is None else float((slope * subsets.chances(t, name)).sum())
        return found


@dataclass(frozen=True)
class _Subsets:
    """All subsets of some metrics as rows: which of them has moved."""

    names: tuple[str, ...]
    moved: Any
    """Rows by names, of true and false."""

    def values(self, name: str, before: float, now: float) -> Any:
        """Return the metric's value in each subset."""
        import numpy as np

        return np.where(self.moved[:, self.names.index(name)], now, before)

    def chances(self, t: float, without: str | None = None) -> Any:
        """Return the chance of each subset at t; `without` a metric, of the subsets of the others (the rest 0)."""
        place = self.names.index(without) if without in self.names else None
        return _chances(len(self.names), t, place)


@lru_cache(maxsize=256)
def _chances(count: int, t: float, without: int | None) -> Any:
    import numpy as np

    moved = _subsets(count)
    others = [i for i in range(count) if i != without]
    size = moved[:, others].sum(axis=1)
    chances = t**size * (1 - t) ** (len(others) - size)
    return chances if without is None else np.where(moved[:, without], 0.0, chances)


@cache
def _subsets(count: int) -> Any:
    import numpy as np

    return (np.arange(2**count)[:, None] >> np.arange(count)) & 1 > 0


@cache
def _rule(points: int) -> Sequence[tuple[float, float]]:
    """Return places and weights of Gauss's rule over [0, 1], exact to the degree 2 points − 1."""
    if points == 1:
        return ((0.5, 1.0),)
    import numpy as np

    places, weights = np.polynomial.legendre.leggauss(points)
    return tuple((float(x + 1) / 2, float(w) / 2) for x, w in zip(places, weights, strict=True))


def _levelled(node: Node, before: Values, now: Values) -> dict[str, float] | None:
    """Return the shares where each compound divisor counts as one part, and each mention of a metric as one."""
    cut = _Cut({}, before, now)
    plain = cut.replaced(node)
    outer = shares(plain, cut.values(0), cut.values(1)) if cut.sound else None
    if outer is None:
        return None
    found: dict[str, float] = {}
    for mark, part in cut.parts.items():
        inner = {part.id: 1.0} if isinstance(part, Name) else shares(part, before, now)
        if inner is None:
            return None
        for name, share in inner.items():
            found[name] = found.get(name, 0.0) + outer[mark] * share
    return found


@dataclass
class _Cut:
    """A formula whose mentions and compound divisors were each given a name of their own."""

    parts: dict[str, Node]
    before: Values
    now: Values
    sound: bool = True

    def replaced(self, node: Node) -> Node:
        match node:
            case Binary(operator="/", left=left, right=right) if not is_monomial(right):
                return Binary("/", self.replaced(left), self._named(right))
            case Binary(operator=operator, left=left, right=right):
                return Binary(operator, self.replaced(left), self.replaced(right))
            case Name():
                return self._named(node)
            case Constant():
                return node

    def _named(self, part: Node) -> Name:
        mark = f"_{len(self.parts)}"
        self.parts[mark] = part
        self.sound = self.sound and all(
            evaluate(part, side.get) is not None for side in (self.before, self.now)
        )
        return Name(mark)

    def values(self, side: int) -> dict[str, float]:
        told = (self.before, self.now)[side]
        return {mark: evaluate(part, told.get) or 0.0 for mark, part in self.parts.items()}
