"""The page of one experiment: verdict, figures, variants side by side, money, design, where the rows come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.text import TN, T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.experiments import State, Trial
from gouvernail.measurement.experiments.analysis import Comparison
from gouvernail.measurement.experiments.decision import Decision, Verdict
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.report import designing, effects, experimenting
from gouvernail.report.experiment_arms import Told
from gouvernail.web.look.parts import Figure, Tone
from gouvernail.web.measure.experiments_arms import Arm, Balance, arm, balance
from gouvernail.web.measure.experiments_telling import (
    VERDICTS,
    Saying,
    Sign,
    comparisons,
    decision_on,
    leading_decision,
    refusal_of,
    told_in,
)

Fact = tuple[Text, Any]
SMALL = 0.1
"""A part of the people below is told with more digits."""


@dataclass(frozen=True)
class Verdicted:
    """The verdict in words, large; `then` is what may be done about it."""

    words: Text
    sign: Sign
    then: tuple[Text, ...] = ()


@dataclass(frozen=True)
class TrialPage:
    """What the page of an experiment shows."""

    trial: Trial
    state: Sign
    said: tuple[Text, ...]
    verdict: Verdicted | None
    figures: tuple[Figure, ...]
    arms: tuple[Arm, ...]
    compared: bool
    """Whether any of them can be compared with the control."""
    split: Balance | None
    design: tuple[Fact, ...]
    terms: tuple[Fact, ...]
    worth: Text | None
    evidence: Text | None
    bayesian: bool
    pending: bool


def page_of(saying: Saying) -> TrialPage:
    """Return the page of an experiment."""
    trial = saying.trial
    reading = trial.figures
    arms = tuple(arm(one, reading, saying) for one in reading.levels) if reading else ()
    return TrialPage(
        trial=trial,
        state=saying.state(),
        said=saying.sentences(),
        verdict=_verdict(saying),
        figures=tuple(_figures(saying)),
        arms=arms,
        compared=any(one.effect or one.refusal for one in arms),
        split=balance(reading.split, trial) if reading and reading.split else None,
        design=tuple(_design(saying)),
        terms=tuple(_terms(saying)),
        worth=_worth(saying),
        evidence=_evidence(saying),
        bayesian=any(one.belief for one in comparisons(trial)),
        pending=saying.pending,
    )


def _verdict(saying: Saying) -> Verdicted | None:
    trial = saying.trial
    refusal = refusal_of(trial.reading)
    if trial.reading is None:
        return None
    if refusal is not None:
        tone: Tone = "bad" if refusal.code == "split" else "unknown"
        icon = "alert-octagon" if refusal.code == "split" else "circle-dashed"
        return Verdicted(refusal.reason, Sign(VERDICTS[Verdict.refused].words, tone, icon))
    decision = leading_decision(trial)
    if decision is None:
        return _shown(saying)
    words = T("“{variant}”: {reason}", variant=decision.variant, reason=decision.reason)
    return Verdicted(words, VERDICTS[decision.verdict], tuple(_then(decision, saying)))


def _shown(saying: Saying) -> Verdicted | None:
    """What the figures tell where nobody said what an effect is worth."""
    ahead = saying.trial.comparison
    if ahead is None:
        return None
    then = (T("Say what one more is worth, and the effect becomes money, and the money a verdict."),)
    if not ahead.found:
        words = T("No effect is shown: chance alone may make such a difference.")
        return Verdicted(words, VERDICTS[Verdict.undecided], then)
    up = isinstance(ahead.absolute, Estimate) and ahead.absolute.value > 0
    words = T("“{variant}” does more than the control.", variant=ahead.variant)
    if not up:
        words = T("“{variant}” does less than the control.", variant=ahead.variant)
    return Verdicted(words, Sign(T("An effect is shown"), "info", "info-circle"), then)


def _then(decision: Decision, saying: Saying) -> Iterator[Text]:
    told = saying.gain(decision)
    if told is not None and told.between is not None:
        yield T(
            "Over {days} days it brings {money} after cost; the figures allow for {interval}.",
            days=_days(saying.trial), money=told.value, interval=told.between,
        )  # fmt: skip
    if decision.regret and decision.verdict is Verdict.undecided:
        yield T(
            "Adopting it now may still be wrong: what that costs on average is {money}.",
            money=effects.money(decision.regret, saying.trial.currency),
        )


def _days(trial: Trial) -> int:
    return trial.stakes.days if trial.stakes else 365


def _figures(saying: Saying) -> Iterator[Figure]:
    trial = saying.trial
    if trial.reading is None:
        return
    planned = experimenting.planned(trial)
    part = trial.subjects / planned if planned else 0.0
    share = Ratio(part, 0 if part >= SMALL else effects.digits(100 * part, 1))
    yield Figure(
        T("People in"),
        Number(trial.subjects),
        sub=T("{share} of the {n} that its design asks for", share=share, n=Number(planned))
        if planned
        else T("no size was planned"),
    )
    ahead = trial.comparison
    if ahead is None:
        return
    title = T("Effect of “{variant}”", variant=ahead.variant)
    told = saying.best_told(ahead)
    if told is None:
        if isinstance(ahead.absolute, Refusal):
            yield Figure.refused(title, ahead.absolute)
        return
    level = ahead.absolute.level if isinstance(ahead.absolute, Estimate) else 0.95
    yield Figure(title, told.value, sub=_within(told, level), tone=_tone(ahead, trial))
    decision = decision_on(trial, ahead.variant)
    money = saying.gain(decision)
    if decision is not None and money is not None:
        yield Figure(
            TN("It brings over {n} day", "It brings over {n} days", _days(trial)),
            money.value,
            sub=_within(money, level),
            tone=VERDICTS[decision.verdict].tone,
        )


def _within(told: Told, level: float) -> Text | str:
    if told.between is None:
        return ""
    return T("{interval}, at {level}", interval=told.between, level=Ratio(level, 0))


def _tone(one: Comparison, trial: Trial) -> Tone:
    if not one.found or not isinstance(one.absolute, Estimate):
        return "unknown"
    less = trial.stakes is not None and trial.stakes.value < 0
    return "good" if (one.absolute.value > 0) is not less else "bad"


def _design(saying: Saying) -> Iterator[Fact]:
    trial = saying.trial
    match trial.design:
        case Refusal():
            yield T("Size"), trial.design.reason
        case Design():
            made = trial.design
            yield T("People needed"), Number(made.subjects)
            if made.days:
                yield T("How long it takes"), TN("{n} day", "{n} days", made.days)
            yield T("Level today"), saying.level(made.baseline.value)
            shown = (
                effects.share(made.uplift)
                if made.uplift is not None
                else effects.effect(made.effect, saying.counted, trial.currency)
            )
            yield T("Smallest effect to be found"), shown
            yield T("Chance of finding it"), Ratio(made.power, 0)
        case None:
            yield T("Size"), T("Nobody has said how many people it takes.")


def _terms(saying: Saying) -> Iterator[Fact]:
    """How the figures are read: agreed before they were seen."""
    trial = saying.trial
    reading = trial.figures
    if reading is not None:
        yield T("When to read it"), designing.READINGS[reading.plan.method]
        yield T("Confidence"), Ratio(reading.plan.level, 0)
        if reading.explained > 0:
            yield T("Chance taken out by what people did before"), Ratio(reading.explained, 0)
    yield T("What is compared"), COMPARED[trial.outcome]
    if trial.crossed:
        yield T("Left out, since seen in several variants"), Number(trial.crossed)


COMPARED = {
    Kind.proportion: T("a rate: how many people of a hundred do it"),
    Kind.mean: T("an amount per person"),
    Kind.ratio: T("a ratio, such as orders per visit"),
}


def _worth(saying: Saying) -> Text | None:
    """How the effect becomes money."""
    stakes = saying.trial.stakes
    if stakes is None:
        return None
    value, people = effects.money(stakes.value, stakes.currency), Number(stakes.subjects)
    said = T(
        "Effect × {value} a unit × {people} people who meet the change in {days} days.",
        value=value, people=people, days=stakes.days,
    )  # fmt: skip
    if stakes.cost:
        said = T(
            "Effect × {value} a unit × {people} people who meet the change in {days} days − {cost} that it costs.",
            value=value, people=people, days=stakes.days, cost=effects.money(stakes.cost, stakes.currency),
        )  # fmt: skip
    if not stakes.least:
        return said
    return T(
        "{formula} Under {least} nobody would bother.",
        formula=said,
        least=effects.money(stakes.least, stakes.currency),
    )


def _evidence(saying: Saying) -> Text | None:
    """What it says of its action, for models to be calibrated by."""
    found = saying.trial.calibration
    if found is None:
        return None
    whole = _whole(found.effect, saying)
    return T(
        "For its action this is evidence of the strongest grade: {effect} on the {n} people who got “{variant}” ({interval}). A model of the action’s effect is calibrated by it.",
        effect=whole.value, n=Number(found.subjects), variant=found.variant,
        interval=whole.between or T("no interval"),
    )  # fmt: skip


def _whole(found: Estimate, saying: Saying) -> Told:
    """An effect on all people together: a count where the effect on one is a rate."""
    unit = Unit.count if saying.trial.outcome is Kind.proportion else saying.counted
    return told_in(found, unit, saying.trial.currency)


def decidable(trial: Trial) -> bool:
    """Whether there is something to decide: figures that tell, of an experiment that the plan holds."""
    if not trial.in_plan or trial.reading is None:
        return False
    return trial.state in (State.to_decide, State.decided) or (
        trial.state is State.running and trial.conclusive
    )
