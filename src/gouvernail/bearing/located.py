"""Findings where they stand in a plan, what they cost, and the coherence that they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.checks.finding import Finding
from gouvernail.checks.score import Loss
from gouvernail.plan.location import Location
from gouvernail.plan.model import Layer


@dataclass(frozen=True)
class LocatedFinding:
    """A finding, where its element stands, and what it costs the coherence score (0 for measured rules)."""

    finding: Finding
    location: Location | None
    cost: Decimal
    layer: Layer | None
    owner: str | None
    stake: Money | None = None
    """Money at stake: what the rule computed, else the planned money behind the element; None where there is none."""
    worth: Decimal = Decimal(0)
    """What it is worth looking at (see `bearing.worth`), in the organisation's currency."""


@dataclass(frozen=True)
class SetAside:
    """A finding that the plan sets aside: which, why, by whom and when (as far as the plan says)."""

    code: str
    element: str
    reason: str
    by: str = ""
    day: date | None = None
    located: LocatedFinding | None = None


@dataclass(frozen=True)
class Coherence:
    """0 to 100. `losses` sum to 100 − `score`, exactly; `by_layer` gives what is left of each 100/6."""

    score: Decimal
    losses: tuple[Loss, ...]
    by_layer: Mapping[Layer, Decimal]
