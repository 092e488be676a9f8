"""The size of an experiment before it starts: subjects, weeks, what each week could show, which effect is worth finding."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gouvernail.base.outcome import Refusal
from gouvernail.measurement.experiments.design import WEEK, Design, design, power, smallest_effect
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.question import Baseline, Question, Stakes, worth_having
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import drift_for

MOST_ROWS = 12
"""Rows of the table of weeks."""
STEPS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Parts of the planned size that are shown where nobody knows the traffic."""
HALVINGS = 60


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the calculator; `uplift` is a share of today's value, `weeks` the longest wait."""

    kind: Kind
    baseline: float
    deviation: float | None = None
    uplift: float | None = None
    question: Question = Question()
    a_day: float | None = None
    weeks: int = 12
    stakes: Stakes | None = None

    @property
    def today(self) -> Baseline:
        """What the control does today; the spread of an amount or a ratio is given, that of a rate follows."""
        spread = self.deviation**2 if self.deviation else 0.0
        if self.kind is Kind.proportion:
            spread = self.baseline * (1 - self.baseline)
        return Baseline(self.kind, self.baseline, spread)


@dataclass(frozen=True)
class Step:
    """After so many subjects: the chance of seeing the effect looked for, and the smallest effect that shows."""

    subjects: int
    days: int | None
    power: float
    smallest: float | None
    """In the metric's unit."""
    planned: bool = False
    """Whether the experiment ends here."""


@dataclass(frozen=True)
class Look:
    """An agreed look: after so many subjects, an effect beyond `bound` standard errors ends the experiment."""

    number: int
    subjects: int
    days: int | None
    bound: float


@dataclass(frozen=True)
class Sheet:
    """The answer of the calculator. `sized` ignores the longest wait; `found` is what is told: the design or a refusal."""

    asked: Asked
    found: Design | Refusal
    sized: Design | None
    steps: tuple[Step, ...]
    looks: tuple[Look, ...]
    worth: float | None
    """Smallest effect worth having by its money, in the metric's unit."""


@lru_cache(maxsize=256)
def sheet(asked: Asked) -> Sheet:
    """Return how large the experiment must be, and what it could see earlier or later.

    An effect that is given counts; else the smallest worth having by the stakes.
    """
    given = {"uplift": asked.uplift, "stakes": asked.stakes, "a_day": asked.a_day}
    found = design(asked.today, asked.question, most_days=asked.weeks * WEEK, **given)  # type: ignore[arg-type]
    sized = found if isinstance(found, Design) else None
    if isinstance(found, Refusal) and found.code == "too_long":
        without = design(asked.today, asked.question, uplift=asked.uplift, stakes=asked.stakes)
        sized = without if isinstance(without, Design) else None
    steps = tuple(_steps(asked, sized)) if sized else ()
    return Sheet(asked, found, sized, steps, _looks(asked, sized), _worth(asked.stakes))


def _worth(stakes: Stakes | None) -> float | None:
    if stakes is None or not stakes.value or stakes.subjects <= 0 or stakes.cost + stakes.least <= 0:
        return None
    return worth_having(stakes)


def _steps(asked: Asked, sized: Design) -> Iterator[Step]:
    shift = _Shift(asked)
    for subjects, days in _sizes(asked, sized):
        chance = power(asked.today, sized.effect, subjects, asked.question)
        planned = subjects == sized.subjects or (days is not None and days == sized.days)
        yield Step(subjects, days, chance, shift.smallest(subjects), planned)


def _sizes(asked: Asked, sized: Design) -> list[tuple[int, int | None]]:
    if not asked.a_day:
        return [(math.ceil(sized.subjects * part), None) for part in STEPS]
    # One week more than the longest wait or the design, whichever ends first: where the way leads is seen.
    last = min(asked.weeks, (sized.days or asked.weeks * WEEK) // WEEK + 2)
    stride = max(1, math.ceil(last / MOST_ROWS))
    weeks = sorted({*range(stride, last + 1, stride), *([sized.days // WEEK] if sized.days else [])})
    return [(round(week * WEEK * asked.a_day), week * WEEK) for week in weeks]


def _looks(asked: Asked, sized: Design | None) -> tuple[Look, ...]:
    if sized is None or asked.question.method is not Method.group_sequential:
        return ()
    found = asked.question.bounds()
    seen = [math.ceil(sized.subjects * part) for part in found.fractions]
    days = [math.ceil(n / asked.a_day) if asked.a_day else None for n in seen]
    return tuple(
        Look(i, n, day, bound) for i, (n, day, bound) in enumerate(zip(seen, days, found.bounds, strict=True), 1)
    )


class _Shift:
    """The smallest effect that shows. With agreed looks the walk is worked out once: its drift is the same at any size."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        question = asked.question
        agreed = question.method is Method.group_sequential
        self.drift = drift_for(question.bounds(), question.power) if agreed else None

    def smallest(self, subjects: int) -> float | None:
        """Return the smallest effect that so many subjects show with the power asked."""
        asked = self.asked
        if self.drift is None:
            return smallest_effect(asked.today, subjects, asked.question)
        shares = asked.question.shares
        control, variant = (subjects * share / sum(shares) for share in (shares[0], min(shares[1:])))
        low, high = 0.0, self._most()
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            error = math.sqrt(asked.today.left() / control + asked.today.left(middle) / variant)
            low, high = (low, middle) if middle >= self.drift * error else (middle, high)
        return high if high < self._most() else None

    def _most(self) -> float:
        today = self.asked.today
        return 1 - today.value if today.kind is Kind.proportion else 1e6 * math.sqrt(today.variance)
