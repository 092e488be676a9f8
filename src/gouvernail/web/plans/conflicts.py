"""Two people on one element: both versions side by side, field by field, and what is made of the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouvernail.base.text import Text
from gouvernail.plan.model import Plan
from gouvernail.web.plans.differences import record_of
from gouvernail.web.plans.fields import fields_of
from gouvernail.web.plans.saying import said

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """One field in which the two versions differ; `mine` and `theirs` are words, `pick` what is proposed."""

    name: str
    label: Text
    mine: Any
    theirs: Any
    before: Any
    pick: str


@dataclass(frozen=True)
class Meeting:
    """Two versions of one element. A version of None took it out."""

    section: str
    element: str
    choices: tuple[Choice, ...]
    mine: Body | None
    theirs: Body | None

    @property
    def gone(self) -> bool:
        """Whether one of the two took the element out: then there is nothing to choose field by field."""
        return self.mine is None or self.theirs is None


def meeting(
    section: str, element: str, mine: Body | None, theirs: Body | None, base: Body | None, plan: Plan
) -> Meeting:
    """Return the fields to choose from. A field that one of the two alone changed is proposed as they wrote it."""
    versions = [record_of(section, element, body) for body in (mine, theirs, base)]
    choices = []
    if mine is not None and theirs is not None:
        model = next(type(one) for one in versions if one is not None)
        for field in fields_of(model):
            ours, other, before = (getattr(one, field.name, field.default) for one in versions)
            if field.name == "id" or ours == other:
                continue
            pick = "theirs" if base is not None and ours == before else "mine"
            mine_, theirs_, before_ = (
                said(field, value, plan, one)
                for value, one in zip((ours, other, before), versions, strict=True)
            )
            choices.append(Choice(field.name, field.label, mine_, theirs_, before_, pick))
    return Meeting(section, element, tuple(choices), mine, theirs)


def chosen(mine: Body, theirs: Body, picks: Mapping[str, str]) -> dict[str, Any]:
    """Return the body that the picks make: field → `mine` or `theirs`. What nobody picked is mine."""
    found: dict[str, Any] = {}
    for name in dict.fromkeys((*theirs, *mine)):
        source = theirs if picks.get(name) == "theirs" else mine
        if name in source:
            found[name] = source[name]
    return found
