"""The waterfall of an explanation: from the value before (or the target), what each driver added, to the value now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouvernail.base.render import format_value
from gouvernail.base.text import T, Text
from gouvernail.bearing.explained import Explained
from gouvernail.measurement.explain.explanation import Explanation
from gouvernail.report.explaining import CLOSES, Row, told, top
from gouvernail.report.values import in_unit
from gouvernail.web.cockpit.charts.course import axis_format
from gouvernail.web.look.charts import ACCENT, BAD, GOOD, INK, LINE, MUTED, ChartView

COLOURS = {"good": GOOD, "bad": BAD, "still": MUTED}


def waterfall(one: Explained, currency: str, language: str) -> ChartView | None:
    """Return the waterfall of the drivers right under the metric, with its table; None for a refusal."""
    if not isinstance(one.found, Explanation):
        return None
    rows = top(told(one, currency))
    ends = one.found.before, one.found.now
    first, last = (in_unit(end, one.unit, currency) for end in ends)
    gap = one.kind == "gap"
    names = (T("Target") if gap else one.against, T("Reached") if gap else one.period)
    title = T("{metric}: gap to the target") if gap else T("Why {metric} moved")
    return ChartView(
        id=f"explanation-{one.kind}",
        title=Text(title.template, {"metric": one.name}),
        option=_option(one, rows, names, currency, language),
        headings=(T("Driver"), T("What it added"), T("Value")),
        rows=(
            (names[0], None, first),
            *((row.title, row.added, None) for row in rows),
            (names[1], None, last),
        ),
        lead=CLOSES,
        size="short",
    )


def _bars(
    one: Explained, rows: Sequence[Row], currency: str, language: str
) -> tuple[list[float], list[dict[str, Any]]]:
    """Where each bar begins, and the bars themselves with their labels: before, each driver, now."""
    ends = (one.found.before, one.found.now) if isinstance(one.found, Explanation) else (0.0, 0.0)
    at = ends[0]
    bases, bars = [0.0], [_bar(at, ACCENT, in_unit(at, one.unit, currency), language)]
    for row in rows:
        bases.append(min(at, at + row.amount))
        bars.append(_bar(abs(row.amount), COLOURS[row.tone], row.added, language))
        at += row.amount
    bases.append(0.0)
    bars.append(_bar(ends[1], ACCENT, in_unit(ends[1], one.unit, currency), language))
    return bases, bars


def _option(
    one: Explained, rows: Sequence[Row], ends: tuple[Any, Any], currency: str, language: str
) -> dict[str, Any]:
    names = [format_value(name, language) for name in (ends[0], *(row.title for row in rows), ends[1])]
    bases, bars = _bars(one, rows, currency, language)
    lying = [{**bar, "label": {**bar["label"], "position": "right"}} for bar in bars]
    values = {
        "type": "value",
        "axisLabel": {"formatter": axis_format(one.unit, currency), "hideOverlap": True},
        "splitLine": {"lineStyle": {"color": LINE}},
    }
    return {
        "narrow": {
            "grid": {"left": 4, "right": 64, "top": 4, "bottom": 4, "containLabel": True},
            "xAxis": {**values, "axisLabel": {"show": False}},
            "yAxis": {
                "type": "category",
                "data": names,
                "inverse": True,
                "axisLabel": {"overflow": "break", "width": 90, "lineHeight": 14},
            },
            "series": _series(bases, lying),
        },
        "grid": {"left": 8, "right": 8, "top": 28, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": names,
            "axisLabel": {"interval": 0, "overflow": "break", "width": 110, "lineHeight": 15},
        },
        "yAxis": values,
        "series": _series(bases, bars),
    }


def _series(bases: list[float], bars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"type": "bar", "stack": "way", "silent": True, "itemStyle": {"opacity": 0}, "data": bases},
        {"type": "bar", "stack": "way", "barMaxWidth": 72, "data": bars},
    ]


def _bar(value: float, colour: str, label: Any, language: str) -> dict[str, Any]:
    shown = {"show": True, "position": "top", "color": INK, "formatter": format_value(label, language)}
    return {"value": value, "itemStyle": {"color": colour}, "label": shown}
