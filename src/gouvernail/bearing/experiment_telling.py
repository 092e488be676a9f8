"""One experiment while it is told: terms of the plan and figures of the facts, each part once from the parts before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.units import Unit
from gouvernail.bearing.experiment_figures import Look, arms_of, by_day, choose
from gouvernail.bearing.experiment_terms import baseline_from, design_of, question_of, stakes_of
from gouvernail.measurement.experiments.analysis import Comparison, Reading, analyse
from gouvernail.measurement.experiments.decision import Decision, Verdict, decide
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.plan import Analysis, Method
from gouvernail.measurement.experiments.question import Question, Stakes
from gouvernail.measurement.experiments.sample import Arm, Kind
from gouvernail.measurement.experiments.sequential import TUNING
from gouvernail.metrics.catalogue import METRICS
from gouvernail.sources.experiment_table import arranged as reordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gouvernail.plan.model import Experiment
    from gouvernail.sources.experiment_table import ExperimentTable

QUIET_DAYS = 14
"""Days without new figures after which an experiment of the facts alone has ended."""
DECISIVE = frozenset({Verdict.adopt, Verdict.keep, Verdict.indifferent})


def plain(name: str) -> str:
    """Return a name without what people write differently: letter case, hyphens, underscores, odd spaces."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def arranged(setup: Experiment | None, table: ExperimentTable) -> ExperimentTable:
    """Return the facts with the variants in the order of the plan, where it names them as the facts do."""
    wanted = [plain(name) for name in setup.variants] if setup else []
    if sorted(wanted) != sorted(plain(one.name) for one in table.variants):
        return table
    return reordered(table, tuple(sorted(table.variants, key=lambda one: wanted.index(plain(one.name)))))


def leading(reading: Reading | Refusal | None, stakes: Stakes | None) -> Comparison | None:
    """Return the comparison with the greatest effect (the least where less is better) of those that can be told."""
    if not isinstance(reading, Reading):
        return None
    known = [one for one in reading.comparisons if isinstance(one.absolute, Estimate)]
    sign = -1 if stakes and stakes.value < 0 else 1
    return max(known, key=lambda one: sign * _value(one), default=None)


def tells(reading: Reading | Refusal | None, decisions: Iterable[Decision]) -> bool:
    """Return whether the figures tell an effect of a variant, or what it is worth decides."""
    shown = isinstance(reading, Reading) and any(one.found for one in reading.comparisons)
    return shown or any(one.verdict in DECISIVE for one in decisions)


def _value(one: Comparison) -> float:
    return one.absolute.value if isinstance(one.absolute, Estimate) else 0.0


