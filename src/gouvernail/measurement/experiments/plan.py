"""How an experiment is to be read: set down before its figures are seen, and kept with what is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouvernail.measurement.experiments.compare import Relative, Weighing
from gouvernail.measurement.experiments.multiplicity import Correction
from gouvernail.measurement.experiments.posterior import Prior
from gouvernail.measurement.experiments.sequential import TUNING
from gouvernail.measurement.experiments.spending import Spending
from gouvernail.measurement.experiments.split import ALARM

FEWEST = 10
"""Subjects of an arm under which nothing is told."""
FEWEST_EVENTS = 5
"""Successes, and failures, of an arm under which a proportion is not told: the normal law is too far off."""
FEWEST_ALWAYS = 50
"""Subjects of an arm under which the asymptotic confidence sequence is not told."""


class Method(StrEnum):
    """When one may look."""

    fixed = "fixed"
    """Once, at the planned size."""
    always_valid = "always_valid"
    """At any time, any number of times."""
    group_sequential = "group_sequential"
    """At looks agreed beforehand."""
    bayesian = "bayesian"
    """A posterior: what to think now, given the prior."""


class Side(StrEnum):
    """Which effects are looked for."""

    both = "both"
    greater = "greater"
    less = "less"


@dataclass(frozen=True)
class Analysis:
    """Options of a reading.

    Attributes:
        method: when one may look.
        side: `both`, unless an effect the other way would change nothing at all.
        level: of confidence (or of credibility).
        relative: how the relative effect's interval is made.
        correction: for several variants.
        adjust: take off what the covariate foretells (CUPED), where every arm has it.
        weighing: over which subjects the covariate is weighed.
        shares: planned sizes of the arms in their order, in any unit; equal where not given.
        split_level: chance of a false alarm of the split.
        planned: subjects over all arms that the design asked for.
        fractions: information at the looks so far, this one last (`group_sequential`).
        spending, exponent: curve of the false alarms spent over the looks.
        tuning: subjects at which the always-valid interval is narrowest.
        prior: on the relative effect (`bayesian`); none for a flat one.
        fewest, fewest_events: see the constants.
    """

    method: Method = Method.fixed
    side: Side = Side.both
    level: float = 0.95
    relative: Relative = Relative.fieller
    correction: Correction = Correction.holm
    adjust: bool = True
    weighing: Weighing = Weighing.within
    shares: tuple[float, ...] | None = None
    split_level: float = ALARM
    planned: int | None = None
    fractions: tuple[float, ...] = ()
    spending: Spending = Spending.obrien_fleming
    exponent: float = 2.0
    tuning: float = TUNING
    prior: Prior | None = None
    fewest: int = FEWEST
    fewest_events: int = FEWEST_EVENTS

    def __post_init__(self) -> None:
        if not 0.5 < self.level < 1:
            raise ValueError(f"A level of {self.level} is none: it lies between 0.5 and 1, as 0.95 does.")
        if self.method is Method.group_sequential and not self.fractions:
            raise ValueError("Agreed looks need `fractions`: the information at each look so far.")
        if self.method in (Method.always_valid, Method.bayesian) and self.side is not Side.both:
            raise ValueError(f"A reading {self.method} looks both ways.")
