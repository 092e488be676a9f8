"""Leads of a company that sells to companies: who they are, how far they get, when and for how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np

from gouvernail.simulate.chance import stream
from gouvernail.simulate.flow import Flow, Flows
from gouvernail.simulate.names import FIRST, LAST, slug
from gouvernail.simulate.world import DAY_ONE, Funnel


@dataclass(frozen=True)
class Lead:
    """A person who asked for something, with all that will become of it (also after the last day of the files)."""

    number: int
    instant: datetime
    flow: Flow
    first: str
    last: str
    title: str
    age: int
    private: bool
    """Asks for no company: a student, an onlooker."""
    country: str
    owner: str
    contacted: datetime
    mql: date | None
    sql: date | None
    closed: date | None
    won: bool
    cents: int
    """Amount of the deal, in hundredths; 0 where there is no deal."""
    account: int = 0
    company: str = ""
    size: int = 0
    industry: str = ""
    returns: bool = False
    """Whether its company had asked before."""

    @cached_property
    def email(self) -> str:
        house = slug(self.company) if self.company else "mail"
        return f"{slug(self.first)}.{slug(self.last)}{self.number}@{house}.example"

    @property
    def day(self) -> date:
        return self.instant.date()

    def stage(self, today: date) -> str:
        """Return how far the lead has got on `today`: lead, mql, sql, won or lost."""
        if self.closed and self.closed <= today:
            return "won" if self.won else "lost"
        if self.sql and self.sql <= today:
            return "sql"
        return "mql" if self.mql and self.mql <= today else "lead"


def leads(flows: Flows) -> tuple[Lead, ...]:
    """Return every lead of the simulated calendar, by the instant at which it came, without its company."""
    funnel = flows.world.funnel
    if funnel is None:
        return ()
    mine = [flow for flow in flows.flows if flow.trade or flows.world.shop is None]
    drawn = [lead for flow in mine for lead in _leads_of(flow, funnel, flows.seed)]
    drawn.sort(key=lambda lead: (lead.instant, lead.flow.channel, lead.flow.campaign, lead.number))
    return tuple(replace(lead, number=number) for number, lead in enumerate(drawn, start=1001))


def _leads_of(flow: Flow, funnel: Funnel, seed: int) -> Iterator[Lead]:
    chance = stream(seed, "leads", flow.source, flow.medium, flow.campaign)
    for index in np.flatnonzero(flow.demand):
        for _ in range(int(flow.demand[index])):
            yield _lead(flow, DAY_ONE + timedelta(int(index)), funnel, chance)


def _lead(flow: Flow, day: date, funnel: Funnel, chance: np.random.Generator) -> Lead:
    instant = datetime.combine(day, time(7)) + timedelta(seconds=int(chance.integers(0, 11 * 3600)))
    mql = day + timedelta(int(chance.exponential(funnel.mql_days)))
    sql = mql + timedelta(1 + int(chance.exponential(funnel.sql_days)))
    closed = sql + timedelta(5 + int(chance.gamma(2.0, funnel.close_days / 2)))
    fit = flow.quality
    is_mql, is_sql, is_won = chance.random(3) < (
        min(0.95, funnel.lead_to_mql * (0.3 + 0.7 * fit)),
        min(0.95, funnel.mql_to_sql * (0.3 + 0.7 * fit)),
        min(0.9, funnel.sql_to_won * fit),
    )
    spread = funnel.amount_spread
    amount = funnel.amount * float(chance.lognormal(-spread * spread / 2, spread))
    young = fit < 0.3
    age = int(chance.integers(18, 31)) if young else int(np.clip(chance.normal(51, 6), 30, 66))
    countries = list(funnel.countries)
    german = getattr(flow.origin, "name", "").startswith("DE")
    country = "DE" if german else str(chance.choice(countries, p=list(funnel.countries.values())))
    return Lead(
        0,
        instant,
        flow,
        str(chance.choice(FIRST)),
        str(chance.choice(LAST)),
        "Student" if young else str(chance.choice(funnel.titles)),
        age,
        young,
        country,
        str(chance.choice(funnel.owners)),
        instant + timedelta(hours=float(chance.gamma(2.0, 14.0))),
        mql if is_mql else None,
        sql if is_mql and is_sql else None,
        closed if is_mql and is_sql else None,
        bool(is_mql and is_sql and is_won),
        round(amount / 50) * 5000 if is_mql and is_sql else 0,
    )
