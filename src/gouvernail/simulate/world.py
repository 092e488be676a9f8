"""What a simulated company is: its calendar, its paid campaigns and their true response, its base demand.

The chain of causes is: spend → impressions → clicks → visits, and spend → carry-over → saturation → demand
(leads or orders). Visits do not make demand by themselves: a channel that the buyers do not use brings
visits, likes and followers, and next to no revenue (S0: Instagram at industrial buyers of 50).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from gouvernail.simulate.names import TRADES

DAY_ONE = date(2023, 10, 1)
LAST_DAY = date(2026, 12, 31)
"""The simulation always runs over DAY_ONE … LAST_DAY; files stop at the day asked for, so that the past
of a company is the same whenever one looks."""

Platform = Literal["google_ads", "meta_ads", "linkedin_ads"]


def calendar() -> tuple[date, ...]:
    """Return every simulated day."""
    return tuple(DAY_ONE + timedelta(n) for n in range((LAST_DAY - DAY_ONE).days + 1))


@dataclass(frozen=True)
class Response:
    """The true effect of spending: demand a day = `ceiling` · x / (x + `half`), x the carried-over spend a day.

    `carry` is the share of yesterday's effect that still works today (geometric adstock).
    """

    ceiling: float
    half: float
    carry: float = 0.5


@dataclass(frozen=True)
class Campaign:
    """A paid campaign. `action` is the element of the plan that it belongs to; None: nobody planned it."""

    name: str
    platform: Platform
    channel: str
    source: str
    medium: str
    utm: str
    start: date
    end: date
    monthly: float
    cpm: float
    click_rate: float
    response: Response
    quality: float = 1.0
    """Factor on the chance that a lead of this campaign is won (audience fit)."""
    engaged: float = 0.6
    """Share of visits that engage."""
    landing: str = "/"
    type: str = ""
    action: str | None = None
    reaction_rate: float = 0.0
    """Likes per impression, on social networks."""
    raised: tuple[date, float] | None = None
    """From that day on, its budget is so many times the monthly one."""


@dataclass(frozen=True)
class Base:
    """Demand that comes without spending: organic search, direct visits, referrals, fairs."""

    channel: str
    source: str
    medium: str
    visits: float
    """A day, in an average month."""
    demand: float
    """Leads or orders a day."""
    growth: float = 0.05
    """A year."""
    engaged: float = 0.65
    quality: float = 1.0
    landing: str = "/"
    campaign: str = "(not set)"
    window: tuple[date, date] | None = None
    """Only between these days (a trade fair)."""
    action: str | None = None
    trade: bool = False
    """In a company with a shop: demand of retailers, which becomes deals instead of orders."""


@dataclass(frozen=True)
class Mailing:
    """A recurring mailing to a list that grows."""

    title: str
    subjects: tuple[str, ...]
    list: str
    utm: str
    size: int
    growth: float
    """A year."""
    every_days: int
    open_rate: float
    click_rate: float
    demand: float
    """Leads or orders per click, truly caused."""
    landing: str = "/"
    action: str | None = None
    first: date = date(2023, 10, 10)
    """Day of the first sending."""


@dataclass(frozen=True)
class Funnel:
    """How leads become deals in business-to-business selling."""

    lead_to_mql: float
    mql_to_sql: float
    sql_to_won: float
    mql_days: float
    sql_days: float
    close_days: float
    amount: float
    """Mean amount of a won deal."""
    amount_spread: float
    owners: tuple[str, ...]
    titles: tuple[str, ...]
    industries: tuple[str, ...]
    countries: Mapping[str, float]
    """Country → share of leads."""
    known: float = 0.15
    """Share of leads that come from a company that asked before."""
    trades: tuple[str, ...] = TRADES
    """What its customers' names say they do."""


@dataclass(frozen=True)
class Product:
    """Something the shop sells."""

    name: str
    sku: str
    price: float
    share: float
    """Share of order lines."""


@dataclass(frozen=True)
class Promotion:
    """A discount code: `lift` multiplies demand while it lasts, `after` in the same time afterwards."""

    code: str
    discount: float
    start: date
    end: date
    lift: float
    after: float
    share: float
    """Share of the orders of those days that use it."""


@dataclass(frozen=True)
class Shop:
    """How an online shop sells."""

    products: tuple[Product, ...]
    extra_lines: float
    """Mean number of further lines in an order."""
    refund_rate: float
    repeat_rate: float
    countries: Mapping[str, float]
    promotions: tuple[Promotion, ...] = ()
    shipping: float = 0.0
    tax: float = 0.081


@dataclass(frozen=True)
class PageTest:
    """A test of two landing pages on the visits of one campaign. The variant converts `lift` times as often, truly."""

    id: str
    name: str
    campaign: str
    """`utm_campaign` of the visits that are dealt out, half and half."""
    variants: tuple[str, str]
    """The control first."""
    start: date
    end: date
    rate: float
    """Part of the visitors who convert on the control."""
    lift: float


@dataclass(frozen=True)
class World:
    """A company."""

    id: str
    name: str
    domain: str
    currency: str
    time_zone: str
    season: tuple[float, ...]
    """Twelve factors of demand, January first."""
    week: tuple[float, ...]
    """Seven factors, Monday first."""
    bases: tuple[Base, ...]
    campaigns: tuple[Campaign, ...]
    mailings: tuple[Mailing, ...] = ()
    funnel: Funnel | None = None
    shop: Shop | None = None
    queries: tuple[tuple[str, float], ...] = ()
    """Search queries and their share of organic clicks."""
    landing_pages: tuple[str, ...] = ("/",)
    vendors: tuple[str, ...] = ()
    french: bool = False
    """Whether its people use their tools in French."""
    silent: Mapping[str, str] = field(default_factory=dict)
    """Actions of the plan that leave no trace in the data, with the reason."""
    tests: tuple[PageTest, ...] = ()
