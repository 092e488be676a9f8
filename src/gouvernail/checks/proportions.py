"""Shares and their uncertainty, in closed form: intervals, a trend over ordered groups, a count against its need.

Sources: Wilson (1927, JASA 22); Newcombe (1998, Statistics in Medicine 17, method 10); Cochran (1954) and
Armitage (1955), both Biometrics; McCullagh and Nelder (1989, chapter 4) for the dispersion;
Abramowitz and Stegun (1964, 26.7.3 and 26.7.4) for Student's distribution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist


def wilson(successes: float, trials: float, level: float = 0.99) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion at `level`; (0, 1) without trials.

    Successes beyond the trials (a visit with two key events) count as all trials.
    """
    if trials <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate = min(max(successes, 0.0), trials) / trials
    centre = rate + z * z / (2 * trials)
    spread = z * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def difference(
    first: tuple[float, float], second: tuple[float, float], level: float = 0.99
) -> tuple[float, float]:
    """Return Newcombe's interval of the first proportion minus the second; each is (successes, trials)."""
    (low1, high1), (low2, high2) = wilson(*first, level), wilson(*second, level)
    rate1, rate2 = (min(x, n) / n if n else 0.5 for x, n in (first, second))
    apart = rate1 - rate2
    return (
        apart - math.hypot(rate1 - low1, high2 - rate2),
        apart + math.hypot(high1 - rate1, rate2 - low2),
    )


@dataclass(frozen=True)
class Trend:
    """A linear trend of a proportion over ordered groups.

    `z` is Cochran and Armitage's statistic; `dispersion` how much more the groups scatter around the line than
    chance alone would (1 at least); `falling` the one-sided p-value of a fall, that scatter counted in;
    `start` and `end` the line's values at the first and last group.
    """

    z: float
    dispersion: float
    falling: float
    start: float
    end: float


def trend(groups: Sequence[tuple[float, float, float]]) -> Trend | None:
    """Return the trend over groups of (score, successes, trials).

    None with fewer than three groups, without success or failure, or where all scores are alike.
    """
    trials = sum(n for _, _, n in groups)
    successes = sum(x for _, x, _ in groups)
    if len(groups) < 3 or not 0 < successes < trials or any(n <= 0 for _, _, n in groups):
        return None
    rate, mean = successes / trials, sum(s * n for s, _, n in groups) / trials
    spread = sum(n * (s - mean) ** 2 for s, _, n in groups)
    if spread <= 0:
        return None
    slope = sum((s - mean) * x for s, x, _ in groups) / spread
    variance = rate * (1 - rate)
    z = slope * math.sqrt(spread / variance)
    around = sum((x - n * rate) ** 2 / n for _, x, n in groups) / variance - z * z
    freedom = len(groups) - 2
    dispersion = max(1.0, around / freedom)
    return Trend(
        z,
        dispersion,
        student(z / math.sqrt(dispersion), freedom),
        rate + slope * (groups[0][0] - mean),
        rate + slope * (groups[-1][0] - mean),
    )


def student(t: float, freedom: int) -> float:
    """Return P(T ≤ t) for Student's distribution with a whole number of degrees of freedom (one or more)."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    term = total = math.sin(angle) * (cosine if freedom % 2 else 1.0)
    start = 3 if freedom % 2 else 2
    for n in range(start, freedom, 2):
        term *= cosine * cosine * (n - 1) / n
        total += term
    if freedom == 1:
        total = 0.0
    both = 2 / math.pi * (angle + total) if freedom % 2 else total
    return (1 + both) / 2


def at_most(count: int, expected: float) -> float:
    """Return the Poisson probability of `count` events or fewer where `expected` (more than 0) are due.

    From 500 on by the normal distribution, half a count corrected.
    """
    if expected >= 500:
        return NormalDist(expected, math.sqrt(expected)).cdf(count + 0.5)
    term = total = math.exp(-expected)
    for k in range(1, count + 1):
        term *= expected / k
        total += term
    return min(1.0, total)
