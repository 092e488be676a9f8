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
        factor = ibis.literal(rate.rate).cast("decimal(18, 8)")
        branches.append((applies, (amount.cast("decimal(20, 6)") * factor).cast("decimal(20, 6)")))
    return ibis.cases(*branches)
