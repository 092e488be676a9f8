"""What a matching found: the share of each action, what belongs to none, who is silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gouvernail.base.periods import Period

_ZERO = Decimal(0)


@dataclass(frozen=True)
class ActionMatch:
    """What matched one action in the period, money in the organisation's currency.

    `spend` is None where no spend row matched. `spend_to_date` takes the matched spend from the action's start
    (all of it without one: a campaign may be older than the action that took it over) up to the end of the
    period. `outside_rows` of spend are dated before the action's start or after its end; they
    count all the same.
    """

    action: str
    spend: Decimal | None = None
    spend_to_date: Decimal | None = None
    clicks: int | None = None
    impressions: int | None = None
    sessions: int | None = None
    leads: int | None = None
    conversions: int | None = None
    revenue: Decimal | None = None
    first: date | None = None
    last: date | None = None
    outside_rows: int = 0
    rows: int = 0


@dataclass(frozen=True)
class Orphan:
    """A campaign with spend that no action claims."""

    source: str
    campaign: str
    amount: Decimal
    first: date
    last: date


@dataclass(frozen=True)
class OrphanSales:
    """Orders or deals won that no action claims: they name a campaign of nobody's, or none (empty)."""

    source: str
    campaign: str
    conversions: int
    revenue: Decimal


@dataclass(frozen=True)
class Matches:
    """Facts of one period against the actions of one plan."""

    period: Period
    currency: str
    actions: Mapping[str, ActionMatch]
    orphans: tuple[Orphan, ...] = ()
    orphan_sales: tuple[OrphanSales, ...] = ()
    silent: tuple[str, ...] = ()
    """Actions that have keys and run in the period, yet match no fact of it."""
    owners: tuple[tuple[str, str, str], ...] = ()
    """(source, campaign, action) of every campaign seen that has an owner; what `Facts(actions=…)` takes."""
    spend: Decimal = _ZERO
    """All spend of the period, matched or not."""
    revenue: Decimal = _ZERO
    rows_without_rate: Mapping[str, int] = field(default_factory=dict)
    """Currency → rows of spend left out for want of an exchange rate."""

    @property
    def orphan_spend(self) -> Decimal:
        return sum((each.amount for each in self.orphans), _ZERO)

    @property
    def orphan_revenue(self) -> Decimal:
        return sum((each.revenue for each in self.orphan_sales), _ZERO)