@dataclass(frozen=True)
class Telling:
    """One experiment while it is told: each part once, from the parts before it."""

    setup: Experiment | None
    table: ExperimentTable | None
    today: date
    currency: str
    kind: Kind | None
    measure: str | None

    @cached_property
    def compared(self) -> tuple[Kind, str] | Refusal:
        """What is compared: as asked, as the plan says, as its metric is, as the figures allow."""
        setup = self.setup
        kind = self.kind or (Kind(setup.outcome.value) if setup and setup.outcome else None)
        measure = self.measure or (setup.measure if setup else "")
        if self.table is None:
            return kind or Kind.proportion, measure or (
                "conversions" if kind in (None, Kind.proportion) else "value"
            )
        if kind is None and self.metric_unit is Unit.money and "mean" in self.table.kinds:
            kind = Kind.mean
        return choose(self.table, kind, measure)

    @property
    def metric_unit(self) -> Unit | None:
        metric = METRICS.get(self.setup.metric) if self.setup and self.setup.metric else None
        return metric.unit if metric else None

    @cached_property
    def arms(self) -> tuple[Arm, ...]:
        """The arms with all that is in; none where nothing can be compared."""
        if self.table is None or isinstance(self.compared, Refusal):
            return ()
        found = arms_of(self.table, *self.compared)
        return () if isinstance(found, Refusal) else found

    @cached_property
    def question(self) -> Question | Refusal:
        return question_of(self.setup, len(self.table.variants) if self.table else 2)

    @cached_property
    def stakes(self) -> Stakes | None:
        money = (
            isinstance(self.compared, tuple) and self.compared[0] is Kind.mean and self.compared[1] == "value"
        )
        is_money = money and (self.metric_unit is Unit.money or bool(self.table and self.table.currency))
        return stakes_of(self.setup, self.currency, self.a_day, money=is_money)

    @property
    def a_day(self) -> float | None:
        """Subjects a day that the facts show."""
        table = self.table
        if table is None or table.first_day is None or table.last_day is None:
            return None
        return table.subjects / ((table.last_day - table.first_day).days + 1)

    @cached_property
    def design(self) -> Design | Refusal | None:
        if isinstance(self.question, Refusal):
            return self.question
        if isinstance(self.compared, Refusal):
            return None
        baseline = baseline_from(self.setup, self.compared[0], self.arms)
        return design_of(self.setup, self.question, baseline, self.stakes)

    @property
    def planned(self) -> int | None:
        """Subjects over all arms that were planned: as the plan says, else by a design of figures that do not move.

        What worth alone asks for is sized from the arms themselves, and would be another number every day.
        """
        if self.setup is None or self.setup.subjects:
            return self.setup.subjects if self.setup else None
        settled = self.setup.smallest_effect is not None or self.setup.baseline is not None
        return self.design.subjects if settled and isinstance(self.design, Design) else None

    @property
    def ended(self) -> bool:
        """Whether its last day is over: of the plan, else of facts that nothing new has come to for long."""
        if self.setup is not None:
            return self.setup.end is not None and self.setup.end < self.today
        last = self.table.last_day if self.table else None
        return last is None or (self.today - last).days > QUIET_DAYS

    @property
    def subjects(self) -> int:
        """Subjects in the facts, over all variants."""
        return self.table.subjects if self.table else 0

    @cached_property
    def passed(self) -> tuple[float, ...]:
        """Of agreed looks, the shares of the planned subjects that are in; the first one before it is reached."""
        if not isinstance(self.question, Question) or not self.planned:
            return (1.0,)
        looks = self.question.looks
        agreed = [look / looks for look in range(1, looks + 1)]
        return tuple(one for one in agreed if one * self.planned <= self.subjects) or (agreed[0],)

    @cached_property
    def at_look(self) -> ExperimentTable:
        """The figures to read: all, but those at the last agreed look where looks were agreed and days are known."""
        assert self.table is not None  # noqa: S101 - asked only where there are facts
        asked = self.question
        if not isinstance(asked, Question) or asked.method is not Method.group_sequential or not self.planned:
            return self.table
        reached = ((day, known) for day, known in by_day(self.table, every=True))
        wanted = self.passed[-1] * self.planned
        return next((known for _, known in reached if known.subjects >= wanted), self.table)

    @cached_property
    def options(self) -> Analysis | Refusal:
        """How the figures are read."""
        asked, planned = self.question, self.planned
        if isinstance(asked, Refusal):
            return asked
        agreed = asked.method is Method.group_sequential
        now = (
            min(max(self.at_look.subjects / planned, 1e-6), 1.0) if agreed and planned and self.table else 1.0
        )
        once = asked.method is Method.fixed and not self.ended
        same = self.table is None or len(asked.shares) == len(self.table.variants)
        return Analysis(
            method=asked.method,
            side=asked.side,
            level=asked.level,
            shares=asked.shares if same else None,
            planned=planned if once else None,
            fractions=(*self.passed[:-1], now) if agreed else (),
            tuning=float(planned) if planned and asked.method is Method.always_valid else TUNING,
        )

    @cached_property
    def reading(self) -> Reading | Refusal | None:
        """What the figures say; None before there are any."""
        if self.table is None:
            return None
        return self.options if isinstance(self.options, Refusal) else self.read(self.at_look, self.options)

    def read(self, table: ExperimentTable, options: Analysis) -> Reading | Refusal:
        """Return what figures say under options."""
        if isinstance(self.compared, Refusal):
            return self.compared
        arms = arms_of(table, *self.compared)
        return arms if isinstance(arms, Refusal) else analyse(arms, options)

    @property
    def ahead(self) -> Comparison | None:
        """The variant that does best."""
        return leading(self.reading, self.stakes)

    @property
    def answered(self) -> bool:
        """Whether it may be decided before its end: figures that may be looked at tell, or the planned size is reached."""
        if not isinstance(self.reading, Reading) or self.reading.refusal:
            return False
        if self.reading.plan.method is Method.fixed:
            return self.planned is not None and self.subjects >= self.planned
        return tells(self.reading, self.decisions)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What to do with each variant, where an effect's worth is known."""
        if self.stakes is None or not isinstance(self.reading, Reading):
            return ()
        return decide(self.reading, self.stakes)

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """How the leading variant stood day by day; always-valid where it is not to be looked at daily."""
        if self.ahead is None or self.table is None or not isinstance(self.options, Analysis):
            return ()
        options = replace(self.options, planned=None)
        if options.method in (Method.fixed, Method.group_sequential):
            tuning = float(self.planned or self.subjects)
            options = replace(options, method=Method.always_valid, fractions=(), tuning=tuning)
        return tuple(self.look(day, known, self.ahead.variant, options) for day, known in by_day(self.table))

    def look(self, day: date, known: ExperimentTable, variant: str, options: Analysis) -> Look:
        """Return how a variant stood at the end of a day."""
        told = self.read(known, options)
        if isinstance(told, Refusal):
            return Look(day, known.subjects, told, told)
        one = next(one for one in told.comparisons if one.variant == variant)
        return Look(day, known.subjects, one.absolute, one.relative)
