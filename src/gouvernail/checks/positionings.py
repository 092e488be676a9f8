"""Which positioning an action stands under: the chain above it, its value proposition and its segments."""

from __future__ import annotations

from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, Positioning, Tier

TIERS = list(Tier)
"""Tiers from entry-level to luxury."""


def positionings_of(index: Index, action: Action) -> tuple[Positioning, ...]:
    """Return the positionings with a tier that `action` stands under.

    All of them where they share one tier; else those that the action, its value proposition or its segments serve,
    directly or not. Empty where none can be told.
    """
    known = [one for one in index.plan.positionings if one.tier]
    if len(known) == len(index.plan.positionings) and len({one.tier for one in known}) < 2:
        return tuple(known)
    starts = [action.id, *action.audience.segments]
    above = index.above([*starts, action.value_proposition] if action.value_proposition else starts)
    return tuple(one for one in known if one.id in above)


def gap(tier: Tier, positioning: Positioning) -> int:
    """Return how many tiers `tier` lies above (+) or below (−) the positioning."""
    return TIERS.index(tier) - TIERS.index(positioning.tier or tier)
