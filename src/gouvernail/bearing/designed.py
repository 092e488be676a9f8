"""Size an experiment from what people know of it: the level today, the effect that matters, the traffic, the money.

The statistics are `measurement.experiments.design`; here is what surrounds them for a person: every figure is looked at
before it is used, what the effect is worth in money stands beside it, and what each number of weeks could show.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.measurement.experiments.design import Design, design, smallest_effect
from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.question import (
    Baseline,
    Question,
    Stakes,
    baseline_mean,
    baseline_proportion,
    worth_having,
)
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import Spending

WEEKS = (1, 2, 3, 4, 6, 8, 12)
MOST_ARMS = 10
MOST_LOOKS = 50
LARGEST = 1e15
"""No figure of a company is beyond it; beyond, sums lose their digits."""


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


@dataclass(frozen=True)
class Reach:
    """What so many days can show: the smallest effect, and what it brings over the horizon after cost."""

    days: int
    subjects: int
    effect: float | None
    uplift: float | None
    gain: float | None


@dataclass(frozen=True)
class Designed:
    """An experiment sized, or why it cannot be; with what is worth finding, and what weeks can show.

    `worth` is the smallest effect that brings back its cost and the least gain; `gain` what the effect that is found
    brings over the horizon, after cost. None where nothing is said of money.
    """

    wanted: Wanted
    baseline: Baseline
    question: Question
    stakes: Stakes | None
    found: Design | Refusal
    worth: float | None
    gain: float | None
    reach: tuple[Reach, ...]

    @property
    def blind(self) -> bool:
        """Whether the experiment would miss effects that are worth having."""
        times = self._times_worth
        return times is not None and times > 1 + 1e-9

    @property
    def dear(self) -> bool:
        """Whether it finds effects that would not bring back their cost."""
        times = self._times_worth
        return times is not None and 0 < times < 1 - 1e-9

    @property
    def _times_worth(self) -> float | None:
        """The effect found over the one worth having; None where either is not known."""
        return None if isinstance(self.found, Refusal) or not self.worth else self.found.effect / self.worth

    def share(self, effect: float | None) -> float | None:
        """Return an effect as a share of the baseline."""
        return effect / abs(self.baseline.value) if effect is not None and self.baseline.value else None


def size(wanted: Wanted) -> Designed:
    """Return the experiment that answers what is wanted.

    Raises:
        UsageError: a figure is none that there can be; the sentence says which, and what is expected.
    """
    baseline, question, stakes = _baseline(wanted), _question(wanted), _stakes(wanted)
    _effect(wanted)
    effect, uplift = wanted.effect, wanted.uplift
    found = design(
        baseline, question, effect=effect, uplift=uplift, stakes=stakes, a_day=wanted.traffic,
        most_days=wanted.most_days,
    )  # fmt: skip
    worth = worth_having(stakes) if stakes is not None else None
    gain = _gain(stakes, None if isinstance(found, Refusal) else found.effect)
    return Designed(
        wanted, baseline, question, stakes, found, worth, gain, _reach(baseline, question, stakes, wanted)
    )


def _gain(stakes: Stakes | None, effect: float | None) -> float | None:
    return None if stakes is None or effect is None else stakes.money(effect) - stakes.cost


def _reach(
    baseline: Baseline, question: Question, stakes: Stakes | None, wanted: Wanted
) -> tuple[Reach, ...]:
    """What weeks can show, in the way in which the change is hoped to go."""
    if not wanted.traffic or not baseline.variance > 0:
        return ()
    told = []
    for week in WEEKS:
        seen = 7 * week * wanted.traffic
        effect = _shown(baseline, seen, question, down=wanted.downwards)
        share = effect / abs(baseline.value) if effect is not None and baseline.value else None
        told.append(Reach(7 * week, int(seen), effect, share, _gain(stakes, effect)))
    return tuple(told)


def _shown(baseline: Baseline, subjects: float, question: Question, *, down: bool) -> float | None:
    """The smallest effect that shows, upwards or downwards: a share that falls is its complement that rises."""
    if not down or question.side is not Side.both:
        return smallest_effect(baseline, subjects, question)
    turned = baseline
    if baseline.kind is Kind.proportion:
        turned = baseline_proportion(1 - baseline.value, correlation=baseline.correlation)
    found = smallest_effect(turned, subjects, question)
    return None if found is None else -found


def _baseline(wanted: Wanted) -> Baseline:
    kind = wanted.kind or (Kind.proportion if wanted.deviation is None else Kind.mean)
    if not -1 < wanted.correlation < 1:
        raise UsageError(
            T("A correlation lies between −1 and 1: {value} is none.", value=_typed(wanted.correlation))
        )
    if kind is Kind.proportion:
        if not 0 < wanted.baseline < 1:
            raise UsageError(
                T(
                    "The level today is a share of the subjects, above 0 and under 1, such as 0.03 or 3%: {value} is none. For a mean, give its standard deviation.",
                    value=_typed(wanted.baseline),
                )
            )
        return baseline_proportion(wanted.baseline, correlation=wanted.correlation)
    _within(wanted.baseline, -LARGEST)
    if wanted.deviation is None or not 0 < wanted.deviation <= LARGEST:
        raise UsageError(
            T("A mean or a ratio needs its standard deviation, above 0: how far single subjects are from it.")
        )
    if kind is Kind.mean:
        return baseline_mean(wanted.baseline, wanted.deviation, correlation=wanted.correlation)
    if not 0 < wanted.units <= LARGEST:
        raise UsageError(T("The mean denominator of a subject is a number above 0."))
    return Baseline(kind, wanted.baseline, wanted.deviation**2, wanted.correlation, wanted.units)


def _question(wanted: Wanted) -> Question:
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


def _stakes(wanted: Wanted) -> Stakes | None:
    _within(wanted.cost, 0.0)
    _within(wanted.least, 0.0)
    if wanted.traffic is not None and not 1e-3 <= wanted.traffic <= 1e12:
        raise UsageError(T("Subjects a day are a number above 0."))
    if not 7 <= wanted.most_days <= 3650:
        raise UsageError(T("The longest that an experiment may take is 7 to 3650 days."))
    if wanted.value is None:
        if wanted.cost or wanted.least or wanted.horizon_subjects is not None:
            raise UsageError(T("Say what one more unit of the metric is worth: without it nothing is money."))
        return None
    subjects = _met(wanted)
    if not wanted.value or not 1e-9 <= abs(wanted.value) <= LARGEST:
        raise UsageError(
            T("The value of one is a number other than 0: {value} is none.", value=_typed(wanted.value))
        )
    return Stakes(
        wanted.value, subjects, wanted.cost, wanted.least, wanted.currency, days=wanted.horizon_days
    )


def _met(wanted: Wanted) -> float:
    """How many meet the change over the horizon; denominators, for a ratio."""
    if not 1 <= wanted.horizon_days <= 36_500:
        raise UsageError(T("The horizon is 1 to 36500 days."))
    if wanted.horizon_subjects is None and wanted.traffic is not None:
        return wanted.traffic * wanted.horizon_days * wanted.units
    if wanted.horizon_subjects is None:
        raise UsageError(
            T("Say how many subjects would meet the change over the horizon, or how many come a day.")
        )
    if not 0 < wanted.horizon_subjects <= LARGEST:
        raise UsageError(T("Subjects over the horizon are a number above 0."))
    return wanted.horizon_subjects


def _effect(wanted: Wanted) -> None:
    if wanted.effect is not None and wanted.uplift is not None:
        raise UsageError(
            T("Give the effect in the metric’s own unit or as a share of the level today, not both.")
        )
    given = wanted.uplift if wanted.effect is None else wanted.effect
    if given is not None:
        _within(given, -LARGEST)
    elif wanted.value is None:
        return
    if wanted.side is (Side.greater if wanted.downwards else Side.less):
        raise UsageError(
            T("The effect goes one way and the side looked at is the other: change one of them.")
        )


def _within(value: float, least: float) -> None:
    if not math.isfinite(value) or not least <= value <= LARGEST:
        raise UsageError(T("{value} is no figure that can be reckoned with.", value=_typed(value)))


def _typed(value: float) -> Any:
    """A figure as it was typed; what no reader can format stays as computers write it."""
    return value if abs(value) < LARGEST else f"{value:g}"
