"""Two arms side by side: the difference, the relative effect, their error, and intervals for any multiplier.

Every way of reading an experiment here (one look, agreed looks, any look) is an interval of so many standard errors;
they differ in how many. What is theirs in common stands here.

tea-tasting computes Welch's test, the delta method and CUPED from aggregates too. Own code, since it imports Ibis,
Narwhals and scipy.stats to do so (1.9 s), knows only the plain multiplier, and answers "cannot compute" with a number
that is none. `tests/measurement/experiments` holds ours to its published numbers.

Source: Welch, Biometrika 34 (1947); Deng, Xu, Kohavi and Walker, "Improving the sensitivity of online controlled
experiments by utilizing pre-experiment data", WSDM 2013 (CUPED); Deng, Knoblich and Lu, "Applying the delta method in
metric analytics", KDD 2018; Fieller, "Some problems in interval estimation", JRSS B 16 (1954).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import add

from gouvernail.measurement.experiments.sample import Sample


class Relative(StrEnum):
    """How the interval of the relative effect is made."""

    fieller = "fieller"
    """Exact for two normal means; leaves zero out exactly when the interval of the difference does."""
    delta = "delta"
    """Symmetric about the effect, over the control as it is measured (GrowthBook)."""
    log = "log"
    """Symmetric in the logarithm of the ratio of the arms (tea-tasting)."""


class Weighing(StrEnum):
    """Over which subjects the covariate's weight is worked out."""

    within = "within"
    """Within each arm, then pooled: the effect itself never enters."""
    joint = "joint"
    """All arms as one group (tea-tasting): the same but for the part of the covariate's chance difference."""


@dataclass(frozen=True)
class Pair:
    """A variant against its control.

    `control`, `variant`: levels after the covariate's adjustment. `control_variance`, `variant_variance`: of those
    means (squared standard errors). `shared`: variance of the adjustment that both levels share. `plain_control` is
    the control's level as it is measured; `relative_error` that of the effect over it (delta method).
    """

    control: float
    variant: float
    control_variance: float
    variant_variance: float
    shared: float
    freedom: float
    subjects: int
    plain_control: float
    relative_error: float

    @property
    def difference(self) -> float:
        """Variant less control."""
        return self.variant - self.control

    @property
    def error(self) -> float:
        """Standard error of the difference."""
        return math.sqrt(self.control_variance + self.variant_variance)

    @property
    def uplift(self) -> float:
        """The difference over the size of the adjusted control."""
        return self.difference / abs(self.control)

    @property
    def plain_uplift(self) -> float:
        """The difference over the size of the control as it is measured."""
        return self.difference / abs(self.plain_control)


def coefficient(samples: Sequence[Sample], weighing: Weighing = Weighing.within) -> float:
    """Return how much of the covariate to take off, over all arms; zero where there is none, or it never varies."""
    if not samples or not all(sample.covaried for sample in samples):
        return 0.0
    groups = samples if weighing is Weighing.within else [reduce(add, samples)]
    spreads = [(group.n, *group.spread) for group in groups]
    known = sum(n * covariate for n, _, covariate, _ in spreads)
    return sum(n * joint for n, _, _, joint in spreads) / known if known > 0 else 0.0


def pair(control: Sample, variant: Sample, theta: float = 0.0) -> Pair:
    """Return the variant against the control, with `theta` times the covariate taken off (see `coefficient`)."""
    both = (control, variant)
    n = control.n + variant.n
    levels, shared = [sample.value for sample in both], 0.0
    if theta:
        before = sum(sample.n * sample.before for sample in both) / n
        levels = [sample.value - theta * (sample.before - before) for sample in both]
        shared = theta**2 * sum(sample.n * sample.spread[1] for sample in both) / n**2
    variances = [variance(sample, theta) / sample.n for sample in both]
    parts = sum(one**2 / max(sample.n - 1, 1) for one, sample in zip(variances, both, strict=True))
    return Pair(
        levels[0],
        levels[1],
        variances[0],
        variances[1],
        shared,
        sum(variances) ** 2 / parts if parts > 0 else math.inf,
        n,
        control.value,
        _relative_error(control, variances[1], levels[1] - levels[0], theta),
    )


def variance(sample: Sample, theta: float = 0.0) -> float:
    """Return the variance per subject once `theta` times the covariate is taken off; never below zero."""
    outcome, covariate, joint = sample.spread
    return max(outcome + theta**2 * covariate - 2 * theta * joint if theta else outcome, 0.0)


def _relative_error(control: Sample, variant_variance: float, difference: float, theta: float) -> float:
    """Delta method for difference / control: the control stands in both, the covariate in the difference alone."""
    level = control.value
    if not level:
        return math.nan
    stretch = 1 + difference / level
    outcome, covariate, joint = control.spread
    own = stretch**2 * outcome
    if theta:
        own += theta**2 * covariate - 2 * stretch * theta * joint
    return math.sqrt(max(own, 0.0) / control.n + variant_variance) / abs(level)


def relative_interval(pair: Pair, reach: float, way: Relative) -> tuple[float, float] | None:
    """Return the limits of the relative effect, `reach` standard errors wide on either side.

    None where the control is too near zero for a relative effect to have limits.
    """
    if way is Relative.delta:
        half = reach * pair.relative_error
        return pair.plain_uplift - half, pair.plain_uplift + half
    if way is Relative.log:
        if pair.control * pair.variant <= 0:
            return None
        parts = pair.control_variance / pair.control**2 + pair.variant_variance / pair.variant**2
        factor = math.exp(reach * math.sqrt(parts))
        ratio = pair.variant / pair.control
        return _signed(ratio / factor - 1, ratio * factor - 1, pair.control)
    return _fieller(pair, reach)


def _fieller(pair: Pair, reach: float) -> tuple[float, float] | None:
    """All ratios r for which variant − r · control lies within `reach` of its own standard errors of zero."""
    a, b, square = pair.control, pair.variant, reach**2
    leading = a * a - square * (pair.control_variance + pair.shared)
    if leading <= 0:
        return None
    middle = a * b - square * pair.shared
    last = b * b - square * (pair.variant_variance + pair.shared)
    root = math.sqrt(max(middle * middle - leading * last, 0.0))
    return _signed((middle - root) / leading - 1, (middle + root) / leading - 1, a)


def _signed(low: float, high: float, control: float) -> tuple[float, float]:
    """Over the size of the control: a negative control turns the limits about."""
    return (low, high) if control > 0 else (-high, -low)
