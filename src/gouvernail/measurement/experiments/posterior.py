"""Bayesian reading of a difference: a normal prior on the effect, its posterior, chance to win, expected loss.

The prior is on the effect, not on the arms: "relative effects of such changes are mostly within ± 30 %" is what people
know beforehand, and it shrinks early luck. Without one, the posterior is the likelihood.

Source: the model of GrowthBook's statistics engine; for the expected loss, Stucchio, "Bayesian A/B testing at VWO"
(2015); for the moments of a truncated normal, Johnson, Kotz and Balakrishnan, *Continuous Univariate
Distributions*, vol. 1, section 13.10.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gouvernail.measurement.experiments.laws import NORMAL, normal_quantile


@dataclass(frozen=True)
class Prior:
    """What is thought of the effect beforehand: normal, in the effect's own unit (0.1 = 10 % where it is relative)."""

    mean: float = 0.0
    deviation: float = 0.3


@dataclass(frozen=True)
class Posterior:
    """What is thought of the effect afterwards.

    `chance` is that of the variant being better than the control. `loss_variant` is what choosing the variant is
    expected to cost (the effect's negative part), `loss_control` what staying with the control is.
    """

    mean: float
    deviation: float
    low: float
    high: float
    chance: float
    loss_control: float
    loss_variant: float


def posterior(effect: float, error: float, prior: Prior | None = None, *, level: float = 0.95) -> Posterior:
    """Return the posterior of an effect measured with this standard error (above zero)."""
    precision, weighed = 1 / error**2, effect / error**2
    if prior is not None:
        precision += 1 / prior.deviation**2
        weighed += prior.mean / prior.deviation**2
    mean, deviation = weighed / precision, 1 / math.sqrt(precision)
    reach = normal_quantile((1 + level) / 2) * deviation
    control, variant = losses(mean, deviation)
    return Posterior(
        mean, deviation, mean - reach, mean + reach, NORMAL.cdf(mean / deviation), control, variant
    )


def losses(mean: float, deviation: float) -> tuple[float, float]:
    """Return what staying with the control, and what choosing the variant, is expected to cost.

    They are the means of the effect's positive and negative part, where the effect is normal.
    """
    at = mean / deviation
    density = deviation * math.exp(-0.5 * at * at) / math.sqrt(2 * math.pi)
    return mean * NORMAL.cdf(at) + density, density - mean * NORMAL.cdf(-at)
