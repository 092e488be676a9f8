"""What measured rules read of advertising: campaigns and their actions, ads week by week, channels, pages, keywords."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Outcome


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
    spend: Money | None = None
    spend_to_date: Money | None = None
    """Since the action's start, up to the end of the period."""
    planned_to_date: Money | None = None
    """The budget's part that falls before the end of the period, day by day alike."""
    clicks: int | None = None
    leads: Decimal | None = None
    conversions: Decimal | None = None
    first_touch_revenue: Money | None = None
    last_touch_revenue: Money | None = None


@dataclass(frozen=True)
class Landing:
    """Visits that began on one page, or came by one campaign. `what` is `page` or `campaign`.

    Pages and campaigns tell the same visits twice: never add them up. The thousand most visited of each.
    """

    what: str
    name: str
    sessions: int
    bounces: int | None = None
    key_events: Decimal | None = None
    action: str | None = None
    """The action that the campaign belongs to."""


@dataclass(frozen=True)
class CampaignFacts:
    """One advertising campaign (or mailing) of one source. Of a mailing, `impressions` are deliveries.

    `channel` is that of the action, else what platform and type of campaign leave no doubt of.
    """

    source: str
    campaign: str
    action: str | None = None
    channel: str | None = None
    impressions: int = 0
    clicks: int = 0
    cost: Money | None = None
    conversions: Decimal | None = None


@dataclass(frozen=True)
class AdWeek:
    """One week of one ad."""

    start: date
    impressions: int
    clicks: int
    cost: Decimal
    reach: int | None = None


@dataclass(frozen=True)
class Creative:
    """One ad, week by week, oldest first, over the thirteen weeks that end with the period."""

    source: str
    campaign: str
    ad: str
    action: str | None
    weeks: tuple[AdWeek, ...]


@dataclass(frozen=True)
class ChannelFacts:
    """One channel over the twelve months that end with the period."""

    channel: str
    spend: Money | None = None
    conversions: Decimal | None = None
    revenue: Money | None = None
    """Last-touch revenue of the actions of this channel; None where nothing can be credited."""
    elasticity: Outcome | None = None
    """Per cent of results for one per cent of spend, week by week (up to 104 whole weeks); an association, no proof.

    An estimate with interval, or a refusal; None where spend or results are unknown.
    """
    claimed: bool = False
    """Whether `conversions` are what the platform claims, for want of leads or sales of record that name the channel."""


@dataclass(frozen=True)
class KeywordGap:
    """A keyword on which a competitor stands in the first ten and we do not."""

    keyword: str
    competitor: str
    their_position: float
    our_position: float | None = None
    volume: int | None = None
    cpc: Money | None = None
