"""The arms of an experiment as rows: level, effect, evidence, gain and verdict, each with its interval in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.experiments import Trial
from gouvernail.measurement.experiments.analysis import Comparison, Level, Reading
from gouvernail.measurement.experiments.decision import Decision, Verdict
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.metrics.catalogue import METRICS
from gouvernail.report import effects

VERDICTS: Mapping[Verdict, tuple[str, str, Text]] = {
    Verdict.adopt: ("good", "ok", T("Adopt it")),
    Verdict.keep: ("bad", "stop", T("Keep the control")),
    Verdict.indifferent: ("unknown", "unknown", T("Too small to matter")),
    Verdict.undecided: ("warn", "warn", T("Undecided")),
    Verdict.refused: ("unknown", "unknown", T("No answer")),
}
HEADINGS: Mapping[str, Text] = {
    "experiment": T("Experiment"),
    "state": T("State"),
    "arm": T("Arm"),
    "subjects": T("Subjects"),
    "level": T("Level"),
    "effect": T("Effect"),
    "uplift": T("Of the control"),
    "evidence": T("Evidence"),
    "gain": T("Gain after cost"),
    "verdict": T("Verdict"),
}
"""Columns of `rows`, and of a list."""
NUMBERS = frozenset({"subjects", "level", "effect", "uplift", "gain"})


@dataclass(frozen=True)
class Told:
    """A number with its interval, each as words; `between` is None where there is none."""

    value: Text
    between: Text | None = None

    @property
    def words(self) -> Text:
        """Return the number and, in brackets, its interval."""
        if self.between is None:
            return self.value
        return T("{value} ({interval})", value=self.value, interval=self.between)


@dataclass(frozen=True)
class ArmRow:
    """One arm; what is compared with the control is None for the control, and where it cannot be told."""

    name: str
    subjects: Number
    level: Any | None
    effect: Told | None = None
    uplift: Told | None = None
    evidence: Text | None = None
    gain: Told | None = None
    verdict: tuple[str, str, Text] | None = None


def columns(arms: Sequence[ArmRow]) -> tuple[str, ...]:
    """Return the columns that say something of any of the arms, in their order."""
    return tuple(
        name for name in HEADINGS if name == "arm" or any(cell(arm, name) is not None for arm in arms)
    )


def cell(arm: ArmRow, column: str) -> Any | None:
    """Return what stands in a column: a value, a `Told`, or for the verdict tone, icon and words."""
    return arm.name if column == "arm" else getattr(arm, column, None)


def unit(trial: Trial) -> Unit:
    """Return what levels and effects are counted in: of its metric, else money where values are and a currency is known."""
    metric = METRICS.get(trial.metric or "")
    if trial.outcome is Kind.proportion or metric is not None:
        return effects.unit_of(trial.outcome, metric.unit if metric else None)
    return Unit.money if trial.measure == "value" and trial.currency else Unit.count


def rows(trial: Trial) -> tuple[ArmRow, ...]:
    """Return the arms, the control first; none before there are figures."""
    reading = trial.reading
    if not isinstance(reading, Reading):
        return ()
    told = {one.variant: one for one in reading.comparisons}
    decided = {one.variant: one for one in trial.decisions}
    return tuple(
        _row(trial, level, told.get(level.variant), decided.get(level.variant)) for level in reading.levels
    )


def ahead(trial: Trial) -> ArmRow | None:
    """Return the variant to adopt, else the one that does best; None where none can be compared."""
    best, leading = trial.best, trial.comparison
    name = best.variant if best else leading.variant if leading else None
    return next((row for row in rows(trial) if row.name == name), None)


def _row(trial: Trial, level: Level, one: Comparison | None, decision: Decision | None) -> ArmRow:
    counted, currency = unit(trial), trial.currency
    shown = effects.level(level.value.value, counted, currency) if isinstance(level.value, Estimate) else None
    name, subjects = level.variant, Number(level.subjects, 0)
    if one is None:
        return ArmRow(name, subjects, shown)
    return ArmRow(
        name,
        subjects,
        shown,
        effect_of(trial, one),
        uplift_of(one),
        evidence(one),
        gain_of(trial, decision) if decision else None,
        VERDICTS[decision.verdict] if decision else None,
    )


def effect_of(trial: Trial, one: Comparison) -> Told | None:
    """Return the difference with the control in the metric's unit; None where it is refused."""
    found, counted = one.absolute, unit(trial)
    if isinstance(found, Refusal):
        return None
    between = effects.effect_span(found.low, found.high, counted, trial.currency)
    return Told(effects.effect(found.value, counted, trial.currency), between)


def uplift_of(one: Comparison) -> Told | None:
    """Return the difference as a share of the control; None where it is refused."""
    found = one.relative
    if isinstance(found, Refusal):
        return None
    return Told(effects.share(found.value, effects.DIGITS), effects.share_span(found.low, found.high))


def gain_of(trial: Trial, decision: Decision) -> Told | None:
    """Return what a variant brings over the horizon, after cost; None where it is refused."""
    found = decision.money
    if isinstance(found, Refusal):
        return None
    low, high = (
        None if end is None else effects.gain(end, trial.currency) for end in (found.low, found.high)
    )
    return Told(effects.gain(found.value, trial.currency), effects.interval(low, high))


def evidence(one: Comparison) -> Text | None:
    """Return how sure the effect is: a p-value, or the chance that it is above nought; None where neither is made."""
    if one.belief is not None:
        chance = min(max(one.belief.chance, 0.001), 0.999)
        return T("{chance} chance of being above the control", chance=Ratio(chance, 1))
    return None if one.p is None else probability(one.p)


def probability(value: float) -> Text:
    if value < 1e-4:
        return T("p < {p}", p=Number(1e-4, 4))
    return T("p = {p}", p=Number(value, min(effects.digits(value, 2), 4)))
