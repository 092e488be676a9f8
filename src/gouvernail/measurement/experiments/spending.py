"""Group-sequential bounds: looks agreed beforehand, and how far the statistic must be out at each of them.

The chance of a false alarm is spent look by look along an agreed curve; the bound of each look is solved for by
carrying the distribution of the statistic from look to look (recursive numerical integration). The integrals are
Gauss-Legendre sums on the range in which the experiment goes on, with as many nodes as its steps ask for: 196 looks take a fraction of a second. No library kept on Python 3.11 with NumPy 2 has this.

Source: Lan and DeMets, "Discrete sequential boundaries for clinical trials", Biometrika 70 (1983); Armitage,
McPherson and Rowe, JRSS A 132 (1969); Jennison and Turnbull, *Group Sequential Methods* (2000), chapters 7 and 19.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from gouvernail.measurement.experiments.laws import normal_quantile, normal_tail
from gouvernail.measurement.experiments.sample import Array

FARTHEST = 8.0
"""Standard errors beyond which no bound is told: their chance is under 1e-15."""
_PLACES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_PANEL = 5.0
"""Width of a panel of 16 nodes, in deviations of a step."""
_LEAST_PANELS, _MOST_PANELS = 6, 80


class Spending(StrEnum):
    """How the chance of a false alarm is spent over the looks."""

    obrien_fleming = "obrien_fleming"
    """Hardly any early: the last look is nearly a plain test."""
    pocock = "pocock"
    """Much the same at each look."""
    power = "power"
    """In proportion to a power of the information."""


@dataclass(frozen=True)
class Bounds:
    """Bounds in standard errors, look by look, and the chance of a false alarm spent up to each."""

    fractions: tuple[float, ...]
    bounds: tuple[float, ...]
    spent: tuple[float, ...]
    options: dict[str, float | str]


def spent_by(fraction: float, alpha: float, spending: Spending, exponent: float = 2.0) -> float:
    """Return the chance of a false alarm, on one side, that may be spent once `fraction` of the information is in.

    `alpha` is that of the side: two sides of .025 make a test at .05, as in Lan and DeMets' programs.
    """
    if fraction >= 1:
        return alpha
    if spending is Spending.obrien_fleming:
        return 2 * normal_tail(normal_quantile(1 - alpha / 2) / math.sqrt(fraction))
    if spending is Spending.pocock:
        return alpha * math.log(1 + (math.e - 1) * fraction)
    return float(alpha * fraction**exponent)


def bounds(
    fractions: Sequence[float],
    *,
    level: float = 0.95,
    two_sided: bool = True,
    spending: Spending = Spending.obrien_fleming,
    exponent: float = 2.0,
) -> Bounds:
    """Return the bound of each look.

    Args:
        fractions: information at each look over the information planned (subjects seen over subjects planned), rising,
            each above 0 and at most 1. Looks that have been are enough: bounds never depend on those to come.
        level: of confidence over all looks together.
        two_sided: half of the chance is spent on either side, as for two one-sided tests.
        spending: the curve.
        exponent: of `Spending.power`.

    Raises:
        ValueError: fractions do not rise, or leave (0, 1].
    """
    looks = [float(fraction) for fraction in fractions]
    if not looks or looks[0] <= 0 or looks[-1] > 1 or any(b <= a for a, b in pairwise(looks)):
        raise ValueError("Looks must rise, each above 0 and at most 1.")
    alpha = (1 - level) / 2 if two_sided else 1 - level
    spent = [spent_by(look, alpha, spending, exponent) for look in looks]
    walk = _Walk(looks, two_sided)
    found = [walk.step(look, more) for look, more in zip(looks, np.diff([0.0, *spent]), strict=True)]
    options: dict[str, float | str] = {
        "level": level,
        "spending": spending.value,
        "two_sided": str(two_sided),
    }
    total = [share * (2 if two_sided else 1) for share in spent]
    return Bounds(
        tuple(looks), tuple(float(bound) for bound in found), tuple(float(share) for share in total), options
    )


def crossing(found: Bounds, drift: float) -> tuple[float, ...]:
    """Return the chance of having passed the upper bound by each look, where the last statistic has mean `drift`.

    At `drift` 0 it is the false alarm of one side; the last number is the power of the design.
    """
    walk = _Walk(found.fractions, found.options["two_sided"] == "True", drift)
    passed = [walk.pass_by(look, bound) for look, bound in zip(found.fractions, found.bounds, strict=True)]
    return tuple(float(chance) for chance in np.cumsum(passed))


def drift_for(found: Bounds, power: float) -> float:
    """Return the mean of the last statistic at which the design finds an effect with this chance."""
    low, high = 0.0, 20.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if crossing(found, middle)[-1] < power else (low, middle)
    return (low + high) / 2


class _Walk:
    """The score (statistic × √information) of an experiment that has not stopped yet, look by look."""

    def __init__(self, looks: Sequence[float], two_sided: bool, drift: float = 0.0) -> None:
        self.following = dict(pairwise(looks))
        self.two_sided, self.drift = two_sided, drift
        self.time, self.last = 0.0, 3.0
        self.nodes: Array = np.zeros(1)
        self.mass: Array = np.ones(1)
        """Density times weight at the nodes; all at nought before the first look."""

    def step(self, look: float, chance: float) -> float:
        """Return the bound that is passed upwards with this chance at this look, and go on within it."""
        bound = self._solve(look, chance)
        self._advance(look, bound)
        return bound

    def _solve(self, look: float, chance: float) -> float:
        """Newton's steps, kept between the bounds known to be too low and too high."""
        low, high, bound = 0.0, FARTHEST, self.last
        for _ in range(60):
            above, slope = self._above(look, bound)
            low, high = (bound, high) if above > chance else (low, bound)
            step = (above - chance) / slope if slope > 0 else math.inf
            if abs(step) < 1e-12 or high - low < 1e-12:
                break
            bound = bound + step if low < bound + step < high else (low + high) / 2
        self.last = bound
        return bound

    def pass_by(self, look: float, bound: float) -> float:
        """Return the chance of passing this bound upwards at this look for the first time, and go on within it."""
        chance, _ = self._above(look, bound)
        self._advance(look, bound)
        return chance

    def _above(self, look: float, bound: float) -> tuple[float, float]:
        """The chance of being above this bound at this look, and how fast it falls as the bound rises."""
        from scipy.special import ndtr

        step = look - self.time
        ahead = (self.nodes + self.drift * step - bound * math.sqrt(look)) / math.sqrt(step)
        density = np.exp(-0.5 * ahead**2) / math.sqrt(2 * math.pi)
        return float(self.mass @ ndtr(ahead)), float(self.mass @ density) * math.sqrt(look / step)

    def _advance(self, look: float, bound: float) -> None:
        step = look - self.time
        scale = math.sqrt(look)
        top = min(bound, FARTHEST) * scale
        bottom = -top if self.two_sided else (min(0.0, self.drift * look) - FARTHEST * scale)
        nodes, weights = _panels(bottom, top, math.sqrt(min(step, self.following.get(look, math.inf) - look)))
        apart = (nodes[:, None] - self.nodes[None, :] - self.drift * step) / math.sqrt(step)
        density = np.exp(-0.5 * apart**2) @ self.mass / math.sqrt(2 * math.pi * step)
        self.nodes, self.mass, self.time = nodes, density * weights, look


def _panels(bottom: float, top: float, blur: float) -> tuple[Array, Array]:
    """Gauss-Legendre nodes and weights on panels of a few deviations of the shorter step, to here and from here."""
    count = min(max(_LEAST_PANELS, math.ceil((top - bottom) / (_PANEL * blur))), _MOST_PANELS)
    edges = np.linspace(bottom, top, count + 1)
    half = (top - bottom) / (2 * count)
    nodes = (edges[:-1, None] + half * (_PLACES + 1)[None, :]).ravel()
    return nodes, np.tile(_WEIGHTS * half, count)
