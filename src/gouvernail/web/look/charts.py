"""A chart on a page: an ECharts option, and the same numbers as a table for those who cannot or will not look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gouvernail.base.text import Text

INK, MUTED, LINE, EDGE, PAPER, ACCENT, GOOD, WARN, BAD, UNKNOWN = (
    f"var(--{name})"
    for name in ("ink", "muted", "line", "edge", "paper", "accent", "good", "warn", "bad", "unknown")
)
"""Colours of an option: names of the page's own variables, put in by charts.js, so that they follow light and dark."""
SERIES = tuple(f"var(--c{n})" for n in range(1, 7))
"""Colours of series that mean nothing by their colour."""


@dataclass(frozen=True)
class ChartView:
    """One chart: an ECharts option of plain JSON, and its numbers as rows under headings.

    `id` is unique in the page. Formatters are strings ("{b}: {c}") or the name of one that charts.js knows:
    "@money:CHF", "@percent", "@number", "@compact", "@month". `rows` hold typed values (Money, Ratio, dates, Text).
    """

    id: str
    title: Text | str
    option: dict[str, Any]
    headings: tuple[Text | str, ...]
    rows: tuple[tuple[Any, ...], ...]
    lead: Text | str = ""
    size: str = ""
    """`short`, `tall` or nothing."""
    drawn: bool = True
    """False shows the table alone, open."""

    csv: str = ""
    """Address of a file with more than these rows; without one the page makes the file of them."""

    @property
    def option_id(self) -> str:
        """The id of the script that holds the option."""
        return f"{self.id}-option"

    @property
    def description(self) -> Text | str:
        """What is read out in place of the picture; the numbers follow as a table."""
        return self.lead or self.title


def band(low: Sequence[float | None], wide: Sequence[float | None], opacity: float) -> list[dict[str, Any]]:
    """Return two series that nobody sees and the ground between them; `wide` is how far the upper is above `low`."""
    bare = {
        "type": "line",
        "stack": "band",
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "lineStyle": {"opacity": 0},
        "tooltip": {"show": False},
    }
    ground = {"color": ACCENT, "opacity": opacity}
    return [{**bare, "data": low}, {**bare, "data": wide, "areaStyle": ground}]


def side_by_side(names: list[str], series: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the option of lying bars of shares, several beside each name."""
    return {
        "legend": {"top": 0},
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "value",
            "axisLabel": {"formatter": "@percent", "hideOverlap": True},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "yAxis": {
            "type": "category",
            "data": names,
            "inverse": True,
            "axisLabel": {"overflow": "break", "width": 110, "lineHeight": 14},
        },
        "series": series,
    }
