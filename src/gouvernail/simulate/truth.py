"""What is really so in a simulated company, kept beside its files so that measurement can be judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gouvernail.simulate.flow import Flow
from gouvernail.simulate.vendors.written import Facts, Written, cents
from gouvernail.simulate.world import Base, Campaign, PageTest


@dataclass(frozen=True)
class Effect:
    """What one source of demand cost and truly caused, up to the last day of the files.

    `expected` is the mean of the demand (leads or orders) it causes; `demand`, `won` and `revenue` are what was
    drawn: without the source none of it would have happened. Won deals and their revenue count by closing day.
    """

    name: str
    kind: str
    channel: str
    campaign: str
    action: str | None
    spend: Decimal
    visits: int
    expected: float
    demand: int
    won: int
    revenue: Decimal
    response: Mapping[str, float] | None


@dataclass(frozen=True)
class Truth:
    """The truth of one written company."""

    company: str
    name: str
    seed: int
    start: date
    end: date
    currency: str
    files: tuple[Written, ...]
    effects: tuple[Effect, ...]
    orphans: tuple[str, ...]
    """Paid campaigns that no action planned."""
    silent: Mapping[str, str]
    """Actions that leave no trace, with the reason."""
    tests: tuple[PageTest, ...] = ()
    """Tests of landing pages, with what their variants truly do."""

    def to_json(self) -> str:
        """Return the truth as JSON; amounts are decimal strings."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False, indent=2) + "\n"

    def save(self, path: Path) -> None:
        path.write_bytes(self.to_json().encode())


def _plain(value: Any) -> str:
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(type(value).__name__)


def truth(facts: Facts, files: tuple[Written, ...]) -> Truth:
    """Tell what is so in `facts`."""
    world = facts.world
    orphans = tuple(campaign.name for campaign in world.campaigns if campaign.action is None)
    effects = tuple(_effect(flow, facts) for flow in facts.flows.flows)
    return Truth(
        world.id, world.name, facts.flows.seed, facts.dates()[0], facts.end, world.currency, files, effects, orphans,
        world.silent, world.tests,
    )  # fmt: skip


def _effect(flow: Flow, facts: Facts) -> Effect:
    days = facts.days
    mine = [lead for lead in facts.known_leads() if lead.flow is flow and lead.stage(facts.end) == "won"]
    bought = [order for order in facts.known_orders() if order.flow is flow]
    revenue = sum(lead.cents for lead in mine) + sum(order.total - order.refunded for order in bought)
    origin = flow.origin
    if isinstance(origin, Campaign):
        kind, name = "campaign", origin.name
    elif isinstance(origin, Base):
        kind, name = "base", f"{origin.source} / {origin.medium}"
    else:
        kind, name = "mailing", origin.title
    return Effect(
        name,
        kind,
        flow.channel,
        flow.campaign,
        origin.action,
        cents(int(flow.cents[:days].sum())),
        int(flow.visits[:days].sum()),
        round(float(flow.expected[:days].sum()), 6),
        int(flow.demand[:days].sum()),
        len(mine) or len(bought),
        cents(revenue),
        asdict(origin.response) if isinstance(origin, Campaign) else None,
    )
