"""A forecast as its readers see it: what it comes to, what lacks to the target, how far to trust it, period by period."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.units import Direction, Unit
from gouvernail.base.values import Ratio
from gouvernail.bearing.foreseen import Foreseen
from gouvernail.bearing.model import ObjectiveStatus
from gouvernail.report.explaining import signed
from gouvernail.report.values import in_unit

HEADINGS = (T("Period"), T("Forecast"), T("Low (90%)"), T("High (90%)"))
TITLE = T("Forecast to the due date")
AS_BEFORE = T("A forecast goes on as before: what you decide now is not in it.")


Values = list[float | None]


@dataclass(frozen=True)
class Told:
    """What a forecast says: `lead` in one sentence, `against` the target where there is one, `trust` how far to believe it,
    `more` how it was made."""

    lead: Text
    against: Text | None
    trust: tuple[Text, ...]
    more: tuple[Text, ...]
    rows: tuple[tuple[Any, ...], ...]
    """Under `HEADINGS`: a period, and values in the metric's unit."""


def of_objective(status: ObjectiveStatus, currency: str) -> Told | Text | None:
    """Return what is foreseen of an objective, or why nothing is; None where the due date has passed."""
    if status.forecast is not None:
        return told(status.forecast, status.unit, status.better, currency)
    return status.probability.reason if isinstance(status.probability, Refusal) else None


def told(one: Foreseen, unit: Unit, better: Direction, currency: str) -> Told:
    """Return a forecast to show."""
    held, rival = one.held(), one.rival()
    return Told(
        lead=_lead(one, unit, currency),
        against=_against(one, unit, better, currency),
        trust=tuple(each for each in (one.error(), held) if each is not None),
        more=tuple(each for each in (one.method(), rival, one.feasts(), AS_BEFORE) if each is not None),
        rows=tuple(
            (
                point.period,
                *(in_unit(value, unit, currency) for value in (point.value, point.low, point.high)),
            )
            for point in one.points
        ),
    )


def _lead(one: Foreseen, unit: Unit, currency: str) -> Text:
    shown = {
        name: in_unit(value, unit, currency)
        for name, value in (
            ("expected", one.at_due.value),
            ("low", one.at_due.low),
            ("high", one.at_due.high),
            ("so_far", one.so_far),
        )
        if value is not None
    }
    if one.kind == "sum" and not one.so_far:
        return T(
            "{expected} are to be expected by {due}, between {low} and {high} nine times out of ten.",
            due=one.due,
            **shown,
        )
    if one.so_far:
        return T(
            "{expected} are to be expected by {due}, between {low} and {high} nine times out of ten; {so_far} are there already.",
            due=one.due,
            **shown,
        )
    return T(
        "{expected} is to be expected on {due}, between {low} and {high} nine times out of ten.",
        due=one.due,
        **shown,
    )


def _against(one: Foreseen, unit: Unit, better: Direction, currency: str) -> Text | None:
    if one.target is None or one.probability is None or one.missing is None:
        return None
    values = {
        "target": in_unit(one.target, unit, currency),
        "share": Ratio(min(max(one.probability, 0.01), 0.99), 0),
    }
    if not one.missing:
        return T("The forecast reaches the target of {target}: {share} chance.", **values)
    missing = signed(one.missing, unit, currency).values
    size = missing.get("amount", missing.get("value"))
    if better is Direction.up:
        return T("That is {missing} short of the target of {target}: {share} chance.", missing=size, **values)
    return T("That is {missing} above the target of {target}: {share} chance.", missing=size, **values)


def along(status: ObjectiveStatus) -> tuple[Values, Values, Values]:
    """Return the forecast and its 90 % bounds at each place of the course; they begin where the last value stands."""
    foreseen = status.forecast.points if status.forecast else ()
    told = {point.period: (point.value, point.low, point.high) for point in foreseen}
    ends: dict[int, tuple[float, float, float]] = {}
    for i, point in enumerate(status.points):
        if point.actual is not None:
            ends = {i: (point.actual, point.actual, point.actual)}
        elif ends and point.period in told:
            ends[i] = told[point.period]
    expected, low, high = (
        _straight({i: each[k] for i, each in ends.items()}, len(status.points)) for k in range(3)
    )
    return expected, low, high


def _straight(values: dict[int, float], length: int) -> Values:
    """Return values at every place, straight between those that are known, None outside them."""
    found: Values = [None] * length
    for (a, first), (b, last) in itertools.pairwise(sorted(values.items())):
        for i in range(a, b + 1):
            found[i] = first + (last - first) * (i - a) / (b - a)
    return found
