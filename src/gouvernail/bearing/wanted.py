"""What people say when they size an experiment, each figure looked at before anything is reckoned with it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text
from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.question import (
    Baseline,
    Question,
    Stakes,
    baseline_mean,
    baseline_proportion,
)
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import Spending

MOST_ARMS = 10
MOST_LOOKS = 50
LARGEST = 1e15
"""No figure of a company is beyond it; beyond, sums lose their digits."""
SMALLEST = 1e-9
"""Nor is any but nought smaller."""
MOST_TIMES = 1e6
"""Largest effect, in times of the level today."""


@dataclass(frozen=True)
class Wanted:
    """What is asked.

    Attributes:
        baseline: what the control does today: a share (0.03), a mean, or a ratio of sums.
        deviation: standard deviation of one subject (of the linearised ratio, for a ratio); none for a share.
        kind: told by `deviation` where it is not said: a share without one, a mean with one.
        units: mean denominator of a ratio, a subject.
        correlation: of the outcome with what the same subjects did before.
        effect, uplift: the smallest that must be found, in the metric's unit or as a share of the baseline.
        traffic: subjects a day, over all arms.
        most_days: longest that it may take.
        power, level, side, shares, method, looks, spending: see `Question`.
        value: money for one more unit of the metric (one more conversion).
        horizon_days, horizon_subjects: how long the change would stay, and how many would meet it; traffic times days
            where the latter is not given.
        cost, least: of the change over the horizon; and the gain, after cost, under which nobody would bother.
        currency: of the money.
    """

    baseline: float
    deviation: float | None = None
    kind: Kind | None = None
    units: float = 1.0
    correlation: float = 0.0
    effect: float | None = None
    uplift: float | None = None
    traffic: float | None = None
    most_days: int = 84
    power: float = 0.8
    level: float = 0.95
    side: Side = Side.both
    shares: tuple[float, ...] = (1.0, 1.0)
    method: Method = Method.fixed
    looks: int = 5
    spending: Spending = Spending.obrien_fleming
    value: float | None = None
    horizon_days: int = 365
    horizon_subjects: float | None = None
    cost: float = 0.0
    least: float = 0.0
    currency: str = ""

    @property
    def downwards(self) -> bool:
        """Whether the change is hoped to lessen the metric."""
        given = self.uplift if self.effect is None else self.effect
        return given < 0 if given is not None else self.value is not None and self.value < 0


def baseline_of(wanted: Wanted) -> Baseline:
    """Return what the control does today; raise `UsageError` where it cannot be so."""
    kind = wanted.kind or (Kind.proportion if wanted.deviation is None else Kind.mean)
    if not -1 < wanted.correlation < 1:
        raise UsageError(
            T("A correlation lies between −1 and 1: {value} is none.", value=_typed(wanted.correlation))
        )
    if kind is Kind.proportion:
        if not SMALLEST <= wanted.baseline <= 1 - SMALLEST:
            raise UsageError(
                T(
                    "The level today is a share of the subjects, above 0 and under 1, such as 0.03 or 3%: {value} is none. For a mean, give its standard deviation.",
                    value=_typed(wanted.baseline),
                )
            )
        return baseline_proportion(wanted.baseline, correlation=wanted.correlation)
    within(wanted.baseline, -LARGEST)
    if 0 < abs(wanted.baseline) < SMALLEST:
        raise UsageError(_unreckoned(wanted.baseline))
    if wanted.deviation is None or not SMALLEST <= wanted.deviation <= LARGEST:
        raise UsageError(
            T("A mean or a ratio needs its standard deviation, above 0: how far single subjects are from it.")
        )
    if kind is Kind.mean:
        return baseline_mean(wanted.baseline, wanted.deviation, correlation=wanted.correlation)
    if not 0 < wanted.units <= LARGEST:
        raise UsageError(T("The mean denominator of a subject is a number above 0."))
    return Baseline(kind, wanted.baseline, wanted.deviation**2, wanted.correlation, wanted.units)


def question_of(wanted: Wanted) -> Question:
    """Return how sure the answer must be; raise `UsageError` where it cannot be so."""
    if not 0 < wanted.power < 1:
        raise UsageError(
            T("Power lies between 0 and 1, such as 0.8: {value} does not.", value=_typed(wanted.power))
        )
    if not 0.5 < wanted.level < 1:
        raise UsageError(
            T(
                "The level of confidence lies between 0.5 and 1, such as 0.95: {value} does not.",
                value=_typed(wanted.level),
            )
        )
    check_shares(wanted.shares)
    if wanted.side is not Side.both and wanted.method in (Method.always_valid, Method.bayesian):
        raise UsageError(T("A reading at any time, or a Bayesian one, looks both ways: leave the side out."))
    if not 2 <= wanted.looks <= MOST_LOOKS:
        raise UsageError(T("The agreed looks are 2 to {most}.", most=MOST_LOOKS))
    return Question(
        wanted.power,
        wanted.level,
        wanted.side,
        wanted.shares,
        wanted.method,
        wanted.looks,
        wanted.spending,
    )


def check_shares(shares: tuple[float, ...]) -> None:
    """Look at the shares of the arms.

    Raises:
        UsageError: there are too few or too many, or one is no number above 0.
    """
    if not 2 <= len(shares) <= MOST_ARMS or not all(0 < share <= LARGEST for share in shares):
        raise UsageError(
            T(
                "Shares are numbers above 0, one an arm and the control first, such as 50/50: 2 to {most} arms.",
                most=MOST_ARMS,
            )
        )
    if max(shares) > 1e4 * min(shares):
        raise UsageError(T("One arm is given less than a ten-thousandth of another: it would never fill."))


def stakes_of(wanted: Wanted) -> Stakes | None:
    """Return what an effect is worth, None where nothing is said of money; raise `UsageError` where it cannot be so."""
    within(wanted.cost, 0.0)
    within(wanted.least, 0.0)
    if wanted.traffic is not None and not 1e-3 <= wanted.traffic <= 1e12:
        raise UsageError(T("Subjects a day are a number above 0."))
    if not 7 <= wanted.most_days <= 3650:
        raise UsageError(T("The longest that an experiment may take is 7 to 3650 days."))
    if not 1 <= wanted.horizon_days <= 36_500:
        raise UsageError(T("The horizon is 1 to 36500 days."))
    if wanted.value is None:
        if wanted.cost or wanted.least or wanted.horizon_subjects is not None:
            raise UsageError(T("Say what one more unit of the metric is worth: without it nothing is money."))
        return None
    subjects = _met(wanted)
    if not wanted.value or not 1e-6 <= abs(wanted.value) <= LARGEST:
        raise UsageError(
            T("The value of one is a number other than 0: {value} is none.", value=_typed(wanted.value))
        )
    return Stakes(
        wanted.value, subjects, wanted.cost, wanted.least, wanted.currency, days=wanted.horizon_days
    )


def _met(wanted: Wanted) -> float:
    """How many meet the change over the horizon; denominators, for a ratio."""
    if wanted.horizon_subjects is None and wanted.traffic is not None:
        return wanted.traffic * wanted.horizon_days * wanted.units
    if wanted.horizon_subjects is None:
        raise UsageError(
            T("Say how many subjects would meet the change over the horizon, or how many come a day.")
        )
    check_met(wanted.horizon_subjects)
    return wanted.horizon_subjects


def check_met(subjects: float) -> None:
    """Raise `UsageError` where so many cannot meet the change over the horizon."""
    if not 1 <= subjects <= LARGEST:
        raise UsageError(T("Subjects over the horizon are 1 or more."))


def check_effect(wanted: Wanted) -> None:
    """Raise `UsageError` where the effect is told twice, or goes where nobody looks."""
    if wanted.effect is not None and wanted.uplift is not None:
        raise UsageError(
            T("Give the effect in the metric’s own unit or as a share of the level today, not both.")
        )
    given = wanted.uplift if wanted.effect is None else wanted.effect
    if given is not None:
        within(given, -LARGEST)
        if wanted.uplift is not None and abs(wanted.uplift) > MOST_TIMES:
            raise UsageError(_unreckoned(wanted.uplift))
    elif wanted.value is None:
        return
    if wanted.side is (Side.greater if wanted.downwards else Side.less):
        raise UsageError(
            T("The effect goes one way and the side looked at is the other: change one of them.")
        )


def within(value: float, least: float) -> None:
    """Raise `UsageError` where a figure is not finite, or beyond what can be reckoned with."""
    if not math.isfinite(value) or not least <= value <= LARGEST:
        raise UsageError(_unreckoned(value))


def _unreckoned(value: float) -> Text:
    return T("{value} is no figure that can be reckoned with.", value=_typed(value))


def _typed(value: float) -> Any:
    """A figure as it was typed; what no reader can format stays as computers write it."""
    return value if SMALLEST < abs(value) < LARGEST or not value else f"{value:g}"
