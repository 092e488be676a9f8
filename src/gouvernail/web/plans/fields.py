"""The plan's fields as a page needs them, read from the model: nothing here is written per element.

`fields_of(Objective)` gives one `Field` a field, with its label, its help, the shape of its answer, and the fields within
where it holds records. A field added to the model is in its form without a change here, but for its words.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from gouvernail.base.text import Text
from gouvernail.checks.guide.topics import TOPICS
from gouvernail.plan import references
from gouvernail.plan.model import SECTIONS, Element, Organisation, Record
from gouvernail.plan.model.common import (
    Amount,
    ChannelId,
    Day,
    Figure,
    Link,
    MetricId,
    Positive,
    Share,
    Weight,
)
from gouvernail.web.plans import fieldwords


class Shape(StrEnum):
    """What an answer looks like."""

    line = "line"
    text = "text"
    words = "words"
    """Short texts, one a line."""
    number = "number"
    whole = "whole"
    money = "money"
    share = "share"
    day = "day"
    yes = "yes"
    """Yes or no."""
    maybe = "maybe"
    """Yes, no, or not said."""
    choice = "choice"
    choices = "choices"
    element = "element"
    elements = "elements"
    links = "links"
    """Elements with weights."""
    metric = "metric"
    metrics = "metrics"
    channel = "channel"
    channels = "channels"
    source = "source"
    """A source of the catalogue."""
    table = "table"
    filters = "filters"
    """Column and value, one pair a line."""
    record = "record"
    records = "records"

    @property
    def several(self) -> bool:
        """Whether several things may be chosen."""
        return self in (Shape.choices, Shape.elements, Shape.links, Shape.metrics, Shape.channels)


@dataclass(frozen=True)
class Field:
    """One field of a record. `path` leads to it from the element (`audience.segments`, `tracking.value`)."""

    path: str
    shape: Shape
    label: Text
    help: Text
    required: bool = False
    optional: bool = True
    """Whether it may say nothing (None); a choice with a default may not."""
    default: Any = None
    enumeration: type[Enum] | None = None
    kinds: frozenset[str] = frozenset()
    """Kinds of elements that may be named; empty: any."""
    record: type[Record] | None = None
    inner: tuple[Field, ...] = ()
    basic: bool = False

    @property
    def name(self) -> str:
        """The field's own name."""
        return self.path.rpartition(".")[2]


LONG = frozenset(
    "text example attainable message proof hypothesis result follow_up note lesson relevance creative positioning "
    "decision".split()
)
"""Texts that may take several lines."""
_CATALOGUE_SOURCE = frozenset({("source", "source"), ("tracking_key", "source")})
_NUMBERS: tuple[tuple[Any, Shape], ...] = (
    (Share, Shape.share),
    (Amount, Shape.money),
    (Figure, Shape.number),
    (Positive, Shape.number),
    (Weight, Shape.number),
)


def model_of(section: str) -> type[Record] | None:
    """Return the model of a section's elements; the organisation is one record of its own."""
    return Organisation if section == "organisation" else SECTIONS.get(section)


def kind_of(model: type[Record]) -> str:
    """Return the word under which the model's fields have their labels: `objective`, `tracking_key`."""
    if issubclass(model, Element):
        return model.kind
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in model.__name__).strip("_")


