"""The power of an experiment: the chance to see an effect, and the subjects or the effect that reach the chance asked.

It is that of Welch's t test (non-central t), of the agreed looks' bounds (the whole walk), or of the last look of
an always-valid reading (a lower bound: earlier looks add to it). With several variants each is compared with the
control at the level divided by their number, and the smallest arm decides.

tea-tasting solves for the power of means from a sample; own code, since this needs shares, several variants,
proportions, looks and money, from figures that people type, within a web page's time.

Source: Lehr, Statistics in Medicine 11 (1992), for the rule of thumb that tests compare with; Guenther, The American
Statistician 35 (1981).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from gouvernail.measurement.experiments import sequential
from gouvernail.measurement.experiments.laws import normal_tail, t_power, t_quantile
from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.question import Baseline, Question
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import Bounds, crossing, drift_for

MOST_SUBJECTS = 1e12


def power(baseline: Baseline, effect: float, subjects: float, question: Question | None = None) -> float:
    """Return the chance that `subjects` over all arms show an effect of this size (in the metric's unit, signed)."""
    asked = question or Question()
    return _Power(baseline, asked)(effect, subjects)


def subjects_for(
    baseline: Baseline, effect: float, question: Question | None = None
) -> tuple[int, ...] | None:
    """Return the subjects of each arm that show the effect with the power asked; None beyond any number there is."""
    asked = question or Question()
    chance = _Power(baseline, asked)
    found = _smallest(lambda n: chance.enough(effect, n), 2.0 * len(asked.shares), MOST_SUBJECTS)
    if found is None:
        return None
    whole = sum(asked.shares)
    return tuple(math.ceil(found * share / whole - 1e-6) for share in asked.shares)


def smallest_effect(baseline: Baseline, subjects: float, question: Question | None = None) -> float | None:
    """Return the smallest effect that so many subjects show with the power asked; None where there is none.

    Upwards, but downwards where only lesser values are looked for.
    """
    asked = question or Question()
    chance = _Power(baseline, asked)
    sign = -1.0 if asked.side is Side.less else 1.0
    most = 1e6 * math.sqrt(baseline.variance) if baseline.variance > 0 else 0.0
    if baseline.kind is Kind.proportion:
        most = (baseline.value if sign < 0 else 1 - baseline.value) * (1 - 1e-9)
    if most <= 0:
        return None
    found = _smallest(lambda size: chance.enough(sign * size, subjects), most * 1e-12, most)
    return None if found is None else sign * found


@dataclass(frozen=True)
class _Power:
    """Power as a function of effect and subjects; the walk of agreed looks is worked out as seldom as can be."""

    baseline: Baseline
    asked: Question

    def enough(self, effect: float, subjects: float) -> bool:
        """Return whether the power asked is reached. Agreed looks need the same drift at every size: one walk tells all."""
        if self.asked.method is not Method.group_sequential:
            return self(effect, subjects) >= self.asked.power
        control, variant = self._arms(subjects)
        if min(control, variant) < 2:
            return False
        error = math.sqrt(self.baseline.left() / control + self.baseline.left(effect) / variant)
        return not error > 0 or self._drift(effect / error) >= _drift_for(self.asked)

    def __call__(self, effect: float, subjects: float) -> float:
        asked = self.asked
        control, variant = self._arms(subjects)
        if min(control, variant) < 2:
            return 0.0
        parts = self.baseline.left() / control, self.baseline.left(effect) / variant
        error = math.sqrt(sum(parts))
        if not error > 0:
            return 1.0
        if asked.method is Method.group_sequential:
            return crossing(_bounds_of(asked), self._drift(effect / error))[-1]
        shift = -effect / error if asked.side is Side.less else effect / error
        if asked.method is Method.always_valid:
            critical = sequential.multiplier(
                round(control + variant),
                asked.level_each,
                asked.tuning or control + variant,
                tuned_for=asked.level,
            )
            return normal_tail(critical - shift) + normal_tail(critical + shift)
        freedom = sum(parts) ** 2 / (parts[0] ** 2 / (control - 1) + parts[1] ** 2 / (variant - 1))
        if asked.side is not Side.both:
            return t_power(shift, t_quantile(asked.level_each, freedom), freedom)
        critical = t_quantile((1 + asked.level_each) / 2, freedom)
        return t_power(shift, critical, freedom) + t_power(-shift, critical, freedom)

    def _arms(self, subjects: float) -> tuple[float, float]:
        """Return the subjects of the control, and of the smallest variant."""
        whole = sum(self.asked.shares)
        return subjects * self.asked.shares[0] / whole, subjects * min(self.asked.shares[1:]) / whole

    def _drift(self, shift: float) -> float:
        """Return the drift that the bounds above are passed by, whichever side is looked at."""
        if self.asked.side is Side.both:
            return abs(shift)
        return -shift if self.asked.side is Side.less else shift


@lru_cache(maxsize=64)
def _bounds_of(asked: Question) -> Bounds:
    return asked.bounds()


@lru_cache(maxsize=64)
def _drift_for(asked: Question) -> float:
    return drift_for(_bounds_of(asked), asked.power)


def _smallest(enough: Callable[[float], bool], low: float, most: float) -> float | None:
    """The smallest number that is enough, to one part in a billion; None where even the most is not."""
    high = low
    while not enough(high):
        if high >= most:
            return None
        low, high = high, min(high * 4, most)
    for _ in range(60):
        middle = (low + high) / 2
        if high - low <= 1e-9 * high:
            break
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
