"""Numbers and shares as people type them, and the options that the commands on experiments share."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.language import words

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’_]")
_PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,2})?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?|[-+]?[1-9]\d{0,2}(,\d{3})+\.\d+")
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")


class Reading(StrEnum):
    """When one may look; the names of `plan.Method`, which is too heavy for `--help`."""

    fixed = "fixed"
    always_valid = "always_valid"
    group_sequential = "group_sequential"
    bayesian = "bayesian"


class Sided(StrEnum):
    """Which effects are looked for; the names of `plan.Side`."""

    both = "both"
    greater = "greater"
    less = "less"


ReadingOption = Annotated[
    Reading | None,
    typer.Option(
        "--reading",
        help=words(
            T(
                "When you may look: once at the planned size (fixed), at any time (always_valid), at agreed looks (group_sequential), or as a belief (bayesian)."
            )
        ),
        show_default=False,
    ),
]
LevelOption = Annotated[
    str | None,
    typer.Option(
        "--level", metavar="SHARE", help=words(T("Confidence; 95% when not given.")), show_default=False
    ),
]
SharesOption = Annotated[
    str | None,
    typer.Option(
        "--shares",
        metavar="50/50",
        help=words(T("Share of each arm, the control first; equal when not given.")),
        show_default=False,
    ),
]
ValueOption = Annotated[
    str | None,
    typer.Option(
        "--value-of-one",
        metavar="AMOUNT",
        help=words(T("Money for one more conversion, or for one more unit of the metric.")),
        show_default=False,
    ),
]
HorizonSubjectsOption = Annotated[
    str | None,
    typer.Option(
        "--horizon-subjects",
        metavar="N",
        help=words(T("How many subjects would meet the change over the horizon.")),
        show_default=False,
    ),
]
HorizonDaysOption = Annotated[
    int | None,
    typer.Option(
        "--horizon-days", help=words(T("Days of the horizon; 365 when not given.")), show_default=False
    ),
]
CostOption = Annotated[
    str | None,
    typer.Option(
        "--cost",
        metavar="AMOUNT",
        help=words(T("What making and keeping the change costs over the horizon.")),
        show_default=False,
    ),
]
LeastOption = Annotated[
    str | None,
    typer.Option(
        "--least-gain",
        metavar="AMOUNT",
        help=words(T("Gain, after cost, under which it is not worth the effort.")),
        show_default=False,
    ),
]
CurrencyOption = Annotated[
    str | None,
    typer.Option(
        "--currency",
        metavar="CODE",
        help=words(T("Currency of the amounts, such as CHF; the plan's own when not given.")),
        show_default=False,
    ),
]


def number(typed: str | None, option: str) -> float | None:
    """Return what was typed as a number: 0.03, 3%, 1200, 1 200, 12'000, 3,5; None where nothing was.

    Raises:
        UsageError: it is none, or could be read in two ways (1,250).
    """
    if typed is None:
        return None
    bare = _SPACES.sub("", typed).replace("−", "-")
    bare, percent = (bare[:-1], True) if bare.endswith("%") else (bare, False)
    if _EITHER.fullmatch(bare):
        raise UsageError(
            T(
                "{option}: “{typed}” can be read in two ways. Write {whole} or {part}.",
                option=option,
                typed=typed,
                whole=bare.replace(",", ""),
                part=bare.replace(",", "."),
            )
        )
    bare = bare.replace(",", "") if _THOUSANDS.fullmatch(bare) else bare.replace(",", ".", 1)
    if not _PLAIN.fullmatch(bare) or len(bare) > 40:
        raise UsageError(
            T(
                "{option}: “{typed}” is no number. Write it like 0.03, 3% or 1200.",
                option=option,
                typed=typed[:60],
            )
        )
    return float(bare) / 100 if percent else float(bare)


def shares(typed: str) -> tuple[float, ...]:
    """Return the shares of the arms: `50/50`, `2:1:1`, `34%/33%/33%`.

    Raises:
        UsageError: one of them is no number.
    """
    parts = re.split(r"[/:;]", typed)
    return tuple(number(part, "--shares") or 0.0 for part in parts)


def currency(typed: str | None, otherwise: str = "") -> str:
    """Return a currency's code in capitals.

    Raises:
        UsageError: it is none.
    """
    if typed is None:
        return otherwise
    code = typed.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise UsageError(T("--currency: “{typed}” is no currency code such as CHF or EUR.", typed=typed[:60]))
    return code
