"""Reading a form: what was posted → the body of an element, and what could not be read, beside its field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from gouvernail.base.errors import UsageError
from gouvernail.base.text import Text
from gouvernail.plan import wording
from gouvernail.plan.faults import whole
from gouvernail.plan.model import Element, Record
from gouvernail.web.plans import typed
from gouvernail.web.plans.fields import Field, Shape, fields_of, sections
from gouvernail.web.plans.store import short

MOST_ROWS = 200
"""Rows of one field that are read at most."""


@dataclass(frozen=True)
class Draft:
    """What a form says. `record` is None where the model does not take it; `body` is its short form then as now."""

    body: dict[str, Any]
    record: Record | None
    faults: Mapping[str, Text] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    """Path → what was typed, where it could not be read."""

    @property
    def ok(self) -> bool:
        """Whether it can be kept."""
        return self.record is not None and not self.faults


def read(section: str, id: str, data: QueryDict) -> Draft:
    """Return what the posted form says of the element."""
    model = sections()[section]
    reader = _Reader(data)
    body = reader.record(tuple(one for one in fields_of(model) if one.name != "id"), "")
    record, faults = validated(model, id, body)
    all_faults = {**faults, **reader.faults}
    if record is not None and not reader.faults:
        body = short(record)
        body.pop("id", None)
    return Draft(body, record, all_faults, reader.typed)


def validated(model: type[Record], id: str, body: Mapping[str, Any]) -> tuple[Record | None, dict[str, Text]]:
    """Return the record that a body makes, or what the model says against it, by path."""
    data = {"id": id, **body} if issubclass(model, Element) else dict(body)
    try:
        return model.model_validate(data), {}
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, {".".join(map(str, one["loc"])): whole(*wording.say(one)) for one in reversed(details)}


class _Reader:
    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.faults: dict[str, Text] = {}
        self.typed: dict[str, str] = {}

    def record(self, fields: tuple[Field, ...], path: str, shown: str | None = None) -> dict[str, Any]:
        """Read fields posted under `path`; faults are told under `shown`, where rows have moved up."""
        shown = path if shown is None else shown
        found: dict[str, Any] = {}
        for one in fields:
            value = self._value(one, f"{path}{one.name}", f"{shown}{one.name}")
            if value is not None:
                found[one.name] = value
        return found

    def _value(self, one: Field, path: str, shown: str) -> Any:
        match one.shape:
            case Shape.record:
                before = len(self.faults)
                row = self.record(one.inner, f"{path}.", f"{shown}.")
                return row if len(self.faults) > before or not _blank(one, row) else None
            case Shape.records:
                return self._rows(one, path, shown) or None
            case Shape.links:
                return self._links(path, shown) or None
            case shape if shape.several:
                return list(dict.fromkeys(filter(None, self.data.getlist(path)))) or None
            case _:
                return self._single(one, path, shown)

    def _single(self, one: Field, path: str, shown: str) -> Any:
        words = self.data.get(path, "")
        try:
            return typed.parse(one, words)
        except UsageError as fault:
            self.faults[shown], self.typed[shown] = fault.message, words
            return None

    def _rows(self, one: Field, path: str, shown: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for n in self._numbers(path):
            before = len(self.faults)
            row = self.record(one.inner, f"{path}.{n}.", f"{shown}.{len(found)}.")
            if len(self.faults) > before or not _blank(one, row):
                found.append(row)
        return found

    def _numbers(self, path: str) -> list[int]:
        pattern = re.compile(re.escape(path) + r"\.(\d{1,6})\.")
        return sorted({int(hit[1]) for name in self.data if (hit := pattern.match(name))})[:MOST_ROWS]

    def _links(self, path: str, shown: str) -> list[dict[str, Any]]:
        return list(self._each_link(path, shown))

    def _each_link(self, path: str, shown: str) -> Iterator[dict[str, Any]]:
        for id in dict.fromkeys(filter(None, self.data.getlist(path))):
            words = self.data.get(f"{path}.weight.{id}", "")
            try:
                weight = typed.parse(_WEIGHT, words)
            except UsageError as fault:
                self.faults[shown], self.typed[f"{shown}.weight.{id}"] = fault.message, words
                weight = None
            yield {"id": id} if weight is None else {"id": id, "weight": weight}


def _blank(one: Field, row: Mapping[str, Any]) -> bool:
    """Whether nothing was said: a choice that stands as it stood says nothing."""
    usual = {inner.name: str(inner.default) for inner in one.inner if inner.shape is Shape.choice}
    return all(str(value) == usual.get(name) for name, value in row.items())


_WEIGHT = Field("weight", Shape.number, Text(""), Text(""))
