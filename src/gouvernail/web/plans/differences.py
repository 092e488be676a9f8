"""Two states of an element or of the plan side by side, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gouvernail.base.text import T, Text, verbatim
from gouvernail.plan.diff import ChangeKind
from gouvernail.plan.model import SECTIONS, Element, Organisation, Plan, Record
from gouvernail.web.plans.choicewords import KINDS
from gouvernail.web.plans.choicewords import SECTIONS as SECTION_NAMES
from gouvernail.web.plans.fields import Field, fields_of, model_of
from gouvernail.web.plans.reading import validated
from gouvernail.web.plans.saying import said
from gouvernail.web.plans.wording import Stretch, difference


@dataclass(frozen=True)
class FieldMove:
    """One field that differs. `old` and `new` are words for `|say`, None for nothing."""

    name: str
    label: Text
    old: Any
    new: Any

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Both as one text with what changed; empty where they are easier to read side by side."""
        return difference(self.old, self.new)

    @property
    def listed(self) -> bool:
        """Whether both are lists, told line by line."""
        return isinstance(self.old, tuple) and isinstance(self.new, tuple)


@dataclass(frozen=True)
class ElementMove:
    """What happened to one element: it came, it went, or fields of it changed."""

    section: str
    element: str
    name: str
    kind: ChangeKind
    fields: tuple[FieldMove, ...] = ()
    title: Text = field(default_factory=lambda: T("Element"))
    """What it is: the name of its kind, or of its part of the plan."""

    @property
    def there(self) -> bool:
        """Whether it has a page."""
        return self.section in SECTIONS and self.kind is not ChangeKind.removed


def field_moves(before: Record | None, after: Record | None, old: Plan, new: Plan) -> tuple[FieldMove, ...]:
    """Return the fields in which two states of one element differ."""
    there = after or before
    if there is None:
        return ()
    found = []
    for one in fields_of(type(there)):
        was, now = _value(before, one), _value(after, one)
        if one.name != "id" and was != now:
            found.append(
                FieldMove(one.name, one.label, said(one, was, old, before), said(one, now, new, after))
            )
    return tuple(move for move in found if move.old is not None or move.new is not None)


def move_of(
    section: str,
    id: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    kind: ChangeKind,
    names: Plan,
) -> ElementMove:
    """Return what happened to one element, told by its two bodies; `names` knows the elements that they name."""
    if section not in SECTIONS and section != "organisation":
        return ElementMove(
            section, id, "", kind, tuple(_parts(section, old or {}, new or {})), title_of(section)
        )
    before, after = (record_of(section, id, body) for body in (old, new))
    if section == "organisation":
        before, after = before or Organisation(), after or Organisation()
    fields = () if kind is ChangeKind.removed else field_moves(before, after, names, names)
    named = next((one.name for one in (after, before) if isinstance(one, Element)), "")
    return ElementMove(section, id, named, kind, fields, title_of(section))


def _parts(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldMove]:
    """What differs of a part that is no element: renamed words, rules set aside or tuned, a day."""
    for name in {**old, **new}:
        was, now = (_shown(_frozen(body.get(name))) for body in (old, new))
        if was != now:
            label = title_of(section) if section != "vocabulary" else verbatim(name)
            yield FieldMove(name, label, was, now)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def record_of(section: str, id: str, body: Mapping[str, Any] | None) -> Record | None:
    """Return the record that a body makes, None for no body."""
    model = model_of(section)
    return validated(model, id, body)[0] if model is not None and body is not None else None


def title_of(section: str) -> Text:
    """Return what an element of a section is called."""
    model = SECTIONS.get(section)
    if model is not None:
        return KINDS[model.kind]
    return SECTION_NAMES.get(section, verbatim(section))


def _value(record: Record | None, one: Field) -> Any:
    return one.default if record is None else getattr(record, one.name)


def _shown(value: Any) -> Any:
    """What is no element, as words: renamed words, rules set aside or tuned, a day."""
    if value in (None, (), {}, ""):
        return None
    if isinstance(value, Mapping):
        return tuple(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    return value


def _plain(value: Any) -> str:
    if isinstance(value, Record):
        return _plain(value.model_dump(mode="json", exclude_defaults=True))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return str(value)
