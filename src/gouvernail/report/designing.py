"""The design of an experiment as its readers see it: what it needs, what it shows, what that is worth, how to read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.designed import Designed
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.report import effects

Line = tuple[Text, Any]

READINGS: Mapping[Method, Text] = {
    Method.fixed: T("once, at the planned size"),
    Method.always_valid: T("at any time"),
    Method.group_sequential: T("at agreed looks"),
    Method.bayesian: T("Bayesian"),
}
ADVICE: Mapping[Method, Text] = {
    Method.fixed: T(
        "Read it once, when all subjects are in: whoever stops at the first good look finds effects that are not there."
    ),
    Method.always_valid: T(
        "Look whenever you like and stop when the interval leaves zero: the chance of a false alarm holds over all looks together."
    ),
    Method.group_sequential: T(
        "Look only at the agreed sizes: the chance of a false alarm is shared among these looks."
    ),
    Method.bayesian: T(
        "The size is that of one look; a Bayesian reading tells what to think at the end, and does not keep false alarms down."
    ),
}
REACH_HEADINGS = (T("Days"), T("Subjects"), T("Smallest effect"), T("Of the level today"))
GAIN_HEADING = T("Gain over the horizon")
REACH = T("What each number of weeks can show")


def arm_name(place: int, arms: int) -> Text:
    """Return what the arm in this place is called where the plan names none."""
    if place == 0:
        return T("control")
    return T("variant") if arms == 2 else T("variant {n}", n=place)


def heading(made: Designed) -> Text:
    """Return what the experiment shows, or why there is none."""
    if isinstance(made.found, Refusal):
        return made.found.reason
    return TN(
        "{n} subject finds an effect of {effect} with a chance of {power}.",
        "{n} subjects find an effect of {effect} with a chance of {power}.",
        n=made.found.subjects,
        effect=_effect(made, made.found.effect),
        power=Ratio(made.found.power, effects.digits(100 * made.found.power, 2)),
    )


def lines(made: Designed) -> tuple[Line, ...]:
    """Return the figures of the design, each with what it is called."""
    unit = effects.unit_of(made.baseline.kind)
    told: list[Line] = [(T("Level today"), effects.level(made.baseline.value, unit, made.wanted.currency))]
    if made.baseline.kind is not Kind.proportion:
        told.append(
            (
                T("Standard deviation"),
                Number(made.wanted.deviation or 0, effects.digits(made.wanted.deviation or 0)),
            )
        )
    if isinstance(made.found, Design):
        told += _sized(made, made.found)
    asked = made.question
    told += [
        (T("Confidence"), Ratio(asked.level, effects.digits(100 * asked.level))),
        (T("When to read it"), READINGS[asked.method]),
        *_worth(made),
    ]
    return tuple(told)


def _sized(made: Designed, found: Design) -> list[Line]:
    arms = [
        T("{arm}: {n}", arm=arm_name(place, len(found.arms)), n=size) for place, size in enumerate(found.arms)
    ]
    told: list[Line] = [
        (T("Smallest effect found"), _both(made, found.effect)),
        (T("Subjects"), T("{n} ({arms})", n=found.subjects, arms=arms)),
    ]
    if found.days is not None:
        days = T(
            "{days} days, at {n} subjects a day",
            days=found.days,
            n=Number(made.wanted.traffic or 0, effects.digits(made.wanted.traffic or 0)),
        )
        told.append((T("Duration"), days))
    if found.question.method is Method.group_sequential:
        looks = found.question.looks
        sizes = [Number(found.subjects * look / looks, 0) for look in range(1, looks + 1)]
        told.append((T("Agreed looks, in subjects"), sizes))
    return told


def _worth(made: Designed) -> list[Line]:
    if made.stakes is None or made.worth is None:
        return []
    currency = made.stakes.currency
    told: list[Line] = [(T("Smallest effect worth having"), _both(made, made.worth))]
    if made.gain is not None:
        words = T(
            "{gain} over {days} days, after a cost of {cost}",
            gain=effects.gain(made.gain, currency),
            days=made.stakes.days,
            cost=effects.money(made.stakes.cost, currency),
        )
        told.append((T("Gain at the effect found"), words))
    return told


def reach_rows(made: Designed) -> tuple[tuple[Any, ...], ...]:
    """Return what weeks can show: days, subjects, effect, its share of today's level and, where known, the gain."""
    rows = []
    for one in made.reach:
        cells: list[Any] = [
            one.days,
            Number(one.subjects, 0),
            T("nothing") if one.effect is None else _effect(made, one.effect),
            "" if one.uplift is None else effects.share(one.uplift),
        ]
        if made.stakes is not None:
            cells.append("" if one.gain is None else effects.gain(one.gain, made.stakes.currency))
        rows.append(tuple(cells))
    return tuple(rows)


def reach_headings(made: Designed) -> tuple[Text, ...]:
    """Return the headings of `reach_rows`."""
    return REACH_HEADINGS if made.stakes is None else (*REACH_HEADINGS, GAIN_HEADING)


def notes(made: Designed) -> tuple[Text, ...]:
    """Return what must be known beside the figures."""
    told = [] if isinstance(made.found, Refusal) else [ADVICE[made.question.method]]
    if made.blind:
        told.append(
            T(
                "An effect of {worth} would already be worth having, and this experiment would mostly miss it: let in more subjects, or accept that.",
                worth=_effect(made, made.worth or 0.0),
            )
        )
    if made.dear:
        told.append(T("The effect found does not bring back its cost: a smaller experiment would do."))
    return tuple(told)


def _effect(made: Designed, value: float) -> Text:
    return effects.effect(value, effects.unit_of(made.baseline.kind), made.wanted.currency)


def _both(made: Designed, value: float) -> Text:
    uplift = made.share(value)
    if uplift is None:
        return _effect(made, value)
    return T("{effect} ({share} of today)", effect=_effect(made, value), share=effects.share(uplift))
