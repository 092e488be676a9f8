"""What every element of the plan has: identity, words, an owner and links upward."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", max_length=80),
    Field(description="Stable name of the element, unique in the plan: lower-case letters, digits, hyphens."),
]
Ref = Annotated[str, Field(description="The id of another element of this plan.")]
MetricId = Annotated[str, Field(description="The id of a metric of the catalogue or of this plan.")]
ChannelId = Annotated[
    str,
    Field(description="The id of a channel of the catalogue (`gouvernail channels`)."),
]

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _plain(value: Decimal) -> Decimal:
    """One spelling a number: 1.50 and 1.5, 1e3 and 1000 are the same plan."""
    short = value.normalize()
    if short.as_tuple().exponent > 0:  # type: ignore[operator]  # finite, checked before
        return short.quantize(Decimal(1))
    return short if short else Decimal(0)


def _iso_day(value: Any) -> Any:
    # Left to itself pydantic reads "2026" as seconds since 1970.
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value.strip())):
        return value
    raise PydanticCustomError("day", "not a day")


# Twenty digits are more than any amount or rate needs, and keep 1e999999999 out of the arithmetic.
Figure = Annotated[Decimal, Field(max_digits=20), AfterValidator(_plain)]
Positive = Annotated[Decimal, Field(ge=0, max_digits=20), AfterValidator(_plain)]
Share = Annotated[Decimal, Field(ge=0, le=1, max_digits=20), AfterValidator(_plain)]
Weight = Annotated[Decimal, Field(gt=0, max_digits=20), AfterValidator(_plain)]
Day = Annotated[date, BeforeValidator(_iso_day, json_schema_input_type=date)]
Amount = Annotated[
    Decimal,
    Field(
        ge=0,
        max_digits=20,
        description="An amount in the organisation's currency (or in `currency`).",
    ),
    AfterValidator(_plain),
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

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Link(Record):
    """A link upward: the element served and its weight among the parents."""

    id: Ref
    weight: Weight = Decimal(1)
    """Share of this element that goes to that parent, relative to the other weights."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_links(value: Any) -> Any:
    if isinstance(value, str):
        return [{"id": value}]
    if isinstance(value, dict) and "id" not in value:
        return [{"id": id, "weight": weight} for id, weight in value.items()]
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list | tuple):
        return [{"id": item} if isinstance(item, str) else item for item in value]
    return value


# The input types are what the JSON Schema offers: the short forms stand beside the full ones.
Links = Annotated[
    tuple[Link, ...],
    BeforeValidator(_as_links, json_schema_input_type=Ref | list[Ref | Link] | dict[str, Weight] | Link),
]
_OneOrMore = BeforeValidator(_as_list, json_schema_input_type=str | list[str])
Words = Annotated[tuple[str, ...], _OneOrMore]
Refs = Annotated[
    tuple[Ref, ...],
    BeforeValidator(_as_list, json_schema_input_type=Ref | list[Ref]),
]
MetricIds = Annotated[
    tuple[MetricId, ...],
    BeforeValidator(_as_list, json_schema_input_type=MetricId | list[MetricId]),
]
ChannelIds = Annotated[
    tuple[ChannelId, ...],
    BeforeValidator(_as_list, json_schema_input_type=ChannelId | list[ChannelId]),
]


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
