"""The stages of the customer’s journey (S4), in order, with the names that sentences use."""

from __future__ import annotations

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Stage

STAGES: dict[Stage, Text] = {
    Stage.awareness: T("awareness"),
    Stage.consideration: T("consideration"),
    Stage.decision: T("decision"),
    Stage.retention: T("retention"),
    Stage.advocacy: T("advocacy"),
}
"""Stage → its name, from the first meeting to recommendation."""


def steps(one: Stage, other: Stage) -> int:
    """Return how many stages lie between two, 0 for the same."""
    order = list(STAGES)
    return abs(order.index(one) - order.index(other))
