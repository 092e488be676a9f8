"""Currency codes (ISO 4217, those that vendors bill in) and the symbols that cells show."""

from __future__ import annotations

import re
from collections.abc import Iterable

CODES = frozenset(
    "AED ARS AUD BDT BGN BHD BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GHS GTQ HKD HNL HUF IDR ILS INR "
    "ISK JOD JPY KES KRW KWD LBP LKR MAD MOP MXN MYR NGN NIO NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK "
    "SGD THB TND TRY TWD TZS UAH UGX USD UYU VND XAF XOF ZAR".split()
)
SYMBOLS = {
    "US$": "USD", "R$": "BRL", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "MX$": "MXN", "€": "EUR", "£": "GBP", "₹": "INR", "CHF": "CHF", "Fr.": "CHF", "zł": "PLN",
    "₽": "RUB", "₺": "TRY", "₩": "KRW", "₪": "ILS", "₫": "VND", "฿": "THB", "₴": "UAH",
}  # fmt: skip
"""Symbols that stand for one currency only: `$`, `¥` and `kr` do not, and never decide."""

_MARK = re.compile(r"^[-+]?\s*([^\d\s.,+()-][^\d.,]{0,4}?)\s*[-+]?[\d.,]|[\d]\s*([^\d\s.,%)]{1,4})$")


def find_currency(values: Iterable[str]) -> str | None:
    """Return the one currency that the cells of a money column show, or None."""
    found = {code for value in values if (code := currency_of(value))}
    return found.pop() if len(found) == 1 else None


def currency_of(value: str) -> str | None:
    """Return the currency that a cell such as `R$ 236,86` or `12,50 €` shows, or None."""
    match = _MARK.search(value.replace("\u00a0", " ").replace("\u202f", " ").strip())
    mark = (match[1] or match[2] or "").strip() if match else ""
    return SYMBOLS.get(mark) or (mark.upper() if mark.upper() in CODES else None)
