"""What the calculator shows beside the size: how the chance of seeing the effect grows with time, and the agreed looks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import Text
from gouvernail.bearing.designed import Designed, size
from gouvernail.bearing.wanted import Wanted
from gouvernail.measurement.experiments.design import WEEK, Design, design
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.power import power
from gouvernail.report.designing import ADVICE

PARTS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Parts of the size that are shown where nobody knows the traffic."""


@dataclass(frozen=True)
class Step:
    """After so many subjects: the chance of seeing the effect looked for; and the smallest one that would show."""

    days: int | None
    subjects: int
    power: float
    effect: float | None = None
    """In the metric's unit; None where the traffic is not known, or nothing would show."""
    uplift: float | None = None
    gain: float | None = None
    """What it brings over the horizon after cost; None where nothing is said of money."""


@dataclass(frozen=True)
class Agreed:
    """A look: after so many subjects, an effect of more than `bound` standard errors ends the experiment."""

    number: int
    subjects: int
    days: int | None
    bound: float


@dataclass(frozen=True)
class Sheet:
    """The answer of the calculator. `design` is there even where it takes longer than there is time for."""

    wanted: Wanted
    designed: Designed
    design: Design | None
    refusal: Refusal | None
    steps: tuple[Step, ...]
    looks: tuple[Agreed, ...]

    @property
    def days(self) -> int | None:
        """Days that the size takes, in whole weeks."""
        if self.design is None or not self.wanted.traffic:
            return None
        return WEEK * math.ceil(self.design.subjects / self.wanted.traffic / WEEK - 1e-9)

    @property
    def advice(self) -> Text:
        """When to look at the figures."""
        return ADVICE[self.wanted.method]


@lru_cache(maxsize=256)
def sheet(wanted: Wanted) -> Sheet:
    """Return how large the experiment must be, and what it shows earlier or later.

    Raises:
        UsageError: a figure is none that there can be.
    """
    made = size(wanted)
    found = made.found if isinstance(made.found, Design) else None
    refusal = made.found if isinstance(made.found, Refusal) else None
    if refusal is not None and refusal.code == "too_long":
        longer = design(
            made.baseline, made.question, effect=wanted.effect, uplift=wanted.uplift, stakes=made.stakes
        )
        found = longer if isinstance(longer, Design) else None
    steps = tuple(_steps(made, found)) if found else ()
    return Sheet(wanted, made, found, refusal, steps, _looks(wanted, found))


def turned(wanted: Wanted) -> Wanted:
    """Return what is wanted with its effect downwards, where less of the metric is worth money."""
    if wanted.value is not None and wanted.value < 0 and wanted.uplift is not None and wanted.uplift > 0:
        return replace(wanted, uplift=-wanted.uplift)
    return wanted


def _steps(made: Designed, found: Design) -> Iterator[Step]:
    def chance(subjects: int) -> float:
        return power(made.baseline, found.effect, subjects, made.question)

    for one in made.reach:
        yield Step(one.days, one.subjects, chance(one.subjects), one.effect, one.uplift, one.gain)
    if not made.reach:
        for part in PARTS:
            subjects = math.ceil(found.subjects * part)
            yield Step(None, subjects, chance(subjects))


def _looks(wanted: Wanted, found: Design | None) -> tuple[Agreed, ...]:
    if found is None or wanted.method is not Method.group_sequential:
        return ()
    bounds = found.question.bounds()
    seen = [math.ceil(found.subjects * part) for part in bounds.fractions]
    days = [math.ceil(n / wanted.traffic) if wanted.traffic else None for n in seen]
    return tuple(
        Agreed(i, n, day, bound)
        for i, (n, day, bound) in enumerate(zip(seen, days, bounds.bounds, strict=True), 1)
    )
