"""Size an experiment from what people know of it: the level today, the effect that matters, the traffic, the money.

The statistics are `measurement.experiments.design` and `power`; here is what surrounds them for a person: every
figure is looked at before it is used, what the effect is worth in money stands beside it, and what each number of weeks
could show.
"""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.base.outcome import Refusal
from gouvernail.bearing.wanted import Wanted, baseline_of, check_effect, question_of, stakes_of
from gouvernail.measurement.experiments.design import Design, design
from gouvernail.measurement.experiments.plan import Side
from gouvernail.measurement.experiments.power import smallest_effect
from gouvernail.measurement.experiments.question import (
    Baseline,
    Question,
    Stakes,
    baseline_proportion,
    worth_having,
)
from gouvernail.measurement.experiments.sample import Kind

__all__ = ["WEEKS", "Designed", "Reach", "Wanted", "size"]

WEEKS = (1, 2, 3, 4, 6, 8, 12)


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
    baseline, question, stakes = baseline_of(wanted), question_of(wanted), stakes_of(wanted)
    check_effect(wanted)
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
