"""From visit to sale: how many come to each step, and how many go on to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gouvernail.base.outcome import Estimate
from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.model import Bearing, MetricReading
from gouvernail.web.look.charts import ACCENT, INK, PAPER, ChartView

WAYS = (
    ("sessions", "leads", "mql", "sql", "won_deals"),
    ("sessions", "carts", "checkouts", "orders"),
    ("sessions", "leads", "orders"),
    ("sessions", "orders"),
)
"""Steps to a sale, by kind of business; the first way with three known steps (or all of its own) is shown."""
FEWEST = 3


@dataclass(frozen=True)
class Step:
    """One step: how many came, which share of the step before."""

    metric: MetricReading
    count: float
    share: float | None


def steps(bearing: Bearing) -> tuple[Step, ...]:
    """Return the steps of the funnel that the data tell, none where fewer than three are known or one grows."""
    known = {one.id: one for one in bearing.metrics if isinstance(one.value, Estimate)}
    for way in WAYS:
        found = [known[id] for id in way if id in known]
        if len(found) >= min(FEWEST, len(way)) and _narrows(found):
            return tuple(_step(found, i) for i in range(len(found)))
    return ()


def _count(metric: MetricReading) -> float:
    return metric.value.value if isinstance(metric.value, Estimate) else 0.0


def _narrows(found: list[MetricReading]) -> bool:
    counts = [_count(one) for one in found]
    return counts[0] > 0 and all(a >= b for a, b in pairwise(counts))


def _step(found: list[MetricReading], i: int) -> Step:
    before = _count(found[i - 1]) if i else 0.0
    return Step(found[i], _count(found[i]), _count(found[i]) / before if before else None)


def funnel(bearing: Bearing, language: str) -> ChartView | None:
    """Return the funnel with its table, None where too few steps are known."""
    found = steps(bearing)
    if not found:
        return None
    return ChartView(
        id="funnel",
        title=T("From visit to sale"),
        option=_option(found, language),
        headings=(T("Step"), T("How many"), T("Of the step before")),
        rows=tuple(
            (one.metric.name, Number(one.count), Ratio(one.share, 1) if one.share is not None else None)
            for one in found
        ),
        lead=T("How many come to each step in the period; in each bar, the share of the step before. Steps are drawn on a scale of orders of magnitude, so that the last ones can be seen."),
        size="short" if len(found) < 4 else "",
    )  # fmt: skip


def _option(found: tuple[Step, ...], language: str) -> dict[str, Any]:
    widths = [math.log10(one.count + 1) for one in found]
    widest = widths[0]
    # A bar in the middle of its line: what is left of the width stands half before it, half behind.
    before = [(widest - width) / 2 for width in widths]
    bars = [
        {"value": width, "label": {"formatter": _onward(one, language)}}
        for one, width in zip(found, widths, strict=True)
    ]
    return {
        "grid": {"left": 8, "right": 8, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "show": False, "max": widest},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [_label(one, language) for one in found],
            "axisLine": {"show": False},
            "axisLabel": {"color": INK, "lineHeight": 16},
        },
        "series": [
            {"type": "bar", "stack": "way", "silent": True, "itemStyle": {"opacity": 0}, "data": before},
            {
                "type": "bar",
                "stack": "way",
                "barCategoryGap": "12%",
                "itemStyle": {"color": ACCENT},
                "label": {"show": True, "position": "inside", "color": PAPER, "fontWeight": 600},
                "data": bars,
            },
        ],
    }


def _onward(one: Step, language: str) -> str:
    return "" if one.share is None else format_value(Ratio(one.share, 1), language)


def _label(one: Step, language: str) -> str:
    return f"{format_value(one.metric.name, language)}\n{format_value(Number(one.count), language)}"
