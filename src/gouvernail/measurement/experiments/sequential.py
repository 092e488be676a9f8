"""Always-valid inference: intervals that hold at every look at once, however often one looks and whenever one stops.

Two confidence sequences. The asymptotic one works on any mean from a few hundred subjects on; the bounded one needs
no approximation at all, but subject data with outcomes between known limits. No library that is kept on Python 3.11
with NumPy 2 has them without a compiler (confseq wants Boost).

Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
sequences", arXiv 2103.06476, equations 9, 155 and 161; Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform,
nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49 (2021), proposition 9 and section 5
(randomised experiments).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gouvernail.measurement.experiments.sample import Array, Numbers

TUNING = 5000
"""Subjects, over both arms, at which the interval is narrowest: GrowthBook's choice too."""
_DOUBLINGS = 60
_HALVINGS = 80


def multiplier(
    subjects: int, level: float, tuning: float = TUNING, *, tuned_for: float | None = None
) -> float:
    """Return the half-width of the asymptotic confidence sequence, in standard errors.

    Args:
        subjects: seen so far, over both arms.
        level: of confidence, over all looks together (0.95).
        tuning: subjects at which it shall be narrowest. Set it before the first look.
        tuned_for: level at which it shall be narrowest there; `level` itself where not given.
    """
    alpha = 1 - level
    weighed = subjects * _rho_squared(1 - (level if tuned_for is None else tuned_for), tuning)
    return math.sqrt(2 * (weighed + 1) / weighed * math.log(math.sqrt(weighed + 1) / alpha))


def p_value(statistic: float, subjects: int, level: float, tuning: float = TUNING) -> float:
    """Return the always-valid p-value of an effect `statistic` standard errors from the null hypothesis.

    It falls under 1 − `level` at the very look at which the interval leaves the null; at other levels it is valid too.
    """
    weighed = subjects * _rho_squared(1 - level, tuning)
    evidence = weighed / (weighed + 1) * statistic**2 / 2 - math.log(weighed + 1) / 2
    return min(1.0, math.exp(-min(max(evidence, -700.0), 700.0)))


def _rho_squared(alpha: float, tuning: float) -> float:
    return (-2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1)) / tuning


@dataclass(frozen=True)
class BoundedEffect:
    """Average effect after each subject: estimate, limits that hold at all of them at once, one-sided p-value."""

    value: Array
    low: Array
    high: Array
    p: Array


def bounded_effect(
    outcomes: Numbers,
    treated: Numbers,
    *,
    propensity: float = 0.5,
    limits: tuple[float, float] = (0.0, 1.0),
    noise: float = 0.25,
    tuning: float = 500,
    level: float = 0.95,
) -> BoundedEffect:
    """Return the average treatment effect after each subject, exact for outcomes within known limits.

    Each subject's effect is estimated from the outcome, the chance of treatment, and what earlier subjects of either
    arm did (so the prediction never knows the outcome); the sum is bounded by a gamma-exponential mixture.

    Args:
        outcomes: one a subject, in the order in which they came.
        treated: 1 for those treated, 0 for the others.
        propensity: chance of being treated.
        limits: least and greatest outcome that can be.
        noise: expected variance of the outcome. A wrong guess widens the interval, and costs no validity.
        tuning: subjects at which it shall be narrowest.
        level: of confidence, over all looks together.

    Raises:
        ValueError: an outcome lies outside the limits, or the propensity is not strictly between 0 and 1.
    """
    y, arm = np.asarray(outcomes, dtype=np.float64), np.asarray(treated, dtype=np.float64)
    if not 0 < propensity < 1:
        raise ValueError("The chance of treatment must lie between 0 and 1.")
    if len(y) and (y.min() < limits[0] or y.max() > limits[1]):
        raise ValueError("An outcome lies outside the limits: the interval would not hold.")
    middle = sum(limits) / 2
    ones, noughts = _earlier(y, arm, middle), _earlier(y, 1 - arm, middle)
    foreseen = ones - noughts
    weights = (arm - propensity) / (propensity * (1 - propensity))
    single = foreseen + weights * (y - np.where(arm == 1, ones, noughts))
    total, spent = np.cumsum(single), np.cumsum((single - foreseen) ** 2)
    width = limits[1] - limits[0]
    mixture = _mixture(
        tuning * noise / (propensity * (1 - propensity)),
        2 * width / min(propensity, 1 - propensity),
        1 - level,
    )
    count = np.arange(1, len(y) + 1, dtype=np.float64)
    radius = mixture.bound(spent, math.log(2 / (1 - level))) / count
    value = total / count
    p = np.minimum(np.exp(-mixture.evidence(total, spent)), 1.0)
    return BoundedEffect(value, np.maximum(value - radius, -width), np.minimum(value + radius, width), p)


def _earlier(outcomes: Array, chosen: Array, start: float) -> Array:
    """The mean of the chosen arm before each subject; `start` for the first, nought while the arm is empty."""
    means = np.cumsum(outcomes * chosen) / np.maximum(1, np.cumsum(chosen))
    return np.concatenate([[start], means[:-1]]) if len(means) else means


@dataclass(frozen=True)
class _Mixture:
    """A gamma-exponential mixture supermartingale with scale `c`, tuned by `rho`."""

    rho: float
    c: float
    constant: float

    def evidence(self, total: Array, spent: Array) -> Array:
        """Logarithm of the supermartingale at sum `total` and accumulated variance `spent`."""
        from scipy.special import gammainc, gammaln

        square = self.c**2
        shape, scaled = (spent + self.rho) / square, (self.c * total + spent) / square
        rate = np.maximum(scaled + self.rho / square, 1e-300)
        with np.errstate(divide="ignore"):
            within = np.log(gammainc(shape, rate))
        told: Array = self.constant + gammaln(shape) + within - shape * np.log(rate) + scaled
        return told

    def bound(self, spent: Array, threshold: float) -> Array:
        """The sum at which the logarithm passes `threshold`, by bisection for all looks at once."""
        high = np.maximum(spent, self.c)
        for _ in range(_DOUBLINGS):
            short = self.evidence(high, spent) < threshold
            if not short.any():
                break
            high = np.where(short, 2 * high, high)
        low = np.zeros_like(high)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            under = self.evidence(middle, spent) < threshold
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        middle_point: npt.NDArray[np.float64] = (low + high) / 2
        return middle_point


def _mixture(spent: float, c: float, alpha: float) -> _Mixture:
    """The mixture narrowest at accumulated variance `spent`, for two sides of alpha / 2 each."""
    from scipy.special import gammainc, gammaln

    rho = spent / (2 * math.log(1 / alpha) + math.log(1 + 2 * math.log(1 / alpha)))
    shape = rho / c**2
    constant = shape * math.log(shape) - float(gammaln(shape)) - math.log(float(gammainc(shape, shape)))
    return _Mixture(rho, c, constant)
