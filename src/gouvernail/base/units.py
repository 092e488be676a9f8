"""What a metric counts in."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    money = "money"
    count = "count"
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
