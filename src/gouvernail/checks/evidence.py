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
from gouvernail.metrics.two_sources import TwoSources


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
class Buyers:
    """Who buys (or answers), from CRM rows: counts by age, role, country, industry; each deal once.

    `deals` counts all; a count by age sums to the deals whose contact has an age, and so on.
    """

    deals: int
    median_age: float | None = None
    share_by_role: Mapping[str, float] = field(default_factory=dict)
    share_by_country: Mapping[str, float] = field(default_factory=dict)
    by_age: Mapping[int, int] = field(default_factory=dict)
    """Age in years → deals."""
    by_country: Mapping[str, int] = field(default_factory=dict)
    """ISO code, upper case, where the CRM's country can be read → deals."""
    by_industry: Mapping[str, int] = field(default_factory=dict)
    by_role: Mapping[str, int] = field(default_factory=dict)


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
class FunnelStage:
    """How many entered one stage of the funnel (lead, mql, sql, opportunity, won), and how many of them went on.

    A cohort: those who entered during the twelve months that end with the period and had time to go on, which
    is as long as nine in ten of those who went on took (90 days where the data tell no delays). Who is seen at a
    stage has passed those before it.
    """

    stage: str
    entered: int
    went_on: int | None = None
    """How many of those reached the next stage that the data know; None for the last stage, and where the next
    one is told of other people (deals that name no contact)."""
    days_to_next: float | None = None
    """Median days to the next stage; None where a snapshot tells no days."""


@dataclass(frozen=True)
class Funnel:
    """The funnel, stages in order, and what a win is worth on average."""

    stages: tuple[FunnelStage, ...]
    period: Period
    value_of_win: Money | None = None


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


@dataclass(frozen=True)
class Tracing:
    """Conversions of one kind (lead, order …), and those of them without any source."""

    kind: str
    count: int
    without_source: int
    value: Money | None = None
    value_without_source: Money | None = None


@dataclass(frozen=True)
class SeriesGap:
    """Days without a row within a series that has rows on most days."""

    source: str
    table: str
    account: str
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class SeriesBreak:
    """A level that changes from one day to the next and stays: mean a day over 28 days before and after.

    `column` is a column of the table, or `rows`. Only answers of the market are looked at (visits, key events, organic
    clicks, conversions): what is spent is decided. `docs/methods/level.md` tells how seldom chance makes one.
    """

    source: str
    table: str
    column: str
    day: date
    before: float
    after: float


@dataclass(frozen=True)
class FollowUp:
    """How fast sales answered the leads created in the period (those whose delay had run out by its end).

    A CRM tells the day of creation, not its hour: the clock starts at the end of that day, and stands still on
    Saturdays and Sundays. So all figures of lateness are lower bounds: late *at least*, hours *at least*.
    """

    leads: int
    answered: int
    late: int
    """Answered after the agreed delay for sure. Those without any answer are `leads` − `answered`."""
    agreed_hours: float
    median_hours: float | None = None
    """Median hours to the answer, at least; None where half were answered on the day they came, or the next morning."""
    value_of_lead: Money | None = None
    """Amount won in the year over the leads of the year."""


@dataclass(frozen=True)
class CreditSpread:
    """What attribution models make of one period's sales, where their answers lie furthest apart.

    Attributes:
        conversions: sales that have a path.
        coverage: the part of all sales that has one.
        disagreement: largest part of the credit that changes channel from one model to another.
        channel: the channel whose share differs most.
        low, low_model: the smallest share of the credit that a model gives it, and which.
        high, high_model: the largest.
        spend: of the period on that channel.
    """

    conversions: float
    coverage: float
    disagreement: float
    channel: str
    low: float
    low_model: str
    high: float
    high_model: str
    spend: Money | None = None


@dataclass(frozen=True)
class TrialFacts:
    """One experiment as its figures read today, by the plan's own terms (`bearing.experiments.Trial` in short).

    Attributes:
        id: of the plan; as the files name it where the plan does not know it.
        name: how people call it.
        in_plan: whether the plan knows it.
        last_day: last day of the figures; None where they tell none.
        counts: subjects of each variant, the control first; `expected`: what the planned shares would give.
        odds: chance of a split so far from the plan, where all is well; None where there is nothing to compare.
        split_off: whether that chance is beyond belief.
        seen: subjects in all; `planned`: how many were planned, None where the plan does not say.
        once: whether it is to be read once, at its planned size.
        ended: whether its last day is over.
        best: the variant that shows a gain: worth adopting by its money, else by its effect; None where none does.
        relative: effect of that variant, or of the one ahead, as a share of the control.
        gain: what adopting it brings over `days`, after cost.
    """

    id: str
    name: str
    in_plan: bool = True
    last_day: date | None = None
    counts: tuple[int, ...] = ()
    expected: tuple[float, ...] = ()
    odds: float | None = None
    split_off: bool = False
    seen: int = 0
    planned: int | None = None
    once: bool = True
    ended: bool = False
    best: str | None = None
    relative: Outcome | None = None
    gain: Money | None = None
    days: int | None = None


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
