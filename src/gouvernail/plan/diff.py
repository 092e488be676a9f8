"""What changed between two plans: elements added and removed, fields with their old and new values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gouvernail.base.text import T, Text
from gouvernail.plan.model import SECTIONS, Element, Plan, Record


class ChangeKind(StrEnum):
    """What happened to an element or a field."""

    added = "added"
    removed = "removed"
    changed = "changed"


@dataclass(frozen=True)
class Change:
    """One difference. `element` is an id, or the name of a part that is no element (`organisation`, `rules`).

    Without `field` the whole element came or went: `new` or `old` is the element. With `field` its value
    went from `old` to `new`.
    """

    kind: ChangeKind
    section: str
    element: str
    field: str | None = None
    old: Any = None
    new: Any = None

    @property
    def message(self) -> Text:
        """What changed, in words."""
        if self.field is None and self.kind is ChangeKind.added:
            return T("“{element}” was added to {section}.", element=self.new.name, section=self.section)
        if self.field is None:
            return T("“{element}” was removed from {section}.", element=self.old.name, section=self.section)
        return T(
            "{field} of “{element}” went from {old} to {new}.",
            field=self.field,
            element=self.element,
            old=_shown(self.old),
            new=_shown(self.new),
        )


def diff(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Return the changes from `old` to `new`, in the order of the plan's sections.

    Elements are the same when section and id are; their order does not count.
    """
    return tuple(_changes(old, new))


def _changes(old: Plan, new: Plan) -> Iterator[Change]:
    for name in Plan.model_fields:
        if name in SECTIONS:
            yield from _elements(name, getattr(old, name), getattr(new, name))
        elif isinstance(getattr(old, name), Record):
            yield from _fields(name, name, getattr(old, name), getattr(new, name))
        elif getattr(old, name) != getattr(new, name):
            yield Change(ChangeKind.changed, name, name, name, getattr(old, name), getattr(new, name))


def _elements(section: str, old: tuple[Element, ...], new: tuple[Element, ...]) -> Iterator[Change]:
    before = {element.id: element for element in old}
    after = {element.id: element for element in new}
    for id, element in before.items():
        if id not in after:
            yield Change(ChangeKind.removed, section, id, old=element)
        else:
            yield from _fields(section, id, element, after[id])
    for id, element in after.items():
        if id not in before:
            yield Change(ChangeKind.added, section, id, new=element)


def _fields(section: str, element: str, old: Record, new: Record) -> Iterator[Change]:
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(ChangeKind.changed, section, element, name, before, after)


def _shown(value: Any) -> Any:
    """`value` for a sentence: what formats itself stays, the rest as the plan writes it."""
    if value is None or value in ("", ()):
        return T("nothing")
    if isinstance(value, tuple):
        return tuple(str(getattr(item, "id", item)) for item in value)
    if isinstance(value, Record):
        return value.model_dump_json(exclude_defaults=True)
    return value
