"""What measured rules read: plain records of what happened, filled by `bearing.gathering`.

Every field is None or empty where nothing is known; a rule whose input is missing answers *not checked*.
Counts and amounts are of `Evidence.period` unless a record says otherwise; money is in the organisation's currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Outcome
from gouvernail.base.periods import Period
from gouvernail.checks.campaign_evidence import (
    ActionFacts,
    CampaignFacts,
    ChannelFacts,
    Creative,
    KeywordGap,
    Landing,
    OrphanCampaign,
)
from gouvernail.checks.measuring_evidence import CreditSpread, SeriesBreak, SeriesGap, Tracing, TrialFacts
from gouvernail.checks.sales_evidence import Buyers, FollowUp, Funnel
from gouvernail.metrics.two_sources import TwoSources


@dataclass(frozen=True)
class Evidence:
    """Everything that measured rules may read, for one period and one data version."""

    period: Period
    today: date
    values: Mapping[str, Outcome] = field(default_factory=dict)
    """Metric id → value over the period, or why it cannot be told: every metric of the catalogue and of the plan."""
    yearly: Mapping[str, Outcome] = field(default_factory=dict)
    """Metric id → value over the twelve months that end with the period: those that the plan names, and those of funnel,
    cost and performance."""
    probabilities: Mapping[str, Outcome] = field(default_factory=dict)
    """Objective id → probability of reaching its target by its due date."""
    courses: Mapping[str, tuple[tuple[Period, float | None], ...]] = field(default_factory=dict)
    """Objective id → its metric, each value over the objective's window, oldest first from the first known, up to the
    period: month by month (36), or by week (104) or day (180) where the window is one."""
    actions: Mapping[str, ActionFacts] = field(default_factory=dict)
    campaigns: tuple[CampaignFacts, ...] = ()
    creatives: tuple[Creative, ...] = ()
    channels: Mapping[str, ChannelFacts] = field(default_factory=dict)
    landings: tuple[Landing, ...] = ()
    orphans: tuple[OrphanCampaign, ...] = ()
    disagreements: tuple[TwoSources, ...] = ()
    """Every pair of sources that tell one metric over common days, agreeing or not."""
    buyers: Buyers | None = None
    """Who buys: deals won in the year that ends with the period."""
    answerers: Buyers | None = None
    """Who answers: leads created in the same year."""
    funnel: Funnel | None = None
    follow_up: FollowUp | None = None
    monthly_leads: Mapping[str, Decimal] = field(default_factory=dict)
    """Month (2026-09) → leads."""
    cost_per_lead: Money | None = None
    keyword_gaps: tuple[KeywordGap, ...] | None = None
    """None where no keyword of a competitor of the plan was imported, or our own positions are not known."""
    tracing: tuple[Tracing, ...] = ()
    revenue: Money | None = None
    """Revenue that the credit rule looked at in the period."""
    unlinked_revenue: Money | None = None
    """The part of it that no action can be credited with."""
    gaps: tuple[SeriesGap, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    last_day: Mapping[str, date] = field(default_factory=dict)
    """Source id → last day with data."""
    metric_last_day: Mapping[str, date] = field(default_factory=dict)
    """Metric id → last day with data of the tables that make it."""
    currencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Source id → currencies of its amounts."""
    unconverted: tuple[str, ...] = ()
    """Currencies found in the data for which the plan has no rate."""
    time_zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Source id → time zones that its exports state, where they do. The lake does not keep them yet: always empty."""
    credit: CreditSpread | None = None
    """None where no sale of the period has a path."""
    trials: tuple[TrialFacts, ...] = ()
    """Experiments with figures."""
    sources: tuple[str, ...] = ()
    """Sources that have brought data."""
