"""Before an experiment: how many subjects, how many days, what it can see, and which effect is worth seeing.

Source: Kohavi, Tang and Xu, *Trustworthy Online Controlled Experiments* (2020), chapters 15 and 17.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.measurement.experiments import sequential
from gouvernail.measurement.experiments.plan import Analysis, Method
from gouvernail.measurement.experiments.power import power, smallest_effect, subjects_for
from gouvernail.measurement.experiments.question import Baseline, Question, Stakes, worth_having
from gouvernail.measurement.experiments.sample import Kind

WEEK = 7


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
