"""Student's t distribution, from the incomplete beta function.

A library with two functions that we need would cost seconds of import; this is the continued
fraction of the textbooks (Abramowitz and Stegun 26.5.8; Lentz's evaluation), good to 12 digits.
"""

from __future__ import annotations

import math

_TINY = 1e-300
_STEPS = 500


def cdf(t: float, freedom: float) -> float:
    """Return P(T ≤ t) for `freedom` degrees of freedom (more than zero)."""
    if math.isinf(t):
        return 1.0 if t > 0 else 0.0
    tail = 0.5 * incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))
    return 1 - tail if t > 0 else tail


def quantile(probability: float, freedom: float) -> float:
    """Return t with P(T ≤ t) = `probability` (strictly between 0 and 1), by bisection."""
    low, high = -1.0, 1.0
    while cdf(low, freedom) > probability:
        low *= 2
    while cdf(high, freedom) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    front = math.exp(log_front)
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _safe(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, _STEPS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _safe(1 + numerator * d)
            c = _safe(1 + numerator / c)
            result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return result


def _safe(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
