"""The variants of an experiment side by side, and how people were shared out among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.experiments import Trial
from gouvernail.measurement.experiments.analysis import Level, Reading
from gouvernail.measurement.experiments.split import Split
from gouvernail.report import effects, experiment_arms
from gouvernail.report.experiment_arms import Told
from gouvernail.web.measure.experiments_telling import VERDICTS, Saying, Sign, decision_on


@dataclass(frozen=True)
class Arm:
    """One line of the variants side by side; the control has no effect."""

    name: str
    control: bool
    people: Number
    level: Told | None
    effect: Told | None = None
    uplift: Told | None = None
    chance: Text | None = None
    """The p-value, or where Bayesian the chance of being better."""
    refusal: Text | None = None
    shown: bool = False
    verdict: Sign | None = None
    money: Told | None = None
    regret: Any = None
    reason: Text | None = None


@dataclass(frozen=True)
class Balance:
    """How people were shared out, against the plan: an alarm stops everything."""

    alarm: bool
    words: Text
    rows: tuple[tuple[str, Number, Number, Ratio], ...]
    """Variant, people, people planned, part of all."""


def arm(one: Level, reading: Reading, saying: Saying) -> Arm:
    """Return one line of the variants side by side."""
    level, people = _level(one, saying), Number(one.subjects)
    compared = next((c for c in reading.comparisons if c.variant == one.variant), None)
    if compared is None:
        return Arm(one.variant, True, people, level)
    if isinstance(compared.absolute, Refusal):
        # What is refused for all of them is told once, above.
        own = None if compared.absolute == reading.refusal else compared.absolute.reason
        return Arm(one.variant, False, people, level, refusal=own)
    decision = decision_on(saying.trial, one.variant)
    regret = decision.regret if decision else None
    return Arm(
        one.variant, False, people, level,
        effect=saying.effect(compared.absolute),
        uplift=experiment_arms.uplift_of(compared),
        chance=experiment_arms.evidence(compared),
        refusal=compared.relative.reason if isinstance(compared.relative, Refusal) else None,
        shown=compared.found,
        verdict=VERDICTS[decision.verdict] if decision else None,
        money=saying.gain(decision),
        regret=None if regret is None else effects.money(regret, saying.trial.currency),
        reason=decision.reason if decision else None,
    )  # fmt: skip


def _level(one: Level, saying: Saying) -> Told | None:
    found = one.value
    if isinstance(found, Refusal):
        return None
    low, high = (None if end is None else saying.level(end) for end in (found.low, found.high))
    return Told(saying.level(found.value), effects.interval(low, high))


def balance(found: Split, trial: Trial) -> Balance:
    """Return how people were shared out, in words and figures."""
    whole = sum(found.counts) or 1
    rows = tuple(
        (name, Number(count), Number(planned), Ratio(count / whole, 1))
        for name, count, planned in zip(trial.variants, found.counts, found.expected, strict=False)
    )
    if found.alarm:
        words = T(
            "The variants hold other numbers of people than planned: chance hardly does so. Somebody was lost or counted twice, in one of them more than in the other, and no comparison can be trusted until that is found."
        )
    else:
        words = T("People were shared out as planned: chance makes such differences.")
    return Balance(found.alarm, words, rows)
