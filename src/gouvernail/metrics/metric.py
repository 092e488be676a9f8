"""What a metric is. The catalogue is data: one `Metric` each, in `metrics/kpis/<family>.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from gouvernail.base.text import Text
from gouvernail.base.units import Direction, Unit


class Funnel(StrEnum):
    """Layer of the funnel."""

    awareness = "awareness"
    consideration = "consideration"
    decision = "decision"
    retention = "retention"
    advocacy = "advocacy"


class Reader(StrEnum):
    """For whom a metric is."""

    management = "management"
    marketing = "marketing"
    sales = "sales"


How = Literal[
    "sum",
    "count",
    "count_distinct",
    "mean",
    "weighted_mean",
    "last",
    "single",
    "count_first",
    "open_at_end",
    "nps",
    "influenced",
    "months",
]
"""sum · count (rows) · count_distinct · mean · weighted_mean (by `weight`) · last (latest value) ·
single (the value of the only row; several rows do not add up, and are refused) ·
count_first (distinct values seen for the first time in the period) ·
open_at_end (sum over deals neither won nor lost at the end of the period) ·
influenced (sum over people whom a marketing touch reached in the 90 days before) ·
nps (promoters 9–10 minus detractors 0–6, in points) · months (length of the period, no table)"""


@dataclass(frozen=True)
class Measure:
    """One aggregate over one canonical table: `sum(spend.cost)`, `count_distinct(conversions.person)` …

    `where` keeps rows whose columns have one of the given values; `without` drops them, and drops
    rows where the column is empty too. `day` is the column that dates the fact (`day` where it is empty).
    `since`: the quantity is the time from that column to `column`, in days (dates) or hours (instants).
    `at_most` keeps rows whose columns do not exceed a number.
    `record` names what must come from one source of record only: `revenue`, `leads`, `web`, or our own `domain`.
    """

    table: str
    how: How
    column: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    day: str = "day"
    weight: str | None = None
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str | None = None
    at_most: tuple[tuple[str, float], ...] = ()
    record: str | None = None

    def __str__(self) -> str:
        words = f"{self.how}({self.table}.{self.column})" if self.column else f"{self.how}({self.table})"
        parts = [f"{name} in {'|'.join(kept)}" for name, kept in self.where]
        parts += [f"{name} not in {'|'.join(out)}" for name, out in self.without]
        parts += [f"{name} <= {limit:g}" for name, limit in self.at_most]
        return f"{words} where {' and '.join(parts)}" if parts else words


@dataclass(frozen=True)
class Metric:
    """A metric of the catalogue.

    `measure` (over the tables) or `formula` (over other metrics) says how it is made; with both, the
    formula stands in where no source brings what the measure needs; with neither, its values are typed into the `observations` table. `otherwise` are further measures,
    tried in order where no source has ever brought what the one before needs: never added to it.
    """

    id: str
    name: Text
    meaning: Text
    unit: Unit
    family: Literal["business", "marketing", "digital", "plan"]
    better: Direction = Direction.up
    additive: bool = True
    measure: Measure | None = None
    formula: str | None = None
    funnel: Funnel | None = None
    readers: tuple[Reader, ...] = (Reader.marketing,)
    vanity: bool = False
    parents: tuple[str, ...] = field(default=())
    """Usual parents in the driver tree."""
    otherwise: tuple[Measure, ...] = ()
    share: bool = False
    """A part of a whole: above 1 the two are not of the same people, and the value is refused."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measure and what stands in for it, in order of preference."""
        return (*((self.measure,) if self.measure else ()), *self.otherwise)
