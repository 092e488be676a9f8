"""What measured rules read: plain records of what happened, filled by `workflow`.

Every field is None or empty where nothing is known; a rule whose input is missing answers *not checked*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Outcome
from gouvernail.base.periods import Period


@dataclass(frozen=True)
class OrphanCampaign:
    """A campaign in the data that matches no action."""

    source: str
    campaign: str
    spend: Money
    first: date
    last: date


@dataclass(frozen=True)
class ActionFacts:
    """What the data say of one action in the period. `spend` is None where no fact matched (silent)."""

    action: str
    spend: Money | None
    spend_to_date: Money | None
    """Since the action's start, up to the end of the period."""
    clicks: int | None
    leads: Decimal | None
    conversions: Decimal | None
    first_touch_revenue: Money | None
    last_touch_revenue: Money | None


@dataclass(frozen=True)
class TwoSources:
    """One metric told by two sources over the same days."""

    metric: str
    first: str
    second: str
    period: Period
    first_value: Decimal
    second_value: Decimal
    currency: str | None = None


@dataclass(frozen=True)
class Buyers:
    """Who really buys, from CRM rows: share of won amount (or deals) by age band and by role."""

    deals: int
    median_age: float | None
    share_by_role: Mapping[str, float] = field(default_factory=dict)
    share_by_country: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """Everything that measured rules may read, for one period and one data version."""

    period: Period
    today: date
    values: Mapping[str, Outcome] = field(default_factory=dict)
    """Metric id → value over the period."""
    probabilities: Mapping[str, Outcome] = field(default_factory=dict)
    """Objective id → probability of reaching its target by its due date."""
    actions: Mapping[str, ActionFacts] = field(default_factory=dict)
    orphans: tuple[OrphanCampaign, ...] = ()
    disagreements: tuple[TwoSources, ...] = ()
    """Every pair of sources that tell one metric over common days, agreeing or not."""
    buyers: Buyers | None = None
    monthly_leads: Mapping[str, Decimal] = field(default_factory=dict)
    """Month (2026-09) → leads."""
    cost_per_lead: Money | None = None
    last_day: Mapping[str, date] = field(default_factory=dict)
    """Source id → last day with data."""
    sources: tuple[str, ...] = ()
    """Sources that have brought data."""
