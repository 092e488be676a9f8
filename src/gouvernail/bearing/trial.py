"""One experiment as it is told: plan, figures, what they say, what it is worth, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.text import Text
from gouvernail.bearing.experiment_figures import Look
from gouvernail.bearing.experiment_telling import leading, plain, tells
from gouvernail.measurement.experiments.analysis import Comparison, Reading
from gouvernail.measurement.experiments.decision import Decision, best
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.question import Stakes
from gouvernail.measurement.experiments.sample import Kind


class State(StrEnum):
    """Where an experiment stands."""

    planned = "planned"
    running = "running"
    to_decide = "to_decide"
    """It has ended, or its figures already tell."""
    decided = "decided"
    applied = "applied"


@dataclass(frozen=True)
class Calibration:
    """What an experiment says of its action, for a model to be calibrated by.

    `effect` is that of all the variant's subjects together, in the metric's unit (conversions, money), with its
    interval; `per_subject` that of one.
    """

    action: str
    metric: str | None
    variant: str
    first_day: date | None
    last_day: date | None
    subjects: int
    per_subject: Estimate
    effect: Estimate


@dataclass(frozen=True)
class Trial:
    """One experiment.

    Attributes:
        id: of the plan, else as the files name it.
        name: how people call it.
        action, metric, hypothesis: as the plan has them.
        variants: the control first: of the facts, else of the plan.
        outcome: what is compared; `measure` of what: `conversions`, `value`, `units`, or the file's name of the metric.
        state: where it stands on the day.
        start, end: of the plan; first_day, last_day: of the facts.
        design: how large it has to be, or why that cannot be told; None where nothing was asked of it.
        reading: what the figures say; a refusal where there is none, None where it has not begun.
        decisions: one a variant, where an effect's worth is known.
        stakes: what an effect is worth.
        currency: of stakes and values.
        looks: over time, for the leading variant; empty where the facts tell no days.
        in_plan: whether the plan knows it.
        applied, decision, winner, decided, result: as the plan has them.
        sources: whose figures are read.
        subjects: in the facts, over all variants.
        crossed: subjects left out since they were seen in several variants.
        kinds: what the facts would allow to compare.
        notes: what a reader should know besides.
        calibration: what it says of its action; None while it says nothing.
        planned: subjects over all variants that were planned, by the plan or by its design.
    """

    id: str
    name: str
    action: str | None
    metric: str | None
    hypothesis: str
    variants: tuple[str, ...]
    outcome: Kind
    measure: str
    state: State
    start: date | None
    end: date | None
    first_day: date | None
    last_day: date | None
    design: Design | Refusal | None
    reading: Reading | Refusal | None
    decisions: tuple[Decision, ...]
    stakes: Stakes | None
    currency: str
    looks: tuple[Look, ...]
    in_plan: bool
    applied: bool | None
    sources: tuple[str, ...]
    decision: str | None = None
    winner: str = ""
    decided: date | None = None
    result: str = ""
    subjects: int = 0
    crossed: int = 0
    kinds: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    calibration: Calibration | None = None
    planned: int | None = None

    @property
    def figures(self) -> Reading | None:
        """The reading, where there is one."""
        return self.reading if isinstance(self.reading, Reading) else None

    @property
    def once(self) -> bool:
        """Whether it is to be read once, at its planned size."""
        return self.figures is None or self.figures.plan.method is Method.fixed

    @property
    def best(self) -> Decision | None:
        """The variant to adopt, None where none is."""
        return best(self.decisions)

    @property
    def comparison(self) -> Comparison | None:
        """The variant that does best against the control, shown or not; None where none can be compared."""
        return leading(self.reading, self.stakes)

    @property
    def gaining(self) -> Comparison | None:
        """The variant that shows a gain: the best in money, else the one ahead where its effect is shown and good."""
        if self.figures is None:
            return None
        if self.decisions:
            wanted = self.best.variant if self.best else None
            return next((one for one in self.figures.comparisons if one.variant == wanted), None)
        ahead = self.comparison
        good = ahead is not None and isinstance(ahead.absolute, Estimate) and ahead.absolute.value > 0
        return ahead if ahead is not None and ahead.found and good else None

    @property
    def effect(self) -> Estimate | None:
        """What it shows of the variant that was adopted, else of the one that does best, as a share of the control."""
        if not isinstance(self.reading, Reading):
            return None
        adopted = (one for one in self.reading.comparisons if plain(one.variant) == plain(self.winner))
        told = next(adopted, None) or self.comparison
        return told.relative if told is not None and isinstance(told.relative, Estimate) else None

    @property
    def conclusive(self) -> bool:
        """Whether the figures tell an effect of a variant, or what it is worth decides."""
        return tells(self.reading, self.decisions)
