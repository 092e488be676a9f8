"""What an experiment says, in a sentence or two: where it stands, what its figures tell, what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number
from gouvernail.bearing.experiments import State, Trial
from gouvernail.measurement.experiments.analysis import Comparison, Reading
from gouvernail.measurement.experiments.decision import Decision, Verdict
from gouvernail.measurement.experiments.design import Design
from gouvernail.plan.model import Choice
from gouvernail.report import effects, experiment_arms, experimenting
from gouvernail.report.experiment_arms import Told
from gouvernail.web.look.parts import Tone


@dataclass(frozen=True)
class Sign:
    """A chip: words, tone, icon."""

    words: Text
    tone: Tone
    icon: str


_STATE_ICONS: Mapping[State, str] = {
    State.to_decide: "flag",
    State.running: "player-play",
    State.planned: "calendar",
    State.decided: "clipboard-check",
    State.applied: "circle-check",
}
"""In the order in which somebody who has little time reads them."""
_VERDICT_ICONS: Mapping[Verdict, str] = {
    Verdict.adopt: "circle-check",
    Verdict.keep: "circle-x",
    Verdict.indifferent: "equal",
    Verdict.undecided: "hourglass-empty",
    Verdict.refused: "circle-dashed",
}


def _signs(told: Mapping[Any, tuple[str, str, Text]], icons: Mapping[Any, str]) -> dict[Any, Sign]:
    """Words and tones are those of the report; the icons are the site's own."""
    return {one: Sign(told[one][2], cast("Tone", told[one][0]), icon) for one, icon in icons.items()}


STATES: Mapping[State, Sign] = _signs(experimenting.STATES, _STATE_ICONS)
VERDICTS: Mapping[Verdict, Sign] = _signs(experiment_arms.VERDICTS, _VERDICT_ICONS)
PENDING = T("Its figures are being worked out.")


@dataclass(frozen=True)
class Saying:
    """The words of one experiment: its figures in its own unit."""

    trial: Trial
    unit: Unit | None = None
    """Of its metric, where the plan has one of its own."""
    pending: bool = False
    """Whether its figures are still being worked out."""

    @property
    def counted(self) -> Unit:
        """What its levels and differences are counted in."""
        return (
            effects.unit_of(self.trial.outcome, self.unit) if self.unit else experiment_arms.unit(self.trial)
        )

    def level(self, value: float) -> Any:
        """Return a level of an arm."""
        return effects.level(value, self.counted, self.trial.currency)

    def effect(self, found: Outcome) -> Told | None:
        """Return a difference with the control, with its interval; None where it is refused."""
        return None if isinstance(found, Refusal) else told_in(found, self.counted, self.trial.currency)

    def best_told(self, one: Comparison) -> Told | None:
        """Return the effect as a share of the control where that can be told, else in its own unit."""
        return experiment_arms.uplift_of(one) or self.effect(one.absolute)

    def gain(self, decision: Decision | None) -> Told | None:
        """Return what a variant brings over the horizon, after cost; None where nobody knows."""
        return experiment_arms.gain_of(self.trial, decision) if decision else None

    def state(self) -> Sign:
        """Return where it stands."""
        return STATES[self.trial.state]

    def sentences(self) -> tuple[Text, ...]:
        """Return what it says, in a sentence or two."""
        return tuple(self._sentences())

    def effect_of(self, one: Comparison) -> Text | None:
        """Return a variant's effect with its interval, as a sentence."""
        told = self.best_told(one)
        if told is None:
            return None
        if told.between is None:
            return T("“{variant}”: {effect} against the control.", variant=one.variant, effect=told.value)
        return T(
            "“{variant}”: {effect} against the control ({interval}).",
            variant=one.variant, effect=told.value, interval=told.between,
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
        planned = experimenting.planned(one)
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
        chosen = leading_decision(one)
        shown = next((c for c in comparisons(one) if chosen and c.variant == chosen.variant), ahead)
        if shown is not None and (said := self.effect_of(shown)):
            yield said
        if chosen is not None:
            yield chosen.reason
        elif shown is not None and not shown.found:
            yield T("Chance alone may make such a difference.")

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


def told_in(found: Estimate, unit: Unit, currency: str) -> Told:
    """Return a difference with its interval, in a unit."""
    between = effects.effect_span(found.low, found.high, unit, currency)
    return Told(effects.effect(found.value, unit, currency), between)


def comparisons(trial: Trial) -> tuple[Comparison, ...]:
    """Return each variant against the control; none where there is no reading."""
    return trial.figures.comparisons if trial.figures else ()


def decision_on(trial: Trial, variant: str | None) -> Decision | None:
    """Return what to do with a variant, None where money says nothing."""
    return next((one for one in trial.decisions if one.variant == variant), None)


def leading_decision(trial: Trial) -> Decision | None:
    """Return the decision that counts: on the variant to adopt, else on the one that does best."""
    return trial.best or decision_on(trial, trial.comparison.variant if trial.comparison else None)


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
