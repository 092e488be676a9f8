"""Plain numbers of a Bearing as typed values that `base.render` writes for the reader."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.text import TN, T, Text
from gouvernail.base.units import Direction, Unit
from gouvernail.base.values import Number, Points, Ratio

_SMALL = 10


def in_unit(value: float | Decimal, unit: Unit, currency: str) -> Any:
    """Return `value` of a metric counted in `unit` as what a `Text` can hold."""
    number = float(value)
    match unit:
        case Unit.money:
            return Money(Decimal(str(value)), currency)
        case Unit.ratio:
            return Ratio(number, _digits(100 * number))
        case Unit.days:
            return TN("{count} day", "{count} days", grammatical(number), count=_plain(number))
        case Unit.hours:
            return TN("{count} hour", "{count} hours", grammatical(number), count=_plain(number))
        case Unit.months:
            return TN("{count} month", "{count} months", grammatical(number), count=_plain(number))
        case Unit.multiple:
            return T("× {count}", count=Number(number, 2))
        case Unit.count if number == int(number) or abs(number) >= _SMALL:
            return Number(number)
        case _:
            return Number(number, 1)


def change(value: float, before: float, unit: Unit, currency: str) -> Text:
    """Return the way from `before` to `value`: points for rates, percent for the rest, always signed."""
    move = value - before
    if unit is Unit.ratio:
        size = abs(move)
        points = Points(size, _point_digits(size * 100))
        amount: Any = TN(
            "{points} point", "{points} points", grammatical(round(size * 100, points.digits)), points=points
        )
    elif before:
        share = abs(move / before)
        amount = Ratio(share, 1 if share < 0.1 else 0)
    else:
        amount = in_unit(abs(move), unit, currency)
    if not move:
        return T("unchanged")
    return T("+{amount}", amount=amount) if move > 0 else T("−{amount}", amount=amount)


def distance(value: float, goal: float, unit: Unit, currency: str) -> Any:
    """Return how far `value` is from `goal`, unsigned, in points or in the unit itself."""
    if unit is Unit.ratio:
        points = abs(100 * (value - goal))
        return TN(
            "{points} point",
            "{points} points",
            grammatical(round(points, 1)),
            points=Points(abs(value - goal)),
        )
    return in_unit(abs(value - goal), unit, currency)


def verdict(value: float, reference: float, better: Direction, unit: Unit) -> str:
    """Return `better`, `worse` or `same`: how `value` stands to `reference`, the way that is better in mind."""
    # What would be shown as no change is none: half a hundredth of a point, half a thousandth of anything else.
    unseen = 5e-5 if unit is Unit.ratio else 0.0
    if math.isclose(value, reference, rel_tol=5e-4, abs_tol=unseen):
        return "same"
    return "better" if (value > reference) is (better is Direction.up) else "worse"


def grammatical(number: float) -> int:
    """Return the count that decides the plural: 1.5 is plural in English and singular in French."""
    size = abs(number)
    if size == 1:
        return 1
    return 2 if size >= 2 else 0


def _point_digits(points: float) -> int:
    if points >= _SMALL:
        return 0
    return 1 if points >= 0.05 else 2


def _plain(number: float) -> Number:
    return Number(number, 0 if abs(number) >= _SMALL or number == int(number) else 1)


def _digits(percent: float) -> int:
    return 0 if percent == round(percent) else 1
