"""The record of one metric told by two sources: made by `compare`, read by the rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gouvernail.base.periods import Period


@dataclass(frozen=True)
class TwoSources:
    """One metric told by two sources over the same days. `currency` is None for counts."""

    metric: str
    first: str
    second: str
    period: Period
    first_value: Decimal
    second_value: Decimal
    currency: str | None = None
    worst: Period | None = None
    """The month (or the part of it told) in which the two lie furthest apart, by share, and what each says there.

    None where `period` is one month, or where they agree.
    """
    worst_first: Decimal | None = None
    worst_second: Decimal | None = None
