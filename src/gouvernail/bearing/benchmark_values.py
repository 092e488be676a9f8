"""The value of a benchmark as people write it: `2.4 %`, `2,4 %`, `0.024`, `CHF 1’250`."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.plan.faults import short
from gouvernail.sources.values.currencies import currency_of
from gouvernail.sources.values.missing import is_missing

if TYPE_CHECKING:
    from gouvernail.sources.values.numbers import Mark

MAX_DIGITS = 20
"""How many a number of the plan may have."""
PERCENT = frozenset({"%", "percent", "per cent", "pour cent", "pourcent", "pct"})
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_NUMBER = {
    ".": re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?"),
    ",": re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+)?(,\d+)?"),
}
_CURRENCY = re.compile(r"^([-+]?)[^\d.,+-]{1,4}|[^\d.,]{1,4}$")


class Refused(Exception):  # noqa: N818  (told to the user as a sentence on a row, never as an error)
    """A row is not taken: the column it is about, and why."""

    def __init__(self, column: str, message: Text) -> None:
        self.column, self.message = column, message
        super().__init__(message)


def read_value(words: str, unit_words: str, unit: Unit, mark: Mark, currency: str) -> Decimal:
    """Return a value in the metric's unit; shares become fractions.

    `mark` is the decimal mark of the whole column. A share above 1 without a percent sign is not guessed at.

    Raises:
        Refused: it is no such value; the sentence says what is wrong.
    """
    if is_missing(words):
        raise Refused("value", T("no value."))
    percent = words.rstrip().endswith("%") or unit_words.strip().casefold() in PERCENT
    if percent and unit is not Unit.ratio:
        raise Refused(
            "value", T("“{words}” is a share, and the metric is none.", words=_shown(words, unit_words))
        )
    shown = currency_of(words)
    if unit is Unit.money and shown not in (None, currency):
        raise Refused(
            "value",
            T(
                "the figure is in {told} and the plan counts in {currency}: convert it first.",
                told=shown,
                currency=currency,
            ),
        )
    value = _number(words, mark)
    if percent:
        return value / 100
    if unit is Unit.ratio and abs(value) > 1:
        raise Refused(
            "value",
            T("“{words}” is more than the whole of a share: write {words} %, or the fraction.", words=words),
        )
    return value


def _number(words: str, mark: Mark) -> Decimal:
    bare = _CURRENCY.sub(r"\1", _SPACES.sub("", words).replace("−", "-").rstrip("%"))
    thousands = "," if mark == "." else "."
    if bare and _NUMBER[mark].fullmatch(bare):
        if sum(map(str.isdigit, bare)) > MAX_DIGITS:
            raise Refused("value", T("“{words}” has too many digits.", words=short(words)))
        try:
            return Decimal(bare.replace(thousands, "").replace(",", "."))
        except InvalidOperation:
            pass  # a sign alone
    raise Refused("value", T("“{words}” is not a number.", words=words))


def _shown(words: str, unit_words: str) -> str:
    return words if words.rstrip().endswith("%") else f"{words} {unit_words}"
