"""Explanations on a page: the table of drivers with their actions, then the waterfall. The bearing holds the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.base.outcome import Estimate
from gouvernail.base.text import Text
from gouvernail.bearing.explained import Mover
from gouvernail.bearing.model import Bearing
from gouvernail.report.explaining import Row, Told, of_objective, told
from gouvernail.web.cockpit.charts.waterfall import waterfall
from gouvernail.web.cockpit.links import Links, Ref
from gouvernail.web.look.charts import ChartView

DEEPEST = 6
"""Indents that the style knows."""


@dataclass(frozen=True)
class MoverLine:
    """An action that moves a driver, and in what it falls short."""

    ref: Ref
    said: tuple[Text, ...]


@dataclass(frozen=True)
class DriverLine:
    """One driver of an explanation with its actions."""

    row: Row
    depth: int
    movers: tuple[MoverLine, ...]


@dataclass(frozen=True)
class ExplanationCard:
    """One explanation: table first, waterfall second."""

    told: Told
    lines: tuple[DriverLine, ...]
    chart: ChartView | None


def cards(bearing: Bearing, objective: str, links: Links, language: str) -> tuple[ExplanationCard, ...]:
    """Return the explanations of an objective: why its metric moved, what lacks to its target."""
    found = []
    for one in of_objective(bearing, objective):
        shown = told(one, bearing.currency)
        lines = tuple(
            DriverLine(row, min(row.depth, DEEPEST), tuple(_mover(each, links) for each in row.movers))
            for row in shown.rows
        )
        found.append(ExplanationCard(shown, lines, waterfall(one, bearing.currency, language)))
    return tuple(found)


def _mover(one: Mover, links: Links) -> MoverLine:
    return MoverLine(links.element(one.action), tuple(each.said for each in one.shortfalls))


def formula_of(bearing: Bearing, metric: str) -> str | None:
    """Return the formula that makes a metric: the plan's driver, else what its value was worked out with."""
    drivers = dict(bearing.drivers)
    if metric in drivers:
        return drivers[metric]
    found = next((one for one in bearing.metrics if one.id == metric), None)
    if found is None or not isinstance(found.value, Estimate):
        return None
    words = found.value.options.get("formula")
    return str(words) if words else None
