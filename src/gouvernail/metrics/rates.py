"""Dated exchange rates, applied inside the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis


@dataclass(frozen=True)
class Rate:
    """From `day` on, one unit of `currency` is worth `rate` units of the organisation's currency."""

    currency: str
    day: date
    rate: Decimal


def rates_of(rows: Iterable[tuple[str, date, Decimal]]) -> tuple[Rate, ...]:
    """Return rates in the order in which they apply: latest first within a currency."""
    rates = [Rate(currency.upper(), day, Decimal(rate)) for currency, day, rate in rows]
    return tuple(sorted(rates, key=lambda each: (each.currency, -each.day.toordinal())))


def converted(table: ibis.Table, column: str, day: Any, currency: str, rates: tuple[Rate, ...]) -> Any:
    """Return the money column in `currency`; empty where the row's currency has no rate on its day.

    A row without currency is taken to be in the organisation's own.
    """
    import ibis

    amount, own = table[column], table["currency"].isnull() | (table["currency"].upper() == currency)
    branches = [(own, amount)]
    for rate in rates:
        applies = (table["currency"].upper() == rate.currency) & (day >= ibis.literal(rate.day))
        # Products of decimals have no common type in every engine; a float keeps 15 digits, and the
        # result goes back to six decimals at once.
        product = amount.cast("float64") * ibis.literal(float(rate.rate))
        branches.append((applies, product if amount.type().is_floating() else product.cast(amount.type())))
    return ibis.cases(*branches)
