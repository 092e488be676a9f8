"""The page of one experiment: verdict, figures, variants side by side, money, design, where the rows come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.experiments import State, Trial
from gouvernail.measurement.experiments.analysis import Comparison, Level, Reading
from gouvernail.measurement.experiments.decision import Decision, Verdict
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.split import Split
from gouvernail.report import designing, effects
from gouvernail.web.look.parts import Figure, Tone
from gouvernail.web.measure.experiments_list import leading_decision
from gouvernail.web.measure.experiments_telling import (
    VERDICTS,
    Saying,
    Sign,
    comparisons,
    decision_on,
    refusal_of,
    span,
)

Fact = tuple[Text, Any]
UNSEEN = 0.0001
"""A p-value below is told as being below."""
SMALL = 0.1
"""A p-value, or a part of the people, below is told with more digits."""


@dataclass(frozen=True)
class Arm:
    """One line of the variants side by side; the control has no effect."""

    name: str
    control: bool
    people: Number
    level: Any
    level_within: Text | None
    effect: Any = None
    effect_within: Text | None = None
    uplift: Any = None
    uplift_within: Text | None = None
    chance: Text | None = None
    """The p-value, or where Bayesian the chance of being better."""
    refusal: Text | None = None
    shown: bool = False
    verdict: Sign | None = None
    money: Text | None = None
    money_within: Text | None = None
    regret: Text | None = None
    reason: Text | None = None


@dataclass(frozen=True)
class Verdicted:
    """The verdict in words, large; `then` is what may be done about it."""

    words: Text
    sign: Sign
    then: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Balance:
    """How people were shared out, against the plan: an alarm stops everything."""

    alarm: bool
    words: Text
    rows: tuple[tuple[str, Number, Number, Ratio], ...]
    """Variant, people, people planned, part of all."""


@dataclass(frozen=True)
class TrialPage:
    """What the page of an experiment shows."""

    trial: Trial
    state: Sign
    said: tuple[Text, ...]
    verdict: Verdicted | None
    figures: tuple[Figure, ...]
    arms: tuple[Arm, ...]
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
    reading = trial.reading if isinstance(trial.reading, Reading) else None
    return TrialPage(
        trial=trial,
        state=saying.state(),
        said=saying.sentences(),
        verdict=_verdict(saying),
        figures=tuple(_figures(saying)),
        arms=tuple(_arm(one, reading, saying) for one in reading.levels) if reading else (),
        split=_balance(reading.split, trial) if reading and reading.split else None,
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
        words = T("No effect is shown: chance alone would make such a difference.")
        return Verdicted(words, VERDICTS[Verdict.undecided], then)
    up = isinstance(ahead.absolute, Estimate) and ahead.absolute.value > 0
    words = T("“{variant}” does more than the control.", variant=ahead.variant)
    if not up:
        words = T("“{variant}” does less than the control.", variant=ahead.variant)
    return Verdicted(words, Sign(T("An effect is shown"), "info", "info-circle"), then)


def _then(decision: Decision, saying: Saying) -> Iterator[Text]:
    if isinstance(decision.money, Estimate):
        within = span(decision.money, saying.gain)
        days = saying.trial.stakes.days if saying.trial.stakes else 365
        if within is not None:
            yield T(
                "Over {days} days it brings {money} after cost; the figures allow for {interval}.",
                days=days, money=saying.gain(decision.money.value), interval=within,
            )  # fmt: skip
    if decision.regret and decision.verdict is Verdict.undecided:
        yield T(
            "Adopting it now may still be wrong: what that costs on average is {money}.",
            money=effects.money(decision.regret, saying.trial.currency),
        )


def _figures(saying: Saying) -> Iterator[Figure]:
    trial = saying.trial
    if trial.reading is None:
        return
    planned = trial.design.subjects if isinstance(trial.design, Design) else None
    part = trial.subjects / planned if planned else 0.0
    share = Ratio(part, 0 if part >= SMALL else effects.digits(100 * part, 1))
    yield Figure(
        T("People in"),
        Number(trial.subjects),
        sub=T("{share} of the {n} needed", share=share, n=Number(planned))
        if planned
        else T("no size was planned"),
    )
    ahead = trial.comparison
    if ahead is None:
        return
    found, say = (ahead.relative, effects.share)
    if isinstance(found, Refusal):
        found, say = ahead.absolute, saying.effect
    title = T("Effect of “{variant}”", variant=ahead.variant)
    if isinstance(found, Refusal):
        yield Figure.refused(title, found)
        return
    yield Figure(
        title, say(found.value), sub=_within(span(found, say), found.level), tone=_tone(ahead, trial)
    )
    decision = decision_on(trial, ahead.variant)
    if decision is not None and isinstance(decision.money, Estimate):
        money = decision.money
        yield Figure(
            TN(
                "It brings over {n} day",
                "It brings over {n} days",
                trial.stakes.days if trial.stakes else 365,
            ),
            saying.gain(money.value),
            sub=_within(span(money, saying.gain), money.level),
            tone=VERDICTS[decision.verdict].tone,
        )


def _within(interval: Text | None, level: float) -> Text | str:
    if interval is None:
        return ""
    return T("{interval}, at {level}", interval=interval, level=Ratio(level, 0))


def _tone(one: Comparison, trial: Trial) -> Tone:
    if not one.found or not isinstance(one.absolute, Estimate):
        return "unknown"
    less = trial.stakes is not None and trial.stakes.value < 0
    return "good" if (one.absolute.value > 0) is not less else "bad"


def _arm(one: Level, reading: Reading, saying: Saying) -> Arm:
    told = one.value
    level = saying.level(told.value) if isinstance(told, Estimate) else None
    within = span(told, saying.level)
    people = Number(one.subjects)
    compared = next((c for c in reading.comparisons if c.variant == one.variant), None)
    if compared is None:
        return Arm(one.variant, True, people, level, within)
    if isinstance(compared.absolute, Refusal):
        # What is refused for all of them is told once, above.
        own = None if compared.absolute == reading.refusal else compared.absolute.reason
        return Arm(one.variant, False, people, level, within, refusal=own)
    decision = decision_on(saying.trial, one.variant)
    money = decision.money if decision and isinstance(decision.money, Estimate) else None
    uplift = compared.relative
    return Arm(
        one.variant, False, people, level, within,
        effect=saying.effect(compared.absolute.value),
        effect_within=span(compared.absolute, saying.effect),
        uplift=effects.share(uplift.value) if isinstance(uplift, Estimate) else None,
        uplift_within=span(uplift, effects.share),
        chance=_chance(compared),
        refusal=uplift.reason if isinstance(uplift, Refusal) else None,
        shown=compared.found,
        verdict=VERDICTS[decision.verdict] if decision else None,
        money=saying.gain(money.value) if money else None,
        money_within=span(money, saying.gain) if money else None,
        regret=T("{money}", money=effects.money(decision.regret, saying.trial.currency))
        if decision and decision.regret is not None
        else None,
        reason=decision.reason if decision else None,
    )  # fmt: skip


def _chance(one: Comparison) -> Text | None:
    if one.belief is not None:
        return T("better with {share}", share=Ratio(one.belief.chance, 1))
    if one.p is None:
        return None
    if one.p < UNSEEN:
        return T("p < {p}", p=Number(UNSEEN, 4))
    return T("p = {p}", p=Number(one.p, 4 if one.p < SMALL else 2))


def _balance(found: Split, trial: Trial) -> Balance:
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
            shown = effects.share(made.uplift) if made.uplift is not None else saying.effect(made.effect)
            yield T("Smallest effect to be found"), shown
            yield T("Chance of finding it"), Ratio(made.power, 0)
        case None:
            yield T("Size"), T("Nobody has said how many people it takes.")


def _terms(saying: Saying) -> Iterator[Fact]:
    """How the figures are read: agreed before they were seen."""
    trial = saying.trial
    if isinstance(trial.reading, Reading):
        plan = trial.reading.plan
        yield T("When to read it"), designing.READINGS[plan.method]
        yield T("Confidence"), Ratio(plan.level, 0)
        if trial.reading.explained > 0:
            yield (
                T("Chance taken out by what people did before"),
                Ratio(trial.reading.explained, 0),
            )
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
    return T(
        "For its action this is evidence of the strongest grade: {effect} on the {n} people who got “{variant}” ({interval}). A model of the action’s effect is calibrated by it.",
        effect=_whole(found.effect.value, saying), n=Number(found.subjects), variant=found.variant,
        interval=span(found.effect, lambda value: _whole(value, saying)) or T("no interval"),
    )  # fmt: skip


def _whole(value: float, saying: Saying) -> Text:
    """An effect on all people together: a count where the effect on one is a rate."""
    if saying.trial.outcome is Kind.proportion:
        size = Number(abs(value), effects.digits(value) if abs(value) < 100 else 0)
        return T("+{amount}", amount=size) if value >= 0 else T("−{amount}", amount=size)
    return saying.effect(value)


def decidable(trial: Trial) -> bool:
    """Whether there is something to decide: figures that tell, of an experiment that the plan holds."""
    if not trial.in_plan or trial.reading is None:
        return False
    return trial.state in (State.to_decide, State.decided) or (
        trial.state is State.running and trial.conclusive
    )
