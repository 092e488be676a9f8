"""What the pages of geo tests show: figures, the picture of sold beside expected, the tests of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gouvernail.base.render import format_value
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.bearing.geo import GeoRead
from gouvernail.bearing.geo_choosing import Chosen
from gouvernail.plan.model import Experiment, Plan
from gouvernail.report import geo as told
from gouvernail.web.look.charts import ACCENT, LINE, MUTED, ChartView, band
from gouvernail.web.look.parts import Figure, Tone

PROPOSALS = (
    T("Duration"), T("Markets"), T("Treated"), T("Smallest effect"), T("To be found"), T("Chance"), T("Sales in the test"),
    T("Cost it repays"), T("False alarms"), T("Recommended"), T("Note"),
)  # fmt: skip
DAYS = (T("Day"), T("Sold"), T("Expected"), T("Expected, low"), T("Expected, high"))
HEAVIEST = 12


@dataclass(frozen=True)
class PlannedRow:
    """A geo test of the plan."""

    id: str
    name: str
    markets: list[str]
    start: date | None
    end: date | None
    url: str
    over: bool


def planned(plan: Plan, slug: str, today: date) -> tuple[PlannedRow, ...]:
    """Return the geo tests of the plan, the latest first."""
    rows = [
        PlannedRow(
            one.id,
            one.name,
            list(one.markets),
            one.start,
            one.end,
            _read_url(slug, one.id),
            one.end is not None and one.end < today,
        )
        for one in plan.experiments
        if one.markets
    ]
    return tuple(sorted(rows, key=lambda row: (row.start or date.min, row.id), reverse=True))


def read_url(plan: Plan, slug: str, id: str) -> str:
    """Return where a geo test of the plan is read; nothing for any other experiment."""
    return _read_url(slug, id) if of_plan(plan, id) else ""


def _read_url(slug: str, id: str) -> str:
    return f"{reverse('geo-read', args=[slug])}?{urlencode({'experiment': id})}"


def of_plan(plan: Plan, id: str) -> Experiment | None:
    """Return a geo test of the plan."""
    return next((one for one in plan.experiments if one.id == id and one.markets), None)


def money_known(found: GeoRead) -> bool:
    """Whether effect and cost can be told in money."""
    return bool(found.ask.worth.currency)


def figures(found: GeoRead) -> tuple[Figure, ...]:
    """Return the figures of a test, those in money where money is known."""
    shown = told.figures(found)
    if not money_known(found):
        shown = (*shown[:2], shown[-1])
    tones: dict[int, Tone] = {len(shown) - 2: tone(found)} if money_known(found) else {}
    return tuple(
        Figure(
            title=one.name,
            value=one.value,
            sub="" if one.low is None else T("{low} to {high}", low=one.low, high=one.high),
            refusal=one.refusal,
            tone=tones.get(place, ""),
        )
        for place, one in enumerate(shown)
    )


def tone(found: GeoRead) -> Tone:
    """Return the tone of the verdict."""
    tones: dict[str, Tone] = {"good": "good", "bad": "bad", "warn": "warn", "unknown": "unknown"}
    return tones[told.TONES[found.decision.verdict]]


def weights(found: GeoRead) -> tuple[tuple[str, Ratio], ...]:
    """Return the markets that count most in the comparison."""
    return told.weights(found)[:HEAVIEST]


def days(found: GeoRead) -> Iterator[tuple[Any, ...]]:
    """Return day, sold, expected and the edges of the band."""
    for day, *values, _ in told.periods(found):
        yield (day, *values)


def picture(found: GeoRead, language: str, title: Text, lead: Text) -> ChartView | None:
    """Return what was sold beside what was expected, period by period; None where nothing was read."""
    shown = found.shown
    if shown is None:
        return None
    rows = tuple(days(found))
    cells = [[None if one is None else one.value for one in row[1:]] for row in rows]
    sold, expected, low, high = (list(column) for column in zip(*cells, strict=True))
    said = [format_value(day, language) for day in found.days]
    return ChartView(
        id="counterfactual",
        title=title,
        lead=lead,
        option=_option(said, (sold, expected, low, high), shown.start, found, language),
        headings=DAYS,
        rows=rows,
    )


def _option(
    said: list[str], columns: tuple[list[Any], ...], start: int, found: GeoRead, language: str
) -> dict[str, Any]:
    names = [format_value(text, language) for text in (T("Sold"), T("Expected without the action"))]
    worth = found.ask.worth
    formatter = f"@money:{worth.currency}" if worth.currency and worth.one == 1 else "@number"
    return {
        "legend": {"data": names, "bottom": 0, "itemWidth": 32},
        "tooltip": {"trigger": "axis", "valueFormatter": formatter},
        "grid": {"left": 8, "right": 16, "top": 24, "bottom": 40, "containLabel": True},
        "xAxis": {"type": "category", "data": said, "boundaryGap": False, "axisLabel": {"hideOverlap": True}},
        "yAxis": {
            "type": "value",
            "scale": True,
            "axisLabel": {"formatter": formatter},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "series": _series(columns, names, {"xAxis": said[start]}, {"xAxis": said[-1]}),
    }


def _series(
    columns: tuple[list[Any], ...], names: list[str], first: dict[str, str], last: dict[str, str]
) -> list[dict[str, Any]]:
    """The band, the expected line with the test shaded, and what was sold."""
    sold, expected, low, high = columns
    wide = [None if a is None or b is None else round(b - a, 6) for a, b in zip(low, high, strict=True)]
    line = {"type": "line", "symbol": "none", "connectNulls": False}
    shaded = {"silent": True, "itemStyle": {"color": MUTED, "opacity": 0.08}, "data": [[first, last]]}
    return [
        *band(low, wide, 0.18),
        {
            **line,
            "name": names[1],
            "data": expected,
            "lineStyle": {"type": [5, 4], "width": 1.5, "color": MUTED},
            "itemStyle": {"color": MUTED},
            "markArea": shaded,
        },
        {
            **line,
            "name": names[0],
            "data": sold,
            "lineStyle": {"width": 2, "color": ACCENT},
            "itemStyle": {"color": ACCENT},
        },
    ]


def proposal_cells(found: Chosen) -> Iterator[tuple[Any, ...]]:
    """Return the proposals as rows of a table for spreadsheets."""
    for row in told.proposal_rows(found):
        markets = ", ".join(row.markets) if row.markets else ""
        yield (
            row.days or row.length, row.count, markets, row.effect, row.wanted, row.power, row.sales, row.pays, row.alarms,
            T("yes") if row.best else "", row.refusal,
        )  # fmt: skip


def into_plan(found: Chosen, slug: str, today: date) -> str:
    """Return the address of a new experiment of the plan, filled with the recommended test; it starts on a Monday."""
    best = found.best
    if best is None or best.split is None:
        return ""
    start = today + timedelta(days=7 - today.weekday())
    said = [
        ("title", " + ".join(best.split.treated)[:80]),
        ("start", start.isoformat()),
        ("end", (start + timedelta(days=best.days - 1)).isoformat()),
        *(("markets", name) for name in best.split.treated),
    ]
    return f"{reverse('element-new', args=[slug, 'experiments'])}?{urlencode(said)}"
