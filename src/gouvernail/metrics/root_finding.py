"""Where a function of one variable is zero: by a straight line, by one over x, else by bisection."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

_CLOSE = 1e-12


def root_of(gap: Callable[[float], float | None], start: float) -> float | None:
    """Return where `gap` is zero: by a straight line, by one over x, else by bisection; of one sign if it can be."""
    guesses = [
        guess
        for guess in (_straight(gap, start), _inverse(gap, start))
        if guess is not None and _is_root(gap, guess)
    ]
    same_side = [guess for guess in guesses if guess * start > 0]
    if same_side:
        return same_side[0]
    bisected = _bisected(gap, start)
    return bisected if bisected is not None else next(iter(guesses), None)


def _straight(gap: Callable[[float], float | None], x: float) -> float | None:
    a, b = gap(x), gap(2 * x)
    if a is None or b is None or a == b:
        return None
    return x - a * x / (b - a)


def _inverse(gap: Callable[[float], float | None], x: float) -> float | None:
    a, b = gap(x), gap(2 * x)
    if a is None or b is None or a == b:
        return None
    # gap = p + q / x through both points
    q = (a - b) * 2 * x
    p = a - q / x
    return -q / p if p else None


def _is_root(gap: Callable[[float], float | None], x: float) -> bool:
    at, near = gap(x), gap(x * 2 or 1.0)
    scale = max(abs(near or 0.0), 1e-9)
    return at is not None and math.isfinite(at) and abs(at) <= 1e-9 * max(scale, 1.0)


def _bisected(gap: Callable[[float], float | None], start: float) -> float | None:
    grid = [start * 2.0**power for power in range(-40, 41)]
    points = [(x, y) for x in grid if (y := gap(x)) is not None and math.isfinite(y)]
    for (low, at_low), (high, at_high) in itertools.pairwise(points):
        if at_low * at_high <= 0:
            return _narrowed(gap, low, high, at_low)
    return None


def _narrowed(gap: Callable[[float], float | None], low: float, high: float, at_low: float) -> float | None:
    for _ in range(200):
        middle = (low + high) / 2
        at = gap(middle)
        if at is None:
            return None
        if at * at_low > 0:
            low, at_low = middle, at
        else:
            high = middle
        if abs(high - low) <= _CLOSE * abs(high):
            break
    return (low + high) / 2
