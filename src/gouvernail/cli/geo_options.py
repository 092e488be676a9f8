"""Names, days and money as people type them, and the options that the commands on geo experiments share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.language import words

if TYPE_CHECKING:
    from gouvernail.bearing.geo import Worth


def option(name: str, help: str, metavar: str | None = None) -> Any:
    """Return an option that is left out unless given."""
    return typer.Option(name, metavar=metavar, help=help, show_default=False)


FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=words(
            T(
                "A table by day or week: date, market and sales, with or without spend; or a column for each market."
            )
        ),
        show_default=False,
    ),
]
OutcomeOption = Annotated[
    str | None,
    option("--outcome", words(T("Column of what is counted, where it is not found by itself.")), "COLUMN"),
]
MarketOption = Annotated[
    str | None,
    option("--market", words(T("Column of the market, where it is not found by itself.")), "COLUMN"),
]
LeaveOutOption = Annotated[
    str | None,
    option(
        "--leave-out",
        words(T("Markets neither treated nor compared with, such as neighbours that it spills over to.")),
        "A,B",
    ),
]
WeeksOption = Annotated[
    bool, typer.Option("--weeks", help=words(T("Add days up to weeks: for markets with few sales a day.")))
]
LevelOption = Annotated[
    float | None, option("--level", words(T("Level of confidence; 0.95 when not given.")), "SHARE")
]
ValueOption = Annotated[
    float | None,
    option(
        "--value-of-one",
        words(T("Money for one unit of what is counted; 1 when not given: it is money.")),
        "MONEY",
    ),
]
MarginOption = Annotated[
    float | None, option("--margin", words(T("Share of the sales that is kept; 1 when not given.")), "SHARE")
]
CurrencyOption = Annotated[
    str, typer.Option("--currency", metavar="CODE", help=words(T("Currency of the money, such as CHF.")), show_default=False)
]  # fmt: skip


def listed(words_: str | None) -> tuple[str, ...]:
    """Return the names of a list with commas."""
    return tuple(name.strip() for name in (words_ or "").split(",") if name.strip())


def day(words_: str, option: str) -> date:
    """Return a day.

    Raises:
        UsageError: it is none.
    """
    from gouvernail.sources.values.dates import parse_day

    found = parse_day(words_)
    if found is None:
        raise UsageError(
            T("{option}: “{day}” is no day; write it as 2026-03-02.", option=option, day=words_[:40])
        )
    return found


def whole_numbers(words_: str | None, option: str) -> tuple[int, ...]:
    """Return the whole numbers of a list with commas, each once.

    Raises:
        UsageError: one is no whole number above 0.
    """
    try:
        found = tuple(int(one) for one in listed(words_))
    except ValueError:
        found = (0,)
    if any(not 0 < one < 10_000 for one in found):
        raise UsageError(T("{option} is a list of whole numbers above 0, such as 14,28.", option=option))
    return tuple(dict.fromkeys(found))


def worth(
    one: float | None,
    margin: float | None,
    cost: float | None = None,
    least: float | None = None,
    currency: str = "",
) -> Worth:
    """Return what one unit is worth and what the action costs.

    Raises:
        UsageError: the currency is no code, or a number is none.
    """
    import math

    from gouvernail.bearing.geo import Worth

    told = (1.0 if one is None else one, 1.0 if margin is None else margin, cost or 0.0, least or 0.0)
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise UsageError(T("--currency is a code of three letters, such as CHF."))
    if not all(math.isfinite(value) for value in told):
        raise UsageError(T("Money and shares are numbers, such as 20000 or 0.4."))
    return Worth(*told, currency.upper())
