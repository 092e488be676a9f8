"""Levels and effects of an experiment as their readers write them: shares in points, money in its currency, three digits."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.text import TN, T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Points, Ratio
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.report.values import grammatical, in_unit

DIGITS = 3
_PLAIN = (Unit.count, Unit.multiple)


def unit_of(kind: Kind, unit: Unit | None = None) -> Unit:
    """Return what an effect is counted in: a share in points, else in the metric's own unit where that is known."""
    return Unit.ratio if kind is Kind.proportion else unit or Unit.count


def level(value: float, unit: Unit, currency: str) -> Any:
    """Return the level of an arm."""
    if unit is Unit.ratio:
        return Ratio(value, digits(100 * value))
    if unit is Unit.money and currency:
        return money(value, currency)
    if unit in _PLAIN or unit is Unit.money:
        return Number(value, digits(value))
    return in_unit(value, unit, currency)


def effect(value: float, unit: Unit, currency: str) -> Text:
    """Return a difference with its sign."""
    return _signed(value, _size(abs(value), unit, currency))


def share(value: float, kept: int = 2) -> Text:
    """Return a difference as a share of the control, with its sign and so many digits in all."""
    return _signed(value, Ratio(abs(value), digits(100 * value, kept)))


def gain(value: float, currency: str) -> Text:
    """Return an amount of money with its sign; a plain number where no currency is known."""
    return _signed(value, money(abs(value), currency))


def money(value: float, currency: str) -> Any:
    """Return an amount: with cents under 100 only, a plain number where no currency is known."""
    small = abs(value) < 100
    if not currency:
        return Number(value, 2 if small and value % 1 else 0)
    return Money(Decimal(str(value)), currency).rounded(Decimal("0.01") if small else Decimal(1))


def interval(low: Text | None, high: Text | None) -> Text | None:
    """Return an interval in words; one open side is said, None where there is none at all."""
    if low is None and high is None:
        return None
    if high is None:
        return T("{low} or more", low=low)
    if low is None:
        return T("{high} or less", high=high)
    return T("{low} to {high}", low=low, high=high)


def effect_span(low: float | None, high: float | None, unit: Unit, currency: str) -> Text | None:
    """Return the interval of a difference: the unit once, both ends with as many digits."""
    if unit is Unit.ratio and low is not None and high is not None:
        places = _together(100, low, high)
        signed = (_signed(end, Points(abs(end), places)) for end in (low, high))
        return T("{interval} points", interval=interval(*signed))
    if unit in (*_PLAIN, Unit.money) and not (unit is Unit.money and currency):
        places = _together(1, low, high)
        ends = [None if end is None else _signed(end, Number(abs(end), places)) for end in (low, high)]
        return interval(*ends)
    return interval(*(None if end is None else effect(end, unit, currency) for end in (low, high)))


def share_span(low: float | None, high: float | None) -> Text | None:
    """Return the interval of a difference as a share of the control, both ends with as many digits."""
    places = _together(100, low, high)
    return interval(*(None if end is None else _signed(end, Ratio(abs(end), places)) for end in (low, high)))


def _together(scale: float, low: float | None, high: float | None) -> int:
    """Digits that tell two ends apart to three places; of one end, its own."""
    known = [scale * end for end in (low, high) if end is not None]
    apart = max(known) - min(known) if known else 0.0
    if not apart or not math.isfinite(apart):
        return digits(known[0]) if known else 0
    places = min(max(DIGITS - 1 - math.floor(math.log10(apart)), 0), 6)
    while places and all(round(end, places) == round(end, places - 1) for end in known):
        places -= 1
    return places


def digits(value: float, kept: int = DIGITS) -> int:
    """Return how many digits after the decimal mark keep so many in all; none that are noughts only."""
    if not value or not math.isfinite(value):
        return 0
    places = min(max(kept - 1 - math.floor(math.log10(abs(value))), 0), 6)
    while places and round(value, places) == round(value, places - 1):
        places -= 1
    return places


def _size(size: float, unit: Unit, currency: str) -> Any:
    if unit is not Unit.ratio:
        return level(size, unit, currency)
    shown = digits(100 * size)
    points = Points(size, shown)
    return TN("{points} point", "{points} points", grammatical(round(100 * size, shown)), points=points)


def _signed(value: float, size: Any) -> Text:
    if not value:
        return T("{value}", value=size)
    return T("+{amount}", amount=size) if value > 0 else T("−{amount}", amount=size)
