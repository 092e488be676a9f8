"""What a metric counts in."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    money = "money"
    # `str` has a method of that name, which nobody calls on a unit.
    count = "count"  # type: ignore[assignment]
    ratio = "ratio"
    days = "days"
    hours = "hours"
    months = "months"
    score = "score"
    position = "position"
    multiple = "multiple"


class Direction(StrEnum):
    """Which way is better."""

    up = "up"
    down = "down"
