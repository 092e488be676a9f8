"""A finding: the plan or its execution is judged. One sentence of what is wrong, one of what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.text import Text
from gouvernail.plan.model import Layer


class Severity(StrEnum):
    """How grave a finding is, gravest first."""

    blocking = "blocking"
    warning = "warning"
    advice = "advice"


@dataclass(frozen=True)
class Finding:
    """What a rule found on one element.

    `element` is the id of the element judged; for what is missing altogether it is the layer's name.
    `message` uses the element's own words and numbers; `hint` says what to do. `evidence` holds numbers,
    rows and elements by name; `related` the ids of other elements concerned. `money` is what is at stake.
    """

    code: str
    element: str
    severity: Severity
    message: Text
    hint: Text
    evidence: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    money: Money | None = None
    confidence: float = 1.0
    """How sure the rule is, 0 to 1: a matter of fact is 1; words and statistics are less."""
    missing_in: Layer | None = None
    """The layer in which something is missing altogether; None where an element is judged."""

    @property
    def identity(self) -> str:
        """What keeps a finding the same from run to run: its rule and its element (and the pair, where two)."""
        return ":".join((self.code, self.element, *self.related))


@dataclass(frozen=True)
class NotChecked:
    """A rule that lacked its input: it does not pass, and says what would let it look."""

    code: str
    reason: Text
    element: str | None = None