@lru_cache
def fields_of(model: type[Record], path: str = "", owner: type[Record] | None = None) -> tuple[Field, ...]:
    """Return the fields of a model, in its order."""
    hints = get_type_hints(model, include_extras=True)
    of = owner or model
    return tuple(
        _field(of, model, name, info, hints[name], path) for name, info in model.model_fields.items()
    )


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Yield fields and those within them."""
    for one in fields:
        yield one
        yield from every(one.inner)


def _field(
    owner: type[Record], model: type[Record], name: str, info: FieldInfo, hint: Any, path: str
) -> Field:
    kind, where = kind_of(model), f"{path}{name}"
    kinds = _kinds(owner, where)
    enumeration, record = _within(hint, Enum), _within(hint, Record)
    shape = _shape(kind, name, hint, named=kinds is not None)
    of_records = shape in (Shape.record, Shape.records) and record is not None
    return Field(
        path=where,
        shape=shape,
        label=fieldwords.label(kind, name),
        help=fieldwords.help_of(kind, name),
        required=info.is_required() and name != "id",
        optional=type(None) in get_args(hint),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        enumeration=enumeration,
        kinds=kinds or frozenset(),
        record=record if of_records else None,
        inner=fields_of(record, f"{where}.", owner) if of_records and record else (),
        basic=name in _basic(owner) if not path else True,
    )


def _kinds(owner: type[Record], path: str) -> frozenset[str] | None:
    """Return the kinds that the field may name, None where it names no element."""
    if path == "serves":
        return references.ANY
    if path == "owner":
        return frozenset({"person", "team"})
    return references.FIELDS.get(owner, {}).get(path) if issubclass(owner, Element) else None


def _shape(kind: str, name: str, hint: Any, *, named: bool) -> Shape:
    several = _several(hint)
    if _within(hint, Link):
        return Shape.links
    if named:
        return Shape.elements if several else Shape.element
    for alias, one, many in (
        (MetricId, Shape.metric, Shape.metrics),
        (ChannelId, Shape.channel, Shape.channels),
    ):
        if _holds(hint, alias) or _described(hint, alias):
            return many if several else one
    if _within(hint, Enum):
        return Shape.choices if several else Shape.choice
    if _within(hint, Record):
        return Shape.records if several else Shape.record
    return _plain(kind, name, hint, several=several)


def _plain(kind: str, name: str, hint: Any, *, several: bool) -> Shape:
    if get_origin(hint) is dict:
        return Shape.filters
    if _holds(hint, Day):
        return Shape.day
    if _holds(hint, bool):
        return Shape.maybe if type(None) in get_args(hint) else Shape.yes
    if name == "budget":
        return Shape.money
    if several and any(_holds(hint, alias) for alias, _ in _NUMBERS):
        return Shape.words
    for alias, shape in _NUMBERS:
        if _holds(hint, alias):
            return shape
    if _holds(hint, int):
        return Shape.whole
    if (kind, name) in _CATALOGUE_SOURCE:
        return Shape.source
    if (kind, name) == ("table_measure", "table"):
        return Shape.table
    if several:
        return Shape.words
    return Shape.text if name in LONG else Shape.line


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


def _holds(hint: Any, wanted: Any) -> bool:
    return any(part == wanted for part in _parts(hint))


def _described(hint: Any, alias: Any) -> bool:
    """Whether the hint holds items described as `alias` is: pydantic folds nested annotations into one."""
    words = next(part.description for part in get_args(alias) if isinstance(part, FieldInfo))
    return any(isinstance(part, FieldInfo) and part.description == words for part in _parts(hint))


def _within(hint: Any, base: type) -> Any:
    found = (part for part in _parts(hint) if isinstance(part, type) and issubclass(part, base))
    return next(found, None)


def _several(hint: Any) -> bool:
    if get_origin(hint) in (Union, types.UnionType):
        return any(_several(part) for part in get_args(hint))
    if get_origin(hint) is tuple:
        return True
    return bool(get_args(hint)) and hasattr(hint, "__metadata__") and _several(get_args(hint)[0])


@lru_cache
def _basic(model: type[Record]) -> frozenset[str]:
    """The fields shown first: what the guided audit asks, what is compulsory, and the words; all where nothing is asked."""
    section = next((name for name, one in SECTIONS.items() if one is model), "organisation")
    asked = {
        question.field.partition(".")[0]
        for topic in TOPICS
        if topic.section == section
        for question in topic.questions
    }
    always = {name for name, info in model.model_fields.items() if info.is_required()} - {"id"}
    layered = getattr(model, "layer", None) is not None
    linked = {"serves", "owner"} if layered else set()
    if not asked:
        return frozenset(set(model.model_fields) - {"id", "tags", "serves", "owner"} | linked)
    fixed = {name for topic in TOPICS if topic.section == section for name in topic.fixed}
    return frozenset(asked | always | fixed | {"title", "text", "type", "status"} | linked)


def sections() -> Mapping[str, type[Record]]:
    """Return every section whose records have a form."""
    return {**SECTIONS, "organisation": Organisation}
