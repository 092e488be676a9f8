"""Three ways in which demand comes about: made by the channels that people meet early, there before any, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CHANNELS = ("video", "display", "social", "search_generic", "search_brand", "email")
ROUNDS = 6
"""Weeks that are played."""


@dataclass(frozen=True)
class Demand:
    """How people, channels and sales hang together; one number a channel.

    Attributes:
        reach: chance a round to meet the channel, for somebody of the usual intent.
        pull: how that chance grows with intent: with its power `pull`, 0 where everybody is met alike.
        lift: what a meeting adds to somebody's intent, as a part of what it was at first; three meetings count.
        base: chance a round to buy at the usual intent, with no channel.
        spread: how much people's first intent differs (standard deviation of its logarithm).
        value: mean value of a sale.
    """

    reach: tuple[float, ...]
    pull: tuple[float, ...]
    lift: tuple[float, ...]
    base: float = 0.012
    spread: float = 0.8
    value: float = 80.0


DEMANDS: Mapping[str, Demand] = {
    "upper_funnel": Demand(
        reach=(0.12, 0.14, 0.12, 0.06, 0.04, 0.08),
        pull=(0.0, 0.0, 0.0, 1.0, 1.0, 0.3),
        lift=(0.60, 0.45, 0.50, 0.30, 0.10, 0.30),
    ),
    "intent_driven": Demand(
        reach=(0.08, 0.12, 0.10, 0.10, 0.12, 0.10),
        pull=(0.0, 0.0, 0.0, 1.2, 1.5, 0.3),
        lift=(0.55, 0.40, 0.45, 0.25, 0.05, 0.45),
    ),
    "mixed": Demand(
        reach=(0.10, 0.12, 0.12, 0.10, 0.08, 0.10),
        pull=(0.0, 0.0, 0.2, 1.0, 1.2, 0.3),
        lift=(0.45, 0.30, 0.45, 0.45, 0.20, 0.45),
    ),
}
"""In `intent_driven`, brand search is met by those who would have bought anyway: the last touch flatters it."""
