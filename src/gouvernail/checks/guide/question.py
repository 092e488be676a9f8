"""What a question of the guided audit is. The command line asks it line by line, a web page beside a field."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gouvernail.base.text import Text
from gouvernail.plan.model import Element, Layer, Plan


class Form(StrEnum):
    """What an answer looks like."""

    line = "line"
    words = "words"
    """Several short texts."""
    number = "number"
    share = "share"
    """A percentage, kept as a fraction."""
    day = "day"
    ages = "ages"
    choice = "choice"
    metric = "metric"
    metrics = "metrics"
    channel = "channel"
    channels = "channels"
    element = "element"
    elements = "elements"

    @property
    def several(self) -> bool:
        return self in (Form.words, Form.metrics, Form.channels, Form.elements)


Applies = Callable[[Plan, Element | None], bool]


def always(_plan: Plan, _element: Element | None) -> bool:
    """The question is asked of every element of its topic."""
    return True


@dataclass(frozen=True)
class Question:
    """One question about one field of one element.

    `field` is the path in the element (`scope.segments`; `tracking` takes a campaign name). `weak` and `strong`
    are examples of an answer; `solves` the rules that a good answer may silence. `names` are the sections whose
    elements may be chosen, `choices` the values with their words.
    """

    field: str
    form: Form
    ask: Text
    weak: Text | None = None
    strong: Text | None = None
    solves: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    choices: Mapping[str, Text] = dataclasses.field(default_factory=dict)
    applies: Applies = always


@dataclass(frozen=True)
class Topic:
    """Questions about the elements of one section, asked together.

    `fixed` are fields that every element of the topic has (a SWOT quadrant, an objective's level); `serves` the
    sections above: a new element serves the only element of the first that has any. `most` elements are asked
    for at most, None for as many as the reader wants. `intro` also stands above the section in the plan file.
    """

    id: str
    layer: Layer | None
    section: str
    title: Text
    intro: Text
    questions: tuple[Question, ...]
    fixed: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    serves: tuple[str, ...] = ()
    most: int | None = None

    def elements(self, plan: Plan) -> tuple[Element, ...]:
        """Return the elements of the plan that this topic asks about."""
        if self.section == "organisation":
            return ()
        return tuple(
            element
            for element in getattr(plan, self.section)
            if all(str(getattr(element, name)) == str(value) for name, value in self.fixed.items())
        )
