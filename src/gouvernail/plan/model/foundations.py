"""Values, vision and mission: the layers that last (S2)."""

from __future__ import annotations

from typing import ClassVar

from gouvernail.plan.model.common import (
    Day,
    Element,
    Layer,
    Record,
    Refs,
)


class Former(Record):
    """What a value said before, and until when."""

    text: str
    until: Day | None = None


class Value(Element):
    """An ethical or moral concept that guides the company: specific, aspirational, timeless. Horizon 10 years."""

    kind: ClassVar[str] = "value"
    layer: ClassVar[Layer | None] = Layer.values
    since: Day | None = None
    """The day since which the company holds it."""
    example: str = ""
    """A decision in which this value weighed more than money or ease."""
    former: tuple[Former, ...] = ()
    """Earlier wordings of this value, the latest first."""


class Vision(Element):
    """The future wanted for customers and society. Horizon 10 years."""

    kind: ClassVar[str] = "vision"
    layer: ClassVar[Layer | None] = Layer.vision
    since: Day | None = None
    horizon_years: int | None = None


class Mission(Element):
    """The means to the vision: mid-term plan, offer, needs met. Horizon 5 to 10 years."""

    kind: ClassVar[str] = "mission"
    layer: ClassVar[Layer | None] = Layer.mission
    since: Day | None = None
    horizon_years: int | None = None


class Need(Element):
    """A need of customers that an offer may meet."""

    kind: ClassVar[str] = "need"
    layer: ClassVar[Layer | None] = Layer.mission
    segments: Refs = ()
    """The segments that have this need."""


class Offer(Element):
    """A product or service sold."""

    kind: ClassVar[str] = "offer"
    layer: ClassVar[Layer | None] = Layer.mission
    meets: Refs = ()
    """The needs that this offer meets."""
    price: str = ""
    """How it is priced, in words."""
