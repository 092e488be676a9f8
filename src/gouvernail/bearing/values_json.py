"""Amounts, days, periods and evidence as JSON values; amounts and decimals are strings (exact)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import Period
from gouvernail.base.render import format_value
from gouvernail.base.text import Text
from gouvernail.base.values import Number, Points, Ratio
from gouvernail.bearing.outcome_json import outcome


def money(value: Money | None) -> dict[str, str] | None:
    """Return an amount with its currency, or None."""
    return {"amount": str(value.rounded().amount), "currency": value.currency} if value else None


def plain(value: Any, language: str) -> Any:
    """Return evidence as JSON values: exact numbers as they are, everything else as words."""
    match value:
        case None | bool() | int() | float() | str():
            return str(value) if isinstance(value, str) else value
        case Money():
            return money(value)
        case Ratio() | Number() | Points():
            return value.value
        case Estimate() | Refusal():
            return outcome(value, language)
        case Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Period():
            return str(value)
        case Text():
            return value.render(language)
        case Mapping():
            return {str(key): plain(item, language) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            items = sorted(value) if isinstance(value, set | frozenset) else value
            return [plain(item, language) for item in items]
        case _:
            return format_value(value, language)


def period_to_dict(period: Period) -> dict[str, str]:
    """Return a period: its name, first and last day."""
    return {"name": str(period), "from": period.start.isoformat(), "to": period.end.isoformat()}


def amount(value: Money | None) -> str | None:
    """Return an amount without its currency, or None."""
    return str(value.rounded().amount) if value is not None else None


def day(value: date | None) -> str | None:
    """Return a day as ISO 8601 writes it, or None."""
    return value.isoformat() if value else None
