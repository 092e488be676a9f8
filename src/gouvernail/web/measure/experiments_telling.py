"""What an experiment says, in a sentence or two: where it stands, what its figures tell, what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number
from gouvernail.bearing.experiments import State, Trial
from gouvernail.measurement.experiments.analysis import Comparison, Reading
from gouvernail.measurement.experiments.decision import Decision, Verdict
from gouvernail.measurement.experiments.design import Design
from gouvernail.plan.model import Choice
from gouvernail.report import effects
from gouvernail.web.look.parts import Tone


@dataclass(frozen=True)
class Sign:
    """A chip: words, tone, icon."""

    words: Text
    tone: Tone
    icon: str


STATES: Mapping[State, Sign] = {
    State.to_decide: Sign(T("To decide"), "warn", "flag"),
    State.running: Sign(T("Running"), "info", "player-play"),
    State.planned: Sign(T("Planned"), "unknown", "calendar"),
    State.decided: Sign(T("Decided"), "accent", "clipboard-check"),
    State.applied: Sign(T("Applied"), "good", "circle-check"),
}
"""In the order in which somebody who has little time reads them."""
VERDICTS: Mapping[Verdict, Sign] = {
    Verdict.adopt: Sign(T("Adopt it"), "good", "circle-check"),
    Verdict.keep: Sign(T("Keep the control"), "bad", "circle-x"),
    Verdict.indifferent: Sign(T("Too small to matter"), "unknown", "equal"),
    Verdict.undecided: Sign(T("Undecided"), "warn", "hourglass-empty"),
    Verdict.refused: Sign(T("No answer"), "unknown", "circle-dashed"),
}

PENDING = T("Its figures are being worked out.")


@dataclass(frozen=True)
class Saying:
    """The words of one experiment: its figures in its own unit."""

    trial: Trial
    unit: Unit | None = None
    """Of its metric, where that is known."""
    pending: bool = False
    """Whether its figures are still being worked out."""

    @property
    def counted(self) -> Unit:
        """What its levels and differences are counted in."""
        return effects.unit_of(self.trial.outcome, self.unit)

    def level(self, value: float) -> Any:
        """Return a level of an arm."""
        return effects.level(value, self.counted, self.trial.currency)

    def effect(self, value: float) -> Text:
        """Return a difference."""
        return effects.effect(value, self.counted, self.trial.currency)

    def gain(self, value: float) -> Text:
        """Return money won or lost."""
        return effects.gain(value, self.trial.currency)

    def state(self) -> Sign:
        """Return where it stands."""
        return STATES[self.trial.state]

    def sentences(self) -> tuple[Text, ...]:
        """Return what it says, in a sentence or two."""
        return tuple(self._sentences())

    def effect_of(self, one: Comparison) -> Text | None:
        """Return a variant's effect with its interval: as a share of the control where that can be told."""
        share = isinstance(one.relative, Estimate)
        found, say = (one.relative, effects.share) if share else (one.absolute, self.effect)
        if isinstance(found, Refusal):
            return None
        within = span(found, say)
        effect = say(found.value)
        if within is None:
            return T("“{variant}”: {effect} against the control.", variant=one.variant, effect=effect)
        return T(
            "“{variant}”: {effect} against the control ({interval}).",
            variant=one.variant, effect=effect, interval=within,
        )  # fmt: skip

    def _sentences(self) -> Iterator[Text]:
        if self.pending and self.trial.state in (State.running, State.to_decide):
            yield PENDING
            return
        match self.trial.state:
            case State.planned:
                yield from self._planned()
            case State.running:
                yield from self._running()
            case State.to_decide:
                yield from self._answered()
            case _:
                yield from self._decided()

    def _planned(self) -> Iterator[Text]:
        one = self.trial
        if one.start:
            yield T("It begins on {day}.", day=one.start)
        match one.design:
            case Design():
                yield T("{n} people are needed.", n=Number(one.design.subjects))
            case Refusal():
                yield one.design.reason
            case None:
                yield T("Nobody has said how many people it takes: size it before it starts.")

    def _running(self) -> Iterator[Text]:
        one = self.trial
        if one.reading is None:
            yield T("It has begun, and no figure of it was imported yet.")
            return
        yield self.people()
        refusal = refusal_of(one.reading)
        if refusal is not None and refusal.code != "too_early":
            yield refusal.reason
        elif refusal is not None:
            yield T("It is read at its end: what is seen before would mislead.")
        elif one.comparison is not None and (said := self.effect_of(one.comparison)):
            yield said

    def people(self) -> Text:
        """Return how many people are in."""
        one = self.trial
        planned = one.design.subjects if isinstance(one.design, Design) else None
        if planned is None:
            return T("{n} people are in.", n=Number(one.subjects))
        return T("{n} of {planned} people are in.", n=Number(one.subjects), planned=Number(planned))

    def _answered(self) -> Iterator[Text]:
        one = self.trial
        refusal = refusal_of(one.reading)
        if one.reading is None:
            yield T("It should have ended, and no figure of it was imported.")
        elif refusal is not None:
            yield refusal.reason
        else:
            yield from self._told()

    def _told(self) -> Iterator[Text]:
        one = self.trial
        ahead = one.comparison
        chosen = one.best or decision_on(one, ahead.variant if ahead else None)
        shown = next((c for c in comparisons(one) if chosen and c.variant == chosen.variant), ahead)
        if shown is not None and (said := self.effect_of(shown)):
            yield said
        if chosen is not None:
            yield chosen.reason
        elif shown is not None and not shown.found:
            yield T("Chance alone would make such a difference.")

    def _decided(self) -> Iterator[Text]:
        one = self.trial
        adopted = one.decision == Choice.adopt.value
        if adopted and one.winner:
            yield T("“{variant}” is adopted.", variant=one.winner)
        elif adopted:
            yield T("The variant is adopted.")
        elif one.decision:
            yield T("The control is kept.")
        elif one.result:
            yield T("{words}", words=one.result)
        if one.state is State.decided and adopted and not one.applied:
            yield T("It is not applied yet.")
        if one.comparison is not None and (said := self.effect_of(one.comparison)):
            yield said


def comparisons(trial: Trial) -> tuple[Comparison, ...]:
    """Return each variant against the control; none where there is no reading."""
    return trial.reading.comparisons if isinstance(trial.reading, Reading) else ()


def decision_on(trial: Trial, variant: str | None) -> Decision | None:
    """Return what to do with a variant, None where money says nothing."""
    return next((one for one in trial.decisions if one.variant == variant), None)


def refusal_of(reading: Reading | Refusal | None) -> Refusal | None:
    """Return why the figures give no answer at all, None where they do or where there are none."""
    if isinstance(reading, Refusal):
        return reading
    if reading is None:
        return None
    if reading.refusal is not None:
        return reading.refusal
    told = [one.absolute for one in reading.comparisons]
    refused = [one for one in told if isinstance(one, Refusal)]
    return refused[0] if told and len(refused) == len(told) else None


def span(found: Outcome, say: Any) -> Text | None:
    """Return the interval of an estimate in words; None where there is none."""
    if isinstance(found, Refusal):
        return None
    low, high = (None if end is None else say(end) for end in (found.low, found.high))
    return effects.interval(low, high)
