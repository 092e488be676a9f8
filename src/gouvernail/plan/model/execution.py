"""Execution: actions with message, audience, channel, money, dates and tracking keys; envelopes; sprints (S2)."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from gouvernail.plan.model.common import (
    Amount,
    ChannelId,
    Day,
    Element,
    Layer,
    MetricIds,
    Positive,
    Record,
    Ref,
    Refs,
    Share,
    Words,
)
from gouvernail.plan.model.strategy import AgeBand, Market, Stage, Tier


class ActionType(StrEnum):
    """What an action is; the last four are the 4 P beside campaigns, contents and events."""

    campaign = "campaign"
    content = "content"
    event = "event"
    promotion = "promotion"
    product = "product"
    price = "price"
    distribution = "distribution"


class Status(StrEnum):
    """Where an action stands."""

    idea = "idea"
    planned = "planned"
    running = "running"
    paused = "paused"
    done = "done"
    cancelled = "cancelled"


class Match(StrEnum):
    """How a tracking key is compared with the data, letter case aside."""

    exact = "exact"
    prefix = "prefix"
    pattern = "pattern"


class KeyField(StrEnum):
    """What of the data a tracking key is compared with."""

    utm_campaign = "utm_campaign"
    utm_id = "utm_id"
    campaign = "campaign"
    promo_code = "promo_code"
    phone = "phone"
    source = "source"


class TrackingKey(Record):
    """How facts are recognised as this action's."""

    value: str
    field: KeyField = KeyField.campaign
    """`campaign` compares with any campaign name, in ads, web and CRM data alike."""
    match: Match = Match.exact
    """`pattern` allows * and ?."""
    source: str | None = None
    """Only facts of this source, e.g. `google_ads`; any source when empty."""


class Audience(Record):
    """Whom the action addresses."""

    segments: Refs = ()
    personas: Refs = ()
    market: Market | None = None
    age: AgeBand | None = None
    countries: Words = ()


class Term(StrEnum):
    """Whether an action harvests demand now or builds it."""

    short = "short"
    long = "long"


class Action(Element):
    """Something done: campaign, content, event, promotion, product, price or distribution move."""

    kind: ClassVar[str] = "action"
    layer: ClassVar[Layer | None] = Layer.execution
    type: ActionType = ActionType.campaign
    status: Status = Status.planned
    channel: ChannelId | None = None
    audience: Audience = Audience()
    message: str = ""
    tone: Words = ()
    """How the message sounds, in the charter's words."""
    value_proposition: Ref | None = None
    """The value proposition that the message carries."""
    message_tier: Tier | None = None
    """The tier that the message sounds like, where it is not obvious."""
    discount: Share | None = None
    """Price cut announced, as a fraction: 0.3 for -30 %."""
    stage: Stage | None = None
    """Journey stage aimed at."""
    term: Term | None = None
    budget: Amount | None = None
    """Money planned from start to end."""
    committed: Amount | None = None
    """Money already promised to suppliers."""
    envelope: Ref | None = None
    """The budget envelope it draws on."""
    start: Day | None = None
    end: Day | None = None
    kpis: MetricIds = ()
    tracking: tuple[TrackingKey, ...] = ()
    expected_leads: Positive | None = None
    """Leads expected over the whole action."""
    lesson: str = ""
    """What was learnt, once it has ended."""
    creative: str = ""
    sprint: Ref | None = None


class Envelope(Element):
    """A budget envelope: money for a period, from which actions draw."""

    kind: ClassVar[str] = "envelope"
    layer: ClassVar[Layer | None] = Layer.execution
    amount: Amount | None = None
    start: Day | None = None
    end: Day | None = None


class Sprint(Element):
    """One to four weeks of execution, with a review."""

    kind: ClassVar[str] = "sprint"
    layer: ClassVar[Layer | None] = Layer.execution
    start: Day | None = None
    end: Day | None = None
    review: Day | None = None
