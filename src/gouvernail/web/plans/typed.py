"""Values as people type them into a form: written into its controls, and read back without loss."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.base.units import Unit
from gouvernail.checks.guide.answers import read
from gouvernail.checks.guide.question import Form, Question
from gouvernail.plan.model import Plan
from gouvernail.web.plans.fields import Field, Shape

_AMBIGUOUS = re.compile(r"-?\d{1,3}[.,]\d{3}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EMPTY = Plan()
_MOST_DIGITS = 40


def write(field: Field, value: Any, language: str, unit: Unit | None = None) -> str:
    """Return a value as the control of a single answer holds it."""
    if value is None:
        return ""
    match field.shape:
        case Shape.words:
            return "\n".join(value)
        case Shape.filters:
            return "\n".join(f"{column}: {one}" for column, ones in value.items() for one in ones or ("",))
        case Shape.share:
            return percent(value, language)
        case Shape.number if unit is Unit.ratio:
            return percent(value, language)
        case Shape.number | Shape.money:
            return number(value, language)
        case Shape.day:
            return str(value.isoformat())
        case Shape.yes | Shape.maybe:
            return "yes" if value else "no"
        case _:
            return str(getattr(value, "value", value))


def number(value: Decimal, language: str) -> str:
    """Return a number with thin spaces between thousands, which every reader takes one way only."""
    whole, _, rest = f"{value:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    mark = "," if language == "fr" else "."
    if rest and _AMBIGUOUS.fullmatch(f"{digits}.{rest}"):
        rest += "0"
    grouped = f"{int(digits):,}".replace(",", "\u202f")
    return f"{sign}{grouped}{mark}{rest}" if rest else f"{sign}{grouped}"


def percent(value: Decimal, language: str) -> str:
    """Return a share as percents."""
    plain = (value * 100).normalize()
    space = "\u00a0" if language == "fr" else ""
    return f"{number(plain, language)}{space}%"


def parse(field: Field, words: str) -> Any:
    """Return the value that `words` mean, as a plan file holds it; None for nothing.

    Raises:
        UsageError: they cannot be read; one sentence says what is expected.
    """
    words = clean(words)
    if not words.strip():
        return None
    reader = _READERS.get(field.shape)
    return reader(words) if reader else words.strip()


def clean(words: str) -> str:
    """Return what was typed with line feeds for line ends and without characters that nobody sees."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def _answer(form: Form, words: str) -> Any:
    return read(Question("", form, T("")), words, _EMPTY, "en")


def _figure(words: str) -> str:
    return f"{_bounded(Form.number, words):f}"


def _part(words: str) -> str:
    return f"{_bounded(Form.share, words):f}"


def _bounded(form: Form, words: str) -> Decimal:
    found: Decimal = _answer(form, words)
    # 1e999999999 is short to type and long to write out.
    if abs(found.adjusted()) > _MOST_DIGITS:
        raise UsageError(T("“{words}” has too many digits.", words=words.strip()[:40]))
    return found


def _whole(words: str) -> int:
    found = _bounded(Form.number, words)
    if found != found.to_integral_value():
        raise UsageError(T("“{words}” is not a whole number.", words=words.strip()))
    return int(found)


def _day(words: str) -> str:
    found: date = _answer(Form.day, words)
    return found.isoformat()


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]


def _filters(words: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _lines(words):
        column, colon, value = line.partition(":")
        if not colon:
            raise UsageError(
                T("“{words}” lacks a colon between column and value, as in country: DE.", words=line)
            )
        held = found.setdefault(column.strip(), [])
        if value.strip():
            held.append(value.strip())
    return found


def _yes(words: str) -> bool:
    return words.strip() == "yes"


_READERS: Mapping[Shape, Callable[[str], Any]] = {
    Shape.number: _figure,
    Shape.money: _figure,
    Shape.share: _part,
    Shape.whole: _whole,
    Shape.day: _day,
    Shape.words: _lines,
    Shape.filters: _filters,
    Shape.yes: _yes,
    Shape.maybe: _yes,
}
