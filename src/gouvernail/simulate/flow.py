"""What happens each day: money, impressions, clicks, visits and the demand that each source truly causes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from gouvernail.simulate.chance import Counts, Floats, noise, stream
from gouvernail.simulate.world import Base, Campaign, Mailing, Promotion, Response, World, calendar


@dataclass(frozen=True)
class Flow:
    """One source of visits and demand, day by day (arrays over `calendar()`).

    `cents` is money; `expected` is the demand that the source truly causes, on average; `demand` what was drawn.
    """

    origin: Campaign | Base | Mailing
    cents: Counts
    impressions: Counts
    clicks: Counts
    visits: Counts
    expected: Floats
    demand: Counts

    @property
    def source(self) -> str:
        return "mailchimp" if isinstance(self.origin, Mailing) else self.origin.source

    @property
    def medium(self) -> str:
        return "email" if isinstance(self.origin, Mailing) else self.origin.medium

    @property
    def campaign(self) -> str:
        """`utm_campaign` as web analytics see it."""
        return self.origin.campaign if isinstance(self.origin, Base) else self.origin.utm

    @property
    def channel(self) -> str:
        return "email" if isinstance(self.origin, Mailing) else self.origin.channel

    @property
    def engaged(self) -> float:
        return 0.7 if isinstance(self.origin, Mailing) else self.origin.engaged

    @property
    def online(self) -> bool:
        """Whether web analytics can see its visits."""
        return self.medium not in ("outbound", "event", "trade")

    @property
    def trade(self) -> bool:
        """Whether its demand is that of retailers."""
        return isinstance(self.origin, Base) and self.origin.trade

    @property
    def quality(self) -> float:
        return 1.0 if isinstance(self.origin, Mailing) else self.origin.quality


@dataclass(frozen=True)
class Sending:
    """One mailing that was sent."""

    mailing: Mailing
    day: int
    number: int
    sent: int
    hard: int
    soft: int
    opens: int
    all_opens: int
    clicks: int
    all_clicks: int
    unsubscribes: int
    complaints: int


@dataclass(frozen=True)
class Flows:
    """All that flows into a company."""

    world: World
    seed: int
    flows: tuple[Flow, ...]
    sendings: tuple[Sending, ...] = field(default=())


def rhythm(world: World) -> Floats:
    """Return the factor of demand of every day: season of the year times day of the week."""
    return np.array([world.season[day.month - 1] * world.week[day.weekday()] for day in calendar()])


def carry_over(spend: Floats, share: float) -> Floats:
    """Return the spend that works each day: geometric adstock, normalised so that steady spend stays itself."""
    working = np.empty_like(spend)
    stock = 0.0
    for day, amount in enumerate(spend):
        stock = share * stock + (1 - share) * amount
        working[day] = stock
    return working


def effect(spend: Floats, response: Response) -> Floats:
    """Return the demand that the spend truly causes each day, before season and promotions."""
    working = carry_over(spend, response.carry)
    return response.ceiling * working / (working + response.half)


def promotion_lift(promotions: tuple[Promotion, ...]) -> Floats:
    """Return the factor that promotions put on demand: more while they last, less afterwards."""
    lift = np.ones(len(calendar()))
    days = calendar()
    for promotion in promotions:
        length = promotion.end - promotion.start
        for index, day in enumerate(days):
            if promotion.start <= day <= promotion.end:
                lift[index] *= promotion.lift
            elif promotion.end < day <= promotion.end + length:
                lift[index] *= promotion.after
    return lift


def run(world: World, seed: int) -> Flows:
    """Run the company over the whole calendar."""
    factor = rhythm(world)
    if world.shop:
        factor = factor * promotion_lift(world.shop.promotions)
    flows = [_campaign(world, campaign, factor, seed) for campaign in world.campaigns]
    flows += [_base(base, factor, seed) for base in world.bases]
    sendings: list[Sending] = []
    for mailing in world.mailings:
        sent = tuple(_sendings(mailing, seed))
        sendings += sent
        flows.append(_mailing(mailing, sent, seed))
    return Flows(world, seed, tuple(flows), tuple(sendings))


def _open(start: date, end: date) -> Floats:
    return np.array([float(start <= day <= end) for day in calendar()])


def _campaign(world: World, campaign: Campaign, factor: Floats, seed: int) -> Flow:
    chance = stream(seed, world.id, campaign.name)
    days = len(calendar())
    week = np.array([1.06 if day.weekday() < 5 else 0.85 for day in calendar()])
    daily = campaign.monthly * 12 / 365 * week * noise(chance, days, 0.12)
    if campaign.raised:
        since, times = campaign.raised
        daily = daily * np.where(_open(since, campaign.end) > 0, times, 1.0)
    cents = np.rint(daily * _open(campaign.start, campaign.end) * 100).astype(np.int64)
    shown = cents / 100 / campaign.cpm * 1000 * noise(chance, days, 0.08)
    impressions = np.rint(shown).astype(np.int64)
    clicks = chance.binomial(impressions, campaign.click_rate).astype(np.int64)
    visits = chance.binomial(clicks, 0.86).astype(np.int64)
    expected = effect(cents / 100, campaign.response) * factor
    demand = chance.poisson(expected).astype(np.int64)
    return Flow(campaign, cents, impressions, clicks, visits, expected, demand)


def _base(base: Base, factor: Floats, seed: int) -> Flow:
    chance = stream(seed, "base", base.source, base.medium, base.campaign)
    days = len(calendar())
    growth = (1 + base.growth) ** (np.arange(days) / 365.25)
    if base.window:
        growth = growth * _open(*base.window)
    none = np.zeros(days, dtype=np.int64)
    expected = base.demand * growth * factor
    demand = chance.poisson(expected).astype(np.int64)
    visits = chance.poisson(base.visits * growth * factor * noise(chance, days, 0.06)) + demand
    return Flow(base, none, none, none, visits.astype(np.int64), expected, demand)


def _sendings(mailing: Mailing, seed: int) -> Iterator[Sending]:
    chance = stream(seed, "mailing", mailing.title)
    days = calendar()
    first = (mailing.first - days[0]).days
    for number, day in enumerate(range(first, len(days), mailing.every_days)):
        sent = int(mailing.size * (1 + mailing.growth) ** (day / 365.25))
        hard, soft = int(chance.binomial(sent, 0.004)), int(chance.binomial(sent, 0.008))
        delivered = sent - hard - soft
        opens = int(chance.binomial(delivered, mailing.open_rate * float(noise(chance, 1, 0.08)[0])))
        clicks = int(chance.binomial(delivered, mailing.click_rate * float(noise(chance, 1, 0.15)[0])))
        yield Sending(
            mailing,
            day,
            number,
            sent,
            hard,
            soft,
            opens,
            opens + int(chance.binomial(opens, 0.4)),
            clicks,
            clicks + int(chance.binomial(clicks, 0.3)),
            int(chance.binomial(delivered, 0.0015)),
            int(chance.binomial(delivered, 0.0001)),
        )


def _mailing(mailing: Mailing, sendings: tuple[Sending, ...], seed: int) -> Flow:
    chance = stream(seed, "mailing visits", mailing.title)
    days = len(calendar())
    expected = np.zeros(days)
    visits = np.zeros(days, dtype=np.int64)
    for sending in sendings:
        for lag, share in enumerate((0.7, 0.2, 0.1)):
            if sending.day + lag < days:
                visits[sending.day + lag] += int(sending.clicks * share)
                expected[sending.day + lag] += sending.clicks * share * mailing.demand
    none = np.zeros(days, dtype=np.int64)
    demand = chance.poisson(expected).astype(np.int64)
    return Flow(mailing, none, none, none, np.maximum(visits, demand), expected, demand)
