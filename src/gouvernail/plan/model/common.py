"""What every element of the plan has: identity, words, an owner and links upward."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", max_length=80),
    Field(
        description="Stable name of the element, unique in the plan: lower-case letters, digits, hyphens."
    ),
]
Ref = Annotated[str, Field(description="The id of another element of this plan.")]
MetricId = Annotated[
    str, Field(description="The id of a metric of the catalogue or of this plan.")
]
ChannelId = Annotated[
    str,
    Field(description="The id of a channel of the catalogue (`gouvernail channels`)."),
]
Amount = Annotated[
    Decimal,
    Field(
        ge=0, description="An amount in the organisation's currency (or in `currency`)."
    ),
]


class Layer(StrEnum):
    """The six layers of the chain, from the top (S2)."""

    values = "values"
    vision = "vision"
    mission = "mission"
    strategy = "strategy"
    objectives = "objectives"
    execution = "execution"


class Cadence(StrEnum):
    """How often something recurs."""

    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"
    quarterly = "quarterly"
    half_yearly = "half_yearly"
    yearly = "yearly"

    @property
    def days(self) -> int:
        """The longest gap, in days, that still keeps the cadence."""
        return {
            "daily": 1,
            "weekly": 7,
            "monthly": 31,
            "quarterly": 92,
            "half_yearly": 184,
            "yearly": 366,
        }[self.value]


class Record(BaseModel):
    """Anything written in a plan: unknown fields are faults, values do not change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True
    )


class Link(Record):
    """A link upward: the element served and its weight among the parents."""

    id: Ref
    weight: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    """Share of this element that goes to that parent, relative to the other weights."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_links(value: Any) -> Any:
    if isinstance(value, str):
        return [{"id": value}]
    if isinstance(value, dict) and "id" not in value:
        return [{"id": id, "weight": weight} for id, weight in value.items()]
    if isinstance(value, list | tuple):
        return [{"id": item} if isinstance(item, str) else item for item in value]
    return value


Links = Annotated[tuple[Link, ...], BeforeValidator(_as_links)]
Words = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Refs = Annotated[tuple[Ref, ...], BeforeValidator(_as_list)]


class Element(Record):
    """One element of the plan."""

    kind: ClassVar[str]
    """Singular name of the kind, e.g. `objective`."""
    layer: ClassVar[Layer | None] = None
    """The layer of the chain it belongs to, None for what stands around the chain."""

    id: Id
    title: str = ""
    """A few words: how people name this element."""
    text: str = ""
    """One to three sentences that say it in full."""
    owner: Ref | None = None
    """The person accountable for this element."""
    serves: Links = ()
    """The elements above that this one serves: an id, a list of ids, or ids with weights."""
    tags: Words = ()
    """Free labels, to group and filter by."""

    @property
    def name(self) -> str:
        """How a sentence names this element: its title, or its id where there is none."""
        return self.title or self.id
