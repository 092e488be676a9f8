"""Small typed values that a `Text` can hold and a page can format: ratio, count, days, number, country."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """A share or rate: 0.042 is shown as 4.2 % (en: 4.2%). `digits` after the decimal mark."""

    value: float
    digits: int = 1


@dataclass(frozen=True)
class Number:
    """A plain number with a fixed count of digits after the decimal mark."""

    value: float
    digits: int = 0


@dataclass(frozen=True)
class Points:
    """A difference of two ratios, shown in percentage points: 0.004 is "0.4 point"."""

    value: float
    digits: int = 1


@dataclass(frozen=True)
class Country:
    """A country by its ISO 3166-1 code, shown by its name; a code that nobody knows is shown as it is."""

    code: str
