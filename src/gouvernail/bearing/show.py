"""A metric's value as its reader writes it: by its unit, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.render import format_value
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio


def value_text(value: float, unit: Unit, currency: str) -> Text:
    """Return `value` with its unit, as a text to put in a sentence."""
    match unit:
        case Unit.money:
            return T("{value}", value=Money(Decimal(str(value)), currency))
        case Unit.ratio:
            return T("{value}", value=Ratio(value, 1 if abs(value) >= 0.1 else 2))
        case Unit.count:
            return T("{value}", value=Number(value, 0 if abs(value) >= 100 or value % 1 == 0 else 1))
        case Unit.days:
            return T("{value} days", value=Number(value, 0 if abs(value) >= 10 else 1))
        case Unit.hours:
            return T("{value} h", value=Number(value, 1))
        case Unit.months:
            return T("{value} months", value=Number(value, 1))
        case Unit.multiple:
            return T("× {value}", value=Number(value, 2))
        case Unit.score | Unit.position:
            return T("{value}", value=Number(value, 1))


def show_value(value: float, unit: Unit, currency: str, language: str) -> str:
    """Return `value` with its unit as words."""
    return format_value(value_text(value, unit, currency), language)
