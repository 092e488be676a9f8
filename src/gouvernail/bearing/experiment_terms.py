"""What the plan asks of an experiment: how sure, of which effect, worth how much; as measurement takes it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.measurement.experiments.design import Design, design
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.power import smallest_effect
from gouvernail.measurement.experiments.question import (
    Baseline,
    Question,
    Stakes,
    baseline_mean,
    baseline_of,
    baseline_proportion,
)
from gouvernail.measurement.experiments.sample import Arm, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gouvernail.plan.model import Experiment

DAYS = 365
CONFIDENCE, POWER = 0.95, 0.8
LOOKS = 5


def question_of(setup: Experiment | None, arms: int = 2) -> Question | Refusal:
    """Return how sure the answer must be, or which figure of the plan makes no sense.

    Args:
        setup: of the plan; the usual options where it is None.
        arms: how many variants there are, the control included, where the plan says nothing of their sizes.
    """
    if setup is None:
        return Question(shares=(1.0,) * max(arms, 2))
    level = float(setup.confidence) if setup.confidence is not None else CONFIDENCE
    power = float(setup.power) if setup.power is not None else POWER
    if not 0.5 < level < 1 or not 0 < power < 1:
        return Refusal(
            "wrong_terms",
            T(
                "Confidence lies between 0.5 and 1 and power between 0 and 1, as 0.95 and 0.8 do: the plan says {level} and {power}.",
                level=str(level),
                power=str(power),
            ),
        )
    shares = tuple(float(share) for share in setup.allocation)
    known = max(arms, len(setup.variants), 2)
    if shares and len(shares) != known:
        return Refusal(
            "wrong_terms",
            T(
                "The plan gives {shares} shares for {variants} variants: one for each is needed, the control first.",
                shares=len(shares),
                variants=known,
            ),
        )
    return Question(
        power=power,
        level=level,
        shares=shares or (1.0,) * known,
        method=Method(setup.reading.value) if setup.reading else Method.fixed,
        looks=setup.looks or LOOKS,
    )


def stakes_of(
    setup: Experiment | None, currency: str, a_day: float | None = None, *, money: bool = False
) -> Stakes | None:
    """Return what an effect is worth; None where the plan does not tell.

    Args:
        setup: of the plan.
        currency: of the organisation.
        a_day: subjects a day that the facts show, over all variants; what the plan says goes first.
        money: whether what is compared is money: then one unit is worth itself.
    """
    if setup is None:
        return None
    value = float(setup.value_of_one) if setup.value_of_one is not None else (1.0 if money else 0.0)
    days = setup.horizon_days or DAYS
    a_day = float(setup.subjects_a_day) if setup.subjects_a_day else a_day
    subjects = float(setup.horizon_subjects) if setup.horizon_subjects else (a_day or 0.0) * days
    if not value or subjects <= 0:
        return None
    return Stakes(value, subjects, _float(setup.cost), _float(setup.least_gain), currency, days)


def baseline_from(
    setup: Experiment | None, kind: Kind, arms: Sequence[Arm] = ()
) -> Baseline | Refusal | None:
    """Return what the control does today: as the plan says, else as its arm shows; None where nobody knows."""
    if setup is not None and setup.baseline is not None:
        value = float(setup.baseline)
        if kind is Kind.proportion:
            if not 0 < value < 1:
                return Refusal(
                    "wrong_terms",
                    T(
                        "A rate lies between 0 and 1: the plan gives {value} as what the control does today. Three per cent is 0.03.",
                        value=str(setup.baseline),
                    ),
                )
            return baseline_proportion(value)
        if setup.deviation is not None:
            return baseline_mean(value, float(setup.deviation))
    if arms and arms[0].sample.n > 1:
        return baseline_of(arms[0].sample)
    return None


def design_of(
    setup: Experiment | None, question: Question, baseline: Baseline | Refusal | None, stakes: Stakes | None
) -> Design | Refusal | None:
    """Return how large the experiment has to be; None where the plan asks nothing of it, or it is one of markets.

    The effect to be found is the plan's, else the one that is worth having, else what the planned subjects can show.
    """
    if setup is not None and setup.markets:
        return None
    if setup is None or isinstance(baseline, Refusal):
        return baseline if isinstance(baseline, Refusal) else None
    asked = (
        setup.smallest_effect,
        setup.subjects,
        setup.baseline,
        stakes if stakes and stakes.cost + stakes.least else None,
    )
    if not any(one is not None for one in asked):
        return None
    if baseline is None:
        return Refusal(
            "no_baseline",
            T(
                "To size it, say what the control does today: its rate, or the mean and the standard deviation of a subject."
            ),
        )
    a_day = float(setup.subjects_a_day) if setup.subjects_a_day else None
    longest = (setup.end - setup.start).days + 1 if setup.start and setup.end else None
    if setup.smallest_effect:
        uplift = float(setup.smallest_effect)
        return design(
            baseline, question, uplift=uplift, stakes=stakes, a_day=a_day, most_days=max(longest or 0, 84)
        )
    if stakes is not None and stakes.cost + stakes.least > 0:
        return design(baseline, question, stakes=stakes, a_day=a_day, most_days=max(longest or 0, 84))
    effect = smallest_effect(baseline, setup.subjects, question) if setup.subjects else None
    return design(baseline, question, effect=effect, stakes=stakes, a_day=a_day)


def _float(amount: Decimal | None) -> float:
    return float(amount) if amount is not None else 0.0
