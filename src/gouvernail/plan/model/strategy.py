"""Strategy: the big idea, where we stand, for whom, against whom, on what evidence. Horizon 3 to 5 years (S1, S2, S4)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from gouvernail.plan.model.common import (
    ChannelIds,
    Day,
    Element,
    Layer,
    Record,
    Ref,
    Refs,
    Words,
)


class Tier(StrEnum):
    """Price and quality tier of a positioning."""

    value = "value"
    mid = "mid"
    premium = "premium"
    luxury = "luxury"


class Stage(StrEnum):
    """Stages of the customer's journey."""

    awareness = "awareness"
    consideration = "consideration"
    decision = "decision"
    retention = "retention"
    advocacy = "advocacy"


class Market(StrEnum):
    """Whom a company or an audience is: businesses, consumers or both."""

    b2b = "b2b"
    b2c = "b2c"
    both = "both"


class Quadrant(StrEnum):
    """The four parts of a SWOT analysis."""

    strength = "strength"
    weakness = "weakness"
    opportunity = "opportunity"
    threat = "threat"


class Priority(StrEnum):
    """How much a segment matters to the strategy."""

    primary = "primary"
    secondary = "secondary"
    exploratory = "exploratory"


class AgeBand(Record):
    """An age range in years, both ends included."""

    low: Annotated[int, Field(ge=0, le=120)] = 0
    high: Annotated[int, Field(ge=0, le=120)] = 120


class StrategyElement(Element):
    """Base of the strategy's elements."""

    layer: ClassVar[Layer | None] = Layer.strategy


class BigIdea(StrategyElement):
    """The creative stance that every action embodies and that makes the company stand out."""

    kind: ClassVar[str] = "big_idea"
    evidence: Refs = ()
    """SWOT items, market studies and trends it rests on."""
    since: Day | None = None
    horizon_years: int | None = None


class Positioning(StrategyElement):
    """The place taken in the customer's mind against the competitors."""

    kind: ClassVar[str] = "positioning"
    tier: Tier | None = None
    axes: Words = ()
    """The qualities on which the company differs, e.g. `precision`, `lead time`."""
    evidence: Refs = ()
    horizon_years: int | None = None


class ValueProposition(StrategyElement):
    """The offer put singularly for a public: what it gains, with what proof."""

    kind: ClassVar[str] = "value_proposition"
    segments: Refs = ()
    offers: Refs = ()
    """The offers that keep the promise."""
    proof: str = ""
    key_words: Words = ()
    """Words by which a message is recognised as carrying this proposition."""


class Segment(StrategyElement):
    """A part of the market with its own needs."""

    kind: ClassVar[str] = "segment"
    priority: Priority | None = None
    market: Market | None = None
    age: AgeBand | None = None
    """Ages of the people who decide or buy."""
    countries: Words = ()
    """ISO 3166 country codes, upper case."""
    industries: Words = ()
    roles: Words = ()
    """Job roles of those who decide, for B2B."""
    size: Annotated[int, Field(ge=0)] | None = None
    """How many companies or people the segment counts."""


class Persona(StrategyElement):
    """A typical person of a segment: needs, frustrations, goals, habits (S4)."""

    kind: ClassVar[str] = "persona"
    segment: Ref | None = None
    age: AgeBand | None = None
    role: str = ""
    needs: Words = ()
    frustrations: Words = ()
    goals: Words = ()
    channels: ChannelIds = ()
    """Channels this person really uses."""


class JourneyStage(StrategyElement):
    """A stage of the journey from need to purchase and beyond, with its touch points."""

    kind: ClassVar[str] = "journey_stage"
    stage: Stage | None = None
    segments: Refs = ()
    touchpoints: ChannelIds = ()


class SwotItem(StrategyElement):
    """A strength, weakness, opportunity or threat; `answered_by` names what uses or counters it."""

    kind: ClassVar[str] = "swot_item"
    quadrant: Quadrant | None = None
    answered_by: Refs = ()


class Competitor(StrategyElement):
    """A company that customers compare with ours."""

    kind: ClassVar[str] = "competitor"
    tier: Tier | None = None
    axes: Words = ()
    positioning: str = ""
    domain: str = ""


class MarketStudy(StrategyElement):
    """Evidence from the market: a survey, interviews, desk research."""

    kind: ClassVar[str] = "market_study"
    source: str = ""
    date: Day | None = None
    findings: Words = ()


class Trend(StrategyElement):
    """A market or digital trend and what the company makes of it."""

    kind: ClassVar[str] = "trend"
    relevance: str = ""
    """Why it matters here, or why not."""
    decision: str = ""


class Charter(StrategyElement):
    """The brand charter: tone and words."""

    kind: ClassVar[str] = "charter"
    tone: Words = ()
    forbidden_words: Words = ()
    preferred_words: Words = ()
