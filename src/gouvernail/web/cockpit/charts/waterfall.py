"""The waterfall of an explanation: from the value before, what each part added, to the value now."""

from __future__ import annotations

from typing import Any

from gouvernail.base.periods import Period
from gouvernail.base.render import format_value
from gouvernail.base.text import T, Text
from gouvernail.base.units import Direction
from gouvernail.report.values import change, in_unit
from gouvernail.web.cockpit.charts.course import axis_format
from gouvernail.web.cockpit.explain import Explanation
from gouvernail.web.look.charts import ACCENT, BAD, GOOD, INK, LINE, ChartView


def waterfall(told: Explanation, previous: Period, period: Period, currency: str, language: str) -> ChartView:
    """Return the waterfall with its table."""
    unit = told.metric.unit
    rows: list[tuple[Any, ...]] = [(previous, None, None, in_unit(told.before, unit, currency))]
    for part in told.parts:
        words = change(part.now, part.before, part.metric.unit, currency) if part.before else None
        rows.append((part.metric.name, words, _signed(part.added, told, currency), None))
    rows.append((period, None, None, in_unit(told.now, unit, currency)))
    return ChartView(
        id="explanation",
        title=T("Why {metric} moved", metric=told.metric.name),
        option=_option(told, previous, period, currency, language),
        headings=(T("Part"), T("Its own move"), T("What that added"), T("Value")),
        rows=tuple(rows),
        lead=T("From the period before to this one: what the move of each part added. The parts add up to the whole move, exactly."),
        size="short",
    )  # fmt: skip


def _signed(value: float, told: Explanation, currency: str) -> Text:
    size = in_unit(abs(value), told.metric.unit, currency)
    return T("+{amount}", amount=size) if value >= 0 else T("−{amount}", amount=size)


def _steps(told: Explanation, currency: str, language: str) -> tuple[list[float], list[dict[str, Any]]]:
    """Where each bar begins, and the bars themselves with their labels: before, each part, now."""
    bases, bars, labels, at = (
        [0.0],
        [_bar(told.before, ACCENT)],
        [in_unit(told.before, told.metric.unit, currency)],
        told.before,
    )
    up = GOOD if told.metric.better is Direction.up else BAD
    down = BAD if told.metric.better is Direction.up else GOOD
    for part in told.parts:
        bases.append(min(at, at + part.added))
        bars.append(_bar(abs(part.added), up if part.added >= 0 else down))
        labels.append(_signed(part.added, told, currency))
        at += part.added
    bases.append(0.0)
    bars.append(_bar(told.now, ACCENT))
    labels.append(in_unit(told.now, told.metric.unit, currency))
    for bar, label in zip(bars, labels, strict=True):
        bar["label"] = {
            "show": True,
            "position": "top",
            "color": INK,
            "formatter": format_value(label, language),
        }
    return bases, bars


def _option(
    told: Explanation, previous: Period, period: Period, currency: str, language: str
) -> dict[str, Any]:
    names = [
        format_value(one, language) for one in (previous, *(part.metric.name for part in told.parts), period)
    ]
    bases, bars = _steps(told, currency, language)
    lying = [{**bar, "label": {**bar["label"], "position": "right"}} for bar in bars]
    values = {
        "type": "value",
        "axisLabel": {"formatter": axis_format(told.metric.unit, currency), "hideOverlap": True},
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


def _bar(value: float, colour: str) -> dict[str, Any]:
    return {"value": value, "itemStyle": {"color": colour}}
