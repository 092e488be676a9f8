"""What an explanation tells its reader: each driver, what it added, and the actions that move it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.base.units import Direction, Unit
from gouvernail.measurement.explain.explanation import Explanation, Part, Role


class Lag(StrEnum):
    """In what an action falls short."""

    late = "late"
    paused = "paused"
    silent = "silent"
    under_spent = "under_spent"
    less_effective = "less_effective"


@dataclass(frozen=True)
class Shortfall:
    """One thing in which an action falls short, and how much, as a sentence."""

    lag: Lag
    said: Text


@dataclass(frozen=True)
class Mover:
    """An action that moves a driver: it names the metric among its own, or serves an objective on it."""

    action: str
    title: str
    shortfalls: tuple[Shortfall, ...]
    """Empty where it runs as planned."""


@dataclass(frozen=True)
class Driven:
    """One part of an explanation, with its name and its actions."""

    part: Part
    name: Text
    unit: Unit
    better: Direction
    movers: tuple[Mover, ...] = ()


@dataclass(frozen=True)
class Explained:
    """Why a metric moved between two periods, or what stands between it and its target.

    In a `gap`, `period` is the window of the target's own length that ends last, and `against` the one whose
    values drivers without a target are held against.
    """

    kind: Literal["move", "gap"]
    metric: str
    name: Text
    unit: Unit
    better: Direction
    objective: str | None
    period: Period
    against: Period
    found: Explanation | Refusal
    parts: tuple[Driven, ...] = ()

    def title(self, driven: Driven) -> Text:
        """Return how people call a part: the driver's name, or what it tells of its metric."""
        role, named = driven.part.role, {"metric": driven.name}
        if role is Role.driver:
            return driven.name
        if role is Role.rest:
            return Text(self._rest(driven).template, named)
        return Text(_EFFECTS[role].template, {**named, "segment": driven.part.segment or THE_REST})

    def _rest(self, driven: Driven) -> Text:
        """What lies between a formula and its metric: in a gap, what the target asks beyond its drivers' targets, or less."""
        if self.kind == "move":
            return UNTOLD
        wanting = driven.part.before if driven.better is Direction.up else -driven.part.before
        return ASKED_OF_NONE if wanting > 0 else BEYOND if wanting < 0 else UNTOLD


THE_REST = T("the rest")
UNTOLD = T("{metric}: what its formula does not tell")
ASKED_OF_NONE = T("{metric}: asked of none of its drivers")
BEYOND = T("{metric}: asked of its drivers beyond its target")
_EFFECTS = {
    Role.volume: T("{metric}: size of the whole"),
    Role.rate: T("{metric}: rate of “{segment}”"),
    Role.mix: T("{metric}: share of “{segment}”"),
    Role.apart: T("{metric}: “{segment}”, of which no size is known"),
}
