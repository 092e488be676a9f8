"""An experiment as its readers see it: where it stands, its arms, the effect and what it is worth, the verdict in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import TN, T, Text, verbatim
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.experiments import State, Trial
from gouvernail.measurement.experiments.analysis import Comparison, Reading
from gouvernail.measurement.experiments.decision import Decision, Verdict
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.question import Stakes
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.metrics.catalogue import METRICS
from gouvernail.report import effects
from gouvernail.report.designing import READINGS
from gouvernail.report.experiment_arms import (
    effect_of,
    gain_of,
    probability,
    uplift_of,
)

HEADING = T("Experiments")
NONE = T(
    "No experiment yet: write one under “experiments” in the plan, or import the results of an A/B test."
)
STATES: Mapping[State, tuple[str, str, Text]] = {
    State.planned: ("unknown", "unknown", T("Not begun yet")),
    State.running: ("info", "info", T("Running")),
    State.to_decide: ("warn", "warn", T("To decide")),
    State.decided: ("info", "info", T("Decided")),
    State.applied: ("good", "ok", T("Applied")),
}
"""Tone, icon and words."""
ABOUT = T("How it was made and read")
_COMPARED: Mapping[tuple[Kind, str], Text] = {
    (Kind.proportion, "conversions"): T("share of the subjects who convert"),
    (Kind.mean, "value"): T("mean value of a subject"),
    (Kind.mean, "conversions"): T("conversions of a subject"),
    (Kind.mean, "units"): T("units of a subject"),
    (Kind.ratio, "value"): T("value of a unit"),
    (Kind.ratio, "conversions"): T("conversions by unit"),
}


def state(trial: Trial) -> tuple[str, str, Text]:
    """Return where the experiment stands: tone, icon, words."""
    return STATES[trial.state]


def compared(trial: Trial) -> Text:
    """Return what is compared between the arms."""
    metric = METRICS.get(trial.metric or "")
    said = _COMPARED.get((trial.outcome, trial.measure))
    if metric is not None and (trial.outcome is not Kind.proportion or metric.unit is Unit.ratio):
        return metric.name
    if trial.metric and metric is None:
        return verbatim(trial.metric)
    return said or verbatim(trial.measure or str(trial.outcome))


def lines(trial: Trial, titles: Mapping[str, str] | None = None) -> tuple[tuple[Text, Any], ...]:
    """Return what is known of the experiment, each with what it is called."""
    return tuple(_lines(trial, titles or {}))


def _lines(trial: Trial, titles: Mapping[str, str]) -> Iterator[tuple[Text, Any]]:
    if trial.hypothesis:
        yield T("Hypothesis"), verbatim(trial.hypothesis)
    if trial.action:
        yield T("Action tested"), verbatim(titles.get(trial.action, trial.action))
    yield T("Compared"), compared(trial)
    first, last = trial.first_day or trial.start, trial.last_day or trial.end
    if first and last:
        yield T("Days"), T("{first} to {last}", first=first, last=last)
    elif first or last:
        yield T("Days"), T("from {day}", day=first) if first else T("until {day}", day=last)
    if trial.subjects or planned(trial):
        yield T("Subjects"), seen(trial)
    reading = trial.reading
    if isinstance(reading, Reading):
        level = Ratio(reading.plan.level, effects.digits(100 * reading.plan.level))
        yield T("How it is read"), T("{method}, at {level}", method=_method(trial, reading), level=level)
        if reading.split is not None:
            yield T("Split"), _split(reading)
        if reading.explained >= 0.005:
            share = Ratio(reading.explained, 0)
            yield (
                T("Earlier behaviour"),
                T(
                    "explains {share} of the variance, taken off the effects; levels are as measured",
                    share=share,
                ),
            )


def planned(trial: Trial) -> int | None:
    """Return how many subjects were planned, None where nothing says so."""
    if trial.planned:
        return trial.planned
    return trial.design.subjects if isinstance(trial.design, Design) else None


def seen(trial: Trial) -> Text:
    """Return how many subjects are in, of how many planned."""
    most = planned(trial)
    if most is None:
        return T("{n}", n=Number(trial.subjects, 0))
    return T("{n} of {planned} planned", n=Number(trial.subjects, 0), planned=Number(most, 0))


def _method(trial: Trial, reading: Reading) -> Text:
    once = reading.plan.method is Method.fixed and planned(trial) is None
    return T("once") if once else READINGS[reading.plan.method]


def _split(reading: Reading) -> Text:
    split = reading.split
    if split is None or split.alarm:
        return T("does not agree with the plan")
    return T("agrees with the plan ({p})", p=probability(split.p))


def answer(trial: Trial) -> Text:
    """Return the verdict in words, or why there is none."""
    reading, ahead = trial.reading, trial.comparison
    if reading is None:
        return T("No figures are in yet.")
    if isinstance(reading, Refusal):
        return reading.reason
    if reading.refusal is not None:
        return reading.refusal.reason
    if ahead is None or isinstance(ahead.absolute, Refusal):
        told = next((one.absolute for one in reading.comparisons), None)
        return told.reason if isinstance(told, Refusal) else T("No figures are in yet.")
    best = trial.best
    if best is not None and trial.stakes is not None:
        return _adopt(trial, best, trial.stakes)
    decision = next((one for one in trial.decisions if one.variant == ahead.variant), None)
    return decision.reason if decision else _plain(trial, ahead)


def _adopt(trial: Trial, best: Decision, stakes: Stakes) -> Text:
    told = gain_of(trial, best)
    return T(
        "Adopt “{variant}”: over {days} days it brings {gain}, cost taken off.",
        variant=best.variant,
        days=stakes.days,
        gain=told.words if told else "",
    )


def _plain(trial: Trial, ahead: Comparison) -> Text:
    """What the figures say where nobody said what one more is worth."""
    told = uplift_of(ahead) or effect_of(trial, ahead)
    size = told.words if told else ""
    if ahead.found:
        return T("“{variant}” has an effect: {effect}.", variant=ahead.variant, effect=size)
    return T(
        "No effect is shown: that of “{variant}” is {effect}, which chance alone may make.",
        variant=ahead.variant,
        effect=size,
    )


def decided(trial: Trial) -> Text | None:
    """Return what was decided, as the plan says; None where nothing is."""
    said: Text | None = None
    if trial.decision == "adopt":
        said = T("Decided: adopt “{variant}”.", variant=trial.winner or _other(trial))
    elif trial.decision == "keep":
        said = T("Decided: keep the control.")
    elif trial.result.strip():
        said = T("Decided: {result}", result=verbatim(trial.result.strip()))
    if said is not None and trial.applied is False:
        return T("{decision} It is not applied yet.", decision=said)
    return said


def _other(trial: Trial) -> str:
    return trial.variants[1] if len(trial.variants) == 2 else ", ".join(trial.variants[1:])


def notes(trial: Trial) -> tuple[Text, ...]:
    """Return what must be known beside the verdict."""
    return tuple(_notes(trial))


def _notes(trial: Trial) -> Iterator[Text]:
    if isinstance(trial.design, Refusal):
        yield T("Its size: {reason}", reason=trial.design.reason)
    yield from trial.notes
    reading = trial.reading
    if not isinstance(reading, Reading) or reading.refusal is not None:
        return
    if trial.stakes is None and trial.comparison is not None:
        yield T("Say what one more is worth, and the verdict is told in money.")
    yield from _regrets(trial)
    if reading.plan.method is Method.fixed and not planned(trial) and trial.state is State.running:
        yield T(
            "No size was planned and it still runs: read at any time, or plan a size, else luck is taken for an effect."
        )


def _regrets(trial: Trial) -> Iterator[Text]:
    """What adopting now may cost: only where it is open."""
    for one in trial.decisions:
        if one.verdict is Verdict.undecided and one.regret is not None:
            yield T(
                "If “{variant}” is adopted now, the losses still possible come to {loss} on average.",
                variant=one.variant,
                loss=effects.money(one.regret, trial.currency),
            )


def waiting(trials: Sequence[Trial]) -> Text | None:
    """Return how many experiments wait for a decision; None where none does."""
    count = sum(one.state is State.to_decide for one in trials)
    if not count:
        return None
    return TN("{n} experiment waits for a decision.", "{n} experiments wait for a decision.", n=count)
