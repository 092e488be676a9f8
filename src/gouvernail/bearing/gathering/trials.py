"""Experiments with figures, in short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.checks.measuring_evidence import TrialFacts

if TYPE_CHECKING:
    from gouvernail.bearing.trial import Trial


def facts(trials: Sequence[Trial], today: date) -> tuple[TrialFacts, ...]:
    """Return what rules may read of the experiments that have figures."""
    return tuple(_facts(one, today) for one in trials if one.figures is not None)


def _facts(trial: Trial, today: date) -> TrialFacts:
    reading = trial.figures
    split = reading.split if reading else None
    one = trial.gaining
    shown = one or trial.comparison
    gain = trial.best.money if trial.best else None
    return TrialFacts(
        trial.id,
        trial.name,
        trial.in_plan,
        trial.last_day,
        split.counts if split else (),
        split.expected if split else (),
        split.p if split else None,
        bool(split and split.alarm),
        trial.subjects,
        trial.planned,
        trial.once,
        trial.end is not None and trial.end < today,
        one.variant if one else None,
        shown.relative if shown else None,
        Money(Decimal(str(gain.value)), trial.currency).rounded() if isinstance(gain, Estimate) else None,
        trial.stakes.days if trial.stakes else None,
    )
