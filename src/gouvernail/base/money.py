"""Money: an exact decimal amount with its currency; two currencies never add up by accident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from gouvernail.base.errors import CurrencyError
from gouvernail.base.text import T

CENT = Decimal("0.01")


@dataclass(frozen=True, order=False)
class Money:
    """An amount (`Decimal`) in a currency (ISO 4217 code, upper case)."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * factor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __bool__(self) -> bool:
        return self.amount != 0

    def rounded(self, quantum: Decimal = CENT) -> Money:
        """Return the amount rounded half-even to `quantum` (a cent)."""
        return Money(self.amount.quantize(quantum, ROUND_HALF_EVEN), self.currency)

    def share_of(self, whole: Money) -> float | None:
        """Return this amount over `whole`, or None where the whole is zero."""
        self._same(whole)
        return float(self.amount / whole.amount) if whole.amount else None

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyError(
                T(
                    "{a} and {b} cannot be combined: convert one of them first.",
                    a=self.currency,
                    b=other.currency,
                )
            )


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of `amounts`, zero in `currency` when there is none.

    Raises:
        CurrencyError: an amount is in another currency.
    """
    result = Money(Decimal(0), currency)
    for amount in amounts:
        result = result + amount
    return result


def split(whole: Decimal, weights: Sequence[Decimal], quantum: Decimal = CENT) -> tuple[Decimal, ...]:
    """Split `whole` by `weights` so that the parts, each a multiple of `quantum`, sum to it exactly.

    Largest-remainder method; ties go to the earlier part. Weights must be non-negative and
    not all zero.
    """
    if not weights:
        return ()
    scale = sum(weights)
    if scale <= 0:
        raise ValueError("weights must be non-negative and not all zero")
    units = (whole / quantum).to_integral_value(ROUND_HALF_EVEN)
    exact = [units * weight / scale for weight in weights]
    floors = [part.to_integral_value(rounding="ROUND_FLOOR") for part in exact]
    missing = int(units - sum(floors))
    order = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for i in order[:missing]:
        floors[i] += 1
    parts = [floor * quantum for floor in floors]
    # What is below the quantum (an amount finer than a cent) stays with the first part.
    parts[0] += whole - units * quantum
    return tuple(parts)
