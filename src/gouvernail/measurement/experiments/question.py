"""What is asked of an experiment before it starts: of what level, how surely, and what an effect is worth."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.sample import Kind, Sample
from gouvernail.measurement.experiments.spending import Bounds, Spending, bounds


@dataclass(frozen=True)
class Baseline:
    """What the control does today.

    `value` is its mean, proportion or ratio; `variance` that of one subject (of its linearised ratio); `correlation`
    that of outcome and covariate, of which CUPED takes the square off the variance. `units` is the mean denominator
    of a ratio (visits a subject); one otherwise.
    """

    kind: Kind
    value: float
    variance: float
    correlation: float = 0.0
    units: float = 1.0

    def left(self, effect: float = 0.0) -> float:
        """Return the variance of one subject of an arm that differs by `effect`, the covariate taken off."""
        moved = self.value + effect
        whole = moved * (1 - moved) if self.kind is Kind.proportion else self.variance
        return whole * (1 - self.correlation**2)


def baseline_proportion(rate: float, *, correlation: float = 0.0) -> Baseline:
    """Return the baseline of a share of subjects (0.03 = 3 %)."""
    return Baseline(Kind.proportion, rate, rate * (1 - rate), correlation)


def baseline_mean(value: float, deviation: float, *, correlation: float = 0.0) -> Baseline:
    """Return the baseline of a mean by subject, with its standard deviation."""
    return Baseline(Kind.mean, value, deviation**2, correlation)


def baseline_of(sample: Sample) -> Baseline:
    """Return the baseline that a sample of past subjects shows; its covariate's correlation included."""
    outcome, covariate, joint = sample.spread
    known = math.sqrt(outcome * covariate)
    units = sample.means[1] if sample.kind is Kind.ratio else 1.0
    return Baseline(sample.kind, sample.value, outcome, joint / known if known > 0 else 0.0, units)


@dataclass(frozen=True)
class Question:
    """How sure the answer must be.

    Attributes:
        power: chance of finding the effect if it is there.
        level: of confidence.
        side: which effects are looked for.
        shares: of the arms, the control first, in any unit.
        method: as in `Analysis`.
        looks: number of agreed looks, evenly spaced (`group_sequential`).
        spending: curve of the false alarms spent over them.
        tuning: subjects at which the always-valid interval is narrowest; those of the design where not given.
    """

    power: float = 0.8
    level: float = 0.95
    side: Side = Side.both
    shares: tuple[float, ...] = (1.0, 1.0)
    method: Method = Method.fixed
    looks: int = 5
    spending: Spending = Spending.obrien_fleming
    tuning: float | None = None

    def __post_init__(self) -> None:
        if len(self.shares) < 2 or any(share <= 0 for share in self.shares):
            raise ValueError("An experiment needs a control and a variant, each with a share above zero.")
        if not (0 < self.power < 1 and 0.5 < self.level < 1):
            raise ValueError("Power and level lie between 0 and 1.")

    @property
    def level_each(self) -> float:
        """Level of each comparison: what false alarms are allowed is shared among the variants."""
        return 1 - (1 - self.level) / (len(self.shares) - 1)

    def bounds(self) -> Bounds:
        """Return the bounds of the agreed looks."""
        fractions = [look / self.looks for look in range(1, self.looks + 1)]
        two_sided = self.side is Side.both
        return bounds(fractions, level=self.level_each, two_sided=two_sided, spending=self.spending)


@dataclass(frozen=True)
class Stakes:
    """What an effect is worth.

    Attributes:
        value: money for one more unit of the metric (margin of an order; 1 where the metric is money; negative where
            less is better).
        subjects: how many meet the change over the horizon. For a ratio, how many denominators do (visits).
        cost: of making the change and keeping it over the horizon.
        least: gain, after cost, under which nobody would bother.
        currency: of all these.
        days: of the horizon; for the reader.
    """

    value: float
    subjects: float
    cost: float = 0.0
    least: float = 0.0
    currency: str = ""
    days: int = 365

    def money(self, effect: float) -> float:
        """Return what an effect, in the metric's unit, brings over the horizon, before cost."""
        return effect * self.value * self.subjects


def worth_having(stakes: Stakes) -> float:
    """Return the smallest effect, in the metric's unit, that brings back its cost and the least gain wanted.

    Raises:
        ValueError: a unit, or the number of subjects, is worth nothing.
    """
    if not stakes.value or stakes.subjects <= 0:
        raise ValueError(
            "Without a value for one unit, and subjects who meet the change, no effect is worth money."
        )
    return (stakes.cost + stakes.least) / (stakes.value * stakes.subjects)
