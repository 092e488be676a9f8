"""Before an experiment: how many subjects, how many days, what it can see, and which effect is worth seeing.

Power is that of Welch's t test (non-central t), of the agreed looks' bounds (the whole walk), or of the last look of
an always-valid reading (a lower bound: earlier looks add to it). With several variants each is compared with the
control at the level divided by their number, and the smallest arm decides.

tea-tasting solves for the power of means from a sample; own code, since this needs shares, several variants,
proportions, looks and money, from figures that people type, within a web page's time.

Source: Lehr, Statistics in Medicine 11 (1992), for the rule of thumb that tests compare with; Guenther, The American
Statistician 35 (1981); Kohavi, Tang and Xu, *Trustworthy Online Controlled Experiments* (2020), chapters 15 and 17.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.measurement.experiments import sequential
from gouvernail.measurement.experiments.laws import normal_tail, t_power, t_quantile
from gouvernail.measurement.experiments.plan import Analysis, Method, Side
from gouvernail.measurement.experiments.question import Baseline, Question, Stakes, worth_having
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import Bounds, crossing, drift_for

WEEK = 7
MOST_SUBJECTS = 1e12


@dataclass(frozen=True)
class Design:
    """An experiment that answers its question.

    `effect` in the metric's unit and `uplift` as a share of the baseline: the smallest that is found with `power`.
    `arms` are subjects by arm, `days` whole weeks; None where the traffic is not known.
    """

    baseline: Baseline
    question: Question
    effect: float
    uplift: float | None
    subjects: int
    arms: tuple[int, ...]
    power: float
    days: int | None = None
    stakes: Stakes | None = None

    @property
    def plan(self) -> Analysis:
        """How the figures will be read, as decided here: keep it with the experiment."""
        looks = self.question.looks
        return self.plan_at([self.subjects * look / looks for look in range(1, looks + 1)])

    def plan_at(self, seen: Sequence[float]) -> Analysis:
        """Return how to read the figures at a look: `seen` are the subjects at each look so far, this one last."""
        asked = self.question
        agreed = asked.method is Method.group_sequential
        tuning = self.subjects if asked.method is Method.always_valid else sequential.TUNING
        return Analysis(
            method=asked.method,
            side=asked.side,
            level=asked.level,
            shares=asked.shares,
            planned=self.subjects if asked.method is Method.fixed else None,
            fractions=tuple(min(n / self.subjects, 1.0) for n in seen) if agreed else (),
            spending=asked.spending,
            tuning=float(asked.tuning or tuning),
        )


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


def days_for(subjects: float, a_day: float) -> int:
    """Return the days in which so many subjects come, in whole weeks: weekdays differ, so each must count alike."""
    return WEEK * max(1, math.ceil(subjects / a_day / WEEK - 1e-9))


def reach(
    baseline: Baseline,
    a_day: float,
    question: Question | None = None,
    weeks: Sequence[int] = (1, 2, 3, 4, 6, 8, 12),
) -> dict[int, float | None]:
    """Return the smallest effect that each number of weeks can show, by days."""
    return {week * WEEK: smallest_effect(baseline, week * WEEK * a_day, question) for week in weeks}


def design(
    baseline: Baseline,
    question: Question | None = None,
    *,
    effect: float | None = None,
    uplift: float | None = None,
    stakes: Stakes | None = None,
    a_day: float | None = None,
    most_days: int = 84,
) -> Design | Refusal:
    """Size an experiment.

    Args:
        baseline: what the control does today.
        question: how sure the answer must be.
        effect: smallest effect to be found, in the metric's unit; or
        uplift: the same as a share of the baseline; or neither, and
        stakes: from which the smallest effect worth having follows. Kept with the design in any case.
        a_day: subjects a day, over all arms.
        most_days: longest that the experiment may take.

    Returns:
        A `Design`, or a `Refusal`: `no_effect` (nothing says what is to be found), `no_variance`, `out_of_range`
        (a share above 1 or under 0), `too_long` (and what could be found in the time there is).
    """
    asked = question or Question()
    wanted = _wanted(baseline, effect, uplift, stakes)
    refusal = _impossible(baseline, wanted)
    if refusal is not None or wanted is None:
        return refusal or _no_effect()
    arms = subjects_for(baseline, wanted, asked)
    if arms is None:
        return Refusal("too_long", T("No number of subjects would show so small an effect."))
    n = sum(arms)
    days = days_for(n, a_day) if a_day else None
    if a_day and days is not None and days > most_days:
        return _too_long(baseline, asked, n, days, a_day, most_days)
    share = wanted / abs(baseline.value) if baseline.value else None
    return Design(baseline, asked, wanted, share, n, arms, power(baseline, wanted, n, asked), days, stakes)


def _wanted(
    baseline: Baseline, effect: float | None, uplift: float | None, stakes: Stakes | None
) -> float | None:
    if effect is not None:
        return effect
    if uplift is not None:
        return uplift * abs(baseline.value)
    return worth_having(stakes) if stakes is not None else None


def _no_effect() -> Refusal:
    return Refusal(
        "no_effect",
        T(
            "Say which effect is worth finding: its size, or what it costs and what one unit of the metric is worth."
        ),
    )


def _impossible(baseline: Baseline, wanted: float | None) -> Refusal | None:
    if not wanted:
        return _no_effect()
    if not baseline.variance > 0:
        return Refusal("no_variance", T("The baseline never varies: no test is needed to see it move."))
    if baseline.kind is Kind.proportion and not 0 < baseline.value + wanted < 1:
        return Refusal(
            "out_of_range",
            T(
                "A share of {share} cannot move by {points}: shares end at 0 and at 100 per cent.",
                share=Ratio(baseline.value),
                points=Ratio(wanted, 2),
            ),
        )
    return None


def _too_long(
    baseline: Baseline, asked: Question, n: int, days: int, a_day: float, most_days: int
) -> Refusal:
    found = smallest_effect(baseline, most_days * a_day, asked)
    if found is None or not baseline.value:
        return Refusal(
            "too_long",
            T(
                "{n} subjects are needed, which takes {days} days: {most} at most.",
                n=n,
                days=days,
                most=most_days,
            ),
        )
    return Refusal(
        "too_long",
        T(
            "{n} subjects are needed, which takes {days} days. In {most} days the smallest effect that shows is {uplift} of the control.",
            n=n,
            days=days,
            most=most_days,
            uplift=Ratio(abs(found / baseline.value)),
        ),
    )


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
