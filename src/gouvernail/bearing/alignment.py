"""Where money goes: to a business objective through a sound chain, through a flawed one, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouvernail.base.money import Money


class Soundness(StrEnum):
    """Where money goes: to a business objective through a sound chain, through a flawed one, or nowhere."""

    aligned = "aligned"
    weak = "weak"
    orphan = "orphan"


@dataclass(frozen=True)
class MoneySplit:
    """Money by where it goes. The three add up to the whole."""

    aligned: Money
    weak: Money
    orphan: Money

    @property
    def total(self) -> Money:
        return self.aligned + self.weak + self.orphan


@dataclass(frozen=True)
class AlignedSpend:
    """Planned money of the period's actions, and money really spent (None when no spend is in the data)."""

    planned: MoneySplit
    actual: MoneySplit | None
    unmatched: Money
    """Part of the actual orphan money that matches no planned action."""


@dataclass(frozen=True)
class Flow:
    """Money from one node to the next, for the Sankey. Nodes are element ids, or `budget` and `orphan`."""

    source: str
    target: str
    planned: Money
    spent: Money | None
    soundness: Soundness


@dataclass(frozen=True)
class OrphanSpend:
    """Spend in the data that matches no action."""

    source: str
    campaign: str
    amount: Money
