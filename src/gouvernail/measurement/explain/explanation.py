"""Why a metric moved, as told: the explanation and its parts, every part under what it is a part of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gouvernail.base.outcome import Refusal

METHOD = "explain"


class Role(StrEnum):
    """What a part is: a driver of a formula, what the formula does not tell, or an effect of segments."""

    driver = "driver"
    rest = "rest"
    volume = "volume"
    rate = "rate"
    mix = "mix"
    apart = "apart"


@dataclass(frozen=True)
class Part:
    """What one driver added to the root's move, in the root's unit.

    `of` is the metric that it is a part of, at `depth` − 1. `before` and `now` are its own values (of a
    `rest`: what the formula lacks at either end). `lowest` parts are not broken down further, and add up to the whole move.
    A metric that several formulas name is a part of each, and taken apart under each: what it added that way. (In trees of
    more than `tree.MOST_PARTS` ways its parts stand once, under the first, with what they added by all ways together.)
    """

    metric: str
    of: str
    role: Role
    depth: int
    before: float
    now: float
    added: float
    lowest: bool
    segment: str = ""
    note: Refusal | None = None
    """Why a metric with a formula is not broken down."""


@dataclass(frozen=True)
class Explanation:
    """How `root` went from `before` to `now`: its parts, every part under what it is a part of, in reading order."""

    root: str
    before: float
    now: float
    parts: tuple[Part, ...]
    method: str = METHOD
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def move(self) -> float:
        """The whole move."""
        return self.now - self.before

    @property
    def lowest(self) -> tuple[Part, ...]:
        """The parts that nothing breaks down further; they add up to the move."""
        return tuple(part for part in self.parts if part.lowest)

    def under(self, metric: str) -> tuple[Part, ...]:
        """Return the parts right under a metric; those of the root add up to the move."""
        return tuple(part for part in self.parts if part.of == metric)

    def added(self, metric: str) -> float:
        """Return what a metric added in all, by every way that it has to the root."""
        return math.fsum(
            part.added for part in self.parts if (part.metric, part.role) == (metric, Role.driver)
        )
