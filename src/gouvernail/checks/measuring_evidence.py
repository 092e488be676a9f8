"""What measured rules read of measurement itself: holes and breaks, untraced conversions, credit, experiments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail.base.money import Money
from gouvernail.base.outcome import Outcome


@dataclass(frozen=True)
class Tracing:
    """Conversions of one kind (lead, order …), and those of them without any source."""

    kind: str
    count: int
    without_source: int
    value: Money | None = None
    value_without_source: Money | None = None


@dataclass(frozen=True)
class SeriesGap:
    """Days without a row within a series that has rows on most days."""

    source: str
    table: str
    account: str
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class SeriesBreak:
    """A level that changes from one day to the next and stays: mean a day over 28 days before and after.

    `column` is a column of the table, or `rows`. Only answers of the market are looked at (visits, key events, organic
    clicks, conversions): what is spent is decided. `docs/methods/level.md` tells how seldom chance makes one.
    """

    source: str
    table: str
    column: str
    day: date
    before: float
    after: float


@dataclass(frozen=True)
class CreditSpread:
    """What attribution models make of one period's sales, where their answers lie furthest apart.

    Attributes:
        conversions: sales that have a path.
        coverage: the part of all sales that has one.
        disagreement: largest part of the credit that changes channel from one model to another.
        channel: the channel whose share differs most.
        low, low_model: the smallest share of the credit that a model gives it, and which.
        high, high_model: the largest.
        spend: of the period on that channel.
    """

    conversions: float
    coverage: float
    disagreement: float
    channel: str
    low: float
    low_model: str
    high: float
    high_model: str
    spend: Money | None = None


@dataclass(frozen=True)
class TrialFacts:
    """One experiment as its figures read today, by the plan's own terms (`bearing.experiments.Trial` in short).

    Attributes:
        id: of the plan; as the files name it where the plan does not know it.
        name: how people call it.
        in_plan: whether the plan knows it.
        last_day: last day of the figures; None where they tell none.
        counts: subjects of each variant, the control first; `expected`: what the planned shares would give.
        odds: chance of a split so far from the plan, where all is well; None where there is nothing to compare.
        split_off: whether that chance is beyond belief.
        seen: subjects in all; `planned`: how many were planned, None where the plan does not say.
        once: whether it is to be read once, at its planned size.
        ended: whether its last day is over.
        best: the variant that shows a gain: worth adopting by its money, else by its effect; None where none does.
        relative: effect of that variant, or of the one ahead, as a share of the control.
        gain: what adopting it brings over `days`, after cost.
    """

    id: str
    name: str
    in_plan: bool = True
    last_day: date | None = None
    counts: tuple[int, ...] = ()
    expected: tuple[float, ...] = ()
    odds: float | None = None
    split_off: bool = False
    seen: int = 0
    planned: int | None = None
    once: bool = True
    ended: bool = False
    best: str | None = None
    relative: Outcome | None = None
    gain: Money | None = None
    days: int | None = None
