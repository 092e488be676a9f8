"""Read an experiment: every variant against the control, as a difference and as a relative effect, or a refusal.

Method, guarantees and worked table: docs/methods/experiments.md; looks over time: docs/methods/sequential.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.measurement.experiments import refusals
from gouvernail.measurement.experiments.compare import (
    Pair,
    Relative,
    coefficient,
    pair,
    relative_interval,
    variance,
)
from gouvernail.measurement.experiments.laws import t_quantile
from gouvernail.measurement.experiments.multiplicity import Correction, adjusted, interval_level
from gouvernail.measurement.experiments.plan import Analysis, Method
from gouvernail.measurement.experiments.posterior import Posterior, Prior, posterior
from gouvernail.measurement.experiments.reaches import p_value, reaches
from gouvernail.measurement.experiments.sample import Arm, Sample
from gouvernail.measurement.experiments.split import Split, split

METHOD = "experiments"
METHOD_SEQUENTIAL = "sequential"


@dataclass(frozen=True)
class Level:
    """An arm by itself: subjects, and its mean, proportion or ratio, as measured."""

    variant: str
    subjects: int
    value: Outcome


@dataclass(frozen=True)
class Comparison:
    """A variant against the control.

    `absolute` is in the metric's unit, `relative` a share of the control (0.05 = 5 %). `p` is corrected for the number
    of variants, `p_alone` is not; None where the method has none. `found` says whether the figures tell an effect;
    `error` is the standard error of the difference, in the metric's unit (where Bayesian, the posterior's deviation). `belief` is the posterior of the relative
    effect, where the method is Bayesian.
    """

    variant: str
    absolute: Outcome
    relative: Outcome
    p: float | None = None
    p_alone: float | None = None
    found: bool = False
    error: float | None = None
    belief: Posterior | None = None


@dataclass(frozen=True)
class Reading:
    """What an experiment says: its arms, its split, each variant against the control; and how it was read.

    `explained` is the share of the variance that the covariate took off. `refusal` is why nothing at all can be
    compared; the comparisons then carry it too.
    """

    control: str
    levels: tuple[Level, ...]
    split: Split | None
    comparisons: tuple[Comparison, ...]
    plan: Analysis
    explained: float = 0.0
    refusal: Refusal | None = None


def analyse(variants: Sequence[Arm], plan: Analysis | None = None) -> Reading:
    """Read an experiment.

    Args:
        variants: the arms, the control first; all samples of one kind and of the same columns.
        plan: options, set down before the figures were seen; those of `Analysis()` where none is given.

    Returns:
        A `Reading`; where figures do not support an answer a `Refusal` stands in its place and says what is missing.

    Raises:
        ValueError: there is no arm, two have the same name, or their samples measure different things.
    """
    plan = plan or Analysis()
    _agree(variants)
    control, others = variants[0], variants[1:]
    levels = tuple(_level(arm, plan) for arm in variants)
    if not others:
        return Reading(control.name, levels, None, (), plan, refusal=refusals.no_comparison())
    shares = split(
        [arm.sample.n for arm in variants],
        plan.shares,
        level=plan.split_level,
        always_valid=plan.method is Method.always_valid,
    )
    refusal = refusals.whole(variants, plan, shares)
    if refusal:
        refused = tuple(Comparison(arm.name, refusal, refusal) for arm in others)
        return Reading(control.name, levels, shares, refused, plan, refusal=refusal)
    samples = [arm.sample for arm in variants if refusals.arm(arm, plan) is None]
    theta = coefficient(samples, plan.weighing) if plan.adjust else 0.0
    told = [_Told(control, arm, theta, plan) for arm in others]
    return Reading(control.name, levels, shares, _compared(told, plan), plan, _explained(samples, theta))


def _agree(variants: Sequence[Arm]) -> None:
    if not variants:
        raise ValueError("An experiment needs arms.")
    if len({arm.name for arm in variants}) < len(variants):
        raise ValueError("Two arms have the same name.")
    if len({(arm.sample.kind, len(arm.sample.means)) for arm in variants}) > 1:
        raise ValueError("The arms measure different things.")


def _level(arm: Arm, plan: Analysis) -> Level:
    sample = arm.sample
    refusal = refusals.arm(arm, plan)
    if refusal:
        return Level(arm.name, sample.n, refusal)
    half = t_quantile((1 + plan.level) / 2, sample.n - 1) * math.sqrt(variance(sample) / sample.n)
    value = sample.value
    grade = Grade.experiment
    return Level(
        arm.name,
        sample.n,
        Estimate(value, METHOD, value - half, value + half, plan.level, grade, {"n": sample.n}),
    )


def _explained(samples: Sequence[Sample], theta: float) -> float:
    whole = sum(sample.n * variance(sample) for sample in samples)
    return 1 - sum(sample.n * variance(sample, theta) for sample in samples) / whole if whole > 0 else 0.0


class _Told:
    """One variant against the control, before the number of variants is taken into account."""

    def __init__(self, control: Arm, arm: Arm, theta: float, plan: Analysis) -> None:
        self.arm, self.theta = arm, theta
        self.refusal = refusals.arm(control, plan) or refusals.arm(arm, plan)
        self.pair: Pair | None = None
        self.p: float | None = None
        if self.refusal:
            return
        self.pair = pair(control.sample, arm.sample, theta)
        if not self.pair.error > 0:
            self.refusal = refusals.no_variance()
            return
        self.p = p_value(self.pair, plan)


def _compared(told: Sequence[_Told], plan: Analysis) -> tuple[Comparison, ...]:
    """Correct for the number of variants, and give every variant its intervals."""
    known = [one.p for one in told if one.p is not None]
    raised = iter(adjusted(known, plan.correction))
    corrected = [None if one.p is None else next(raised) for one in told]
    found = sum(p is not None and p < 1 - plan.level for p in corrected)
    made = sum(one.refusal is None for one in told)
    correction = Correction.none if plan.method is Method.bayesian else plan.correction
    level = interval_level(plan.level, made, found, correction)
    return tuple(_comparison(one, p, level, plan) for one, p in zip(told, corrected, strict=True))


def _comparison(one: _Told, p: float | None, level: float, plan: Analysis) -> Comparison:
    if one.pair is None or one.refusal is not None:
        refusal = one.refusal or refusals.no_variance()
        return Comparison(one.arm.name, refusal, refusal)
    options = _options(one, level, plan)
    if plan.method is Method.bayesian:
        return _believed(one.arm.name, one.pair, options, plan)
    low_reach, high_reach = reaches(one.pair, level, plan)
    page = METHOD if plan.method is Method.fixed else METHOD_SEQUENTIAL
    make = _maker(page, plan.level, options)
    at, error = one.pair.difference, one.pair.error
    absolute = make(at, None if low_reach is None else at - low_reach * error, _plus(at, high_reach, error))
    found = p < 1 - plan.level if p is not None else _leaves(absolute)
    relative = _relative(one.pair, low_reach, high_reach, make, plan)
    return Comparison(one.arm.name, absolute, relative, p, one.p, found, error)


def _plus(at: float, reach: float | None, error: float) -> float | None:
    return None if reach is None else at + reach * error


def _leaves(absolute: Estimate) -> bool:
    low, high = absolute.low, absolute.high
    return (low is not None and low > 0) or (high is not None and high < 0)


Maker = Callable[[float, float | None, float | None], Estimate]


def _maker(page: str, level: float, options: dict[str, Any]) -> Maker:
    def make(value: float, low: float | None, high: float | None) -> Estimate:
        return Estimate(value, page, low, high, level, Grade.experiment, options)

    return make


def _options(one: _Told, level: float, plan: Analysis) -> dict[str, Any]:
    """What the numbers were made with, for the reader who wants to make them again."""
    told: dict[str, Any] = {
        "method": plan.method.value,
        "side": plan.side.value,
        "relative": plan.relative.value,
        "correction": plan.correction.value,
        "interval_level": level,
        "theta": one.theta,
        "weighing": plan.weighing.value,
        "subjects": one.pair.subjects if one.pair else one.arm.sample.n,
    }
    if plan.method is Method.always_valid:
        told["tuning"] = plan.tuning
    if plan.method is Method.group_sequential:
        told |= {"spending": plan.spending.value, "fractions": plan.fractions}
    if plan.method is Method.bayesian and plan.prior:
        told["prior"] = (plan.prior.mean, plan.prior.deviation)
    return told


def _relative(
    pair: Pair, low_reach: float | None, high_reach: float | None, make: Maker, plan: Analysis
) -> Outcome:
    plain = plan.relative is Relative.delta
    if not (pair.plain_control if plain else pair.control):
        return refusals.no_baseline()
    reach = low_reach if low_reach is not None else high_reach
    limits = relative_interval(pair, reach or 0.0, plan.relative)
    if limits is None:
        return refusals.no_baseline()
    low, high = limits
    return make(
        pair.plain_uplift if plain else pair.uplift,
        None if low_reach is None else low,
        None if high_reach is None else high,
    )


def _believed(name: str, pair: Pair, options: dict[str, Any], plan: Analysis) -> Comparison:
    """The Bayesian reading: the prior is on the relative effect; the difference's is the same, times the control."""
    make = _maker(METHOD, plan.level, options)
    size = abs(pair.plain_control)
    if not size:
        flat = posterior(pair.difference, pair.error, None, level=plan.level)
        absolute = make(flat.mean, flat.low, flat.high)
        return Comparison(
            name, absolute, refusals.no_baseline(), found=_leaves(absolute), error=flat.deviation
        )
    belief = posterior(pair.plain_uplift, pair.relative_error, plan.prior, level=plan.level)
    scaled = None if plan.prior is None else Prior(plan.prior.mean * size, plan.prior.deviation * size)
    apart = posterior(pair.difference, pair.error, scaled, level=plan.level)
    absolute = make(apart.mean, apart.low, apart.high)
    relative = make(belief.mean, belief.low, belief.high)
    return Comparison(name, absolute, relative, None, None, _leaves(relative), apart.deviation, belief)
