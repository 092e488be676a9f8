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


@dataclass(frozen=True)
class Measure:
    """One aggregate over one canonical table: `sum(spend.cost)`, `count_distinct(conversions.person)` …

    `where` keeps rows whose columns have one of the given values. `day` is the column that dates the fact.
    """

    table: str
    how: Literal["sum", "count", "count_distinct", "mean", "weighted_mean", "last"]
    column: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    day: str = "day"
    weight: str | None = None


@dataclass(frozen=True)
class Metric:
    """A metric of the catalogue.

    Exactly one of `measure` (over the tables) and `formula` (over other metrics) says how it is made;
    with neither, its values are typed into the `observations` table.
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
