"""The charts of the page as ECharts options: each objective's course against its path, and small ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from gouvernail.base.text import TN
from gouvernail.bearing.model import ObjectiveStatus
from gouvernail.report.drawing import ACCENT, LINE, MUTED, draw
from gouvernail.report.foreseeing import Values, along

COURSE_WIDE, COURSE_NARROW = 540, 320
MOST_DIGITS = 4


@dataclass(frozen=True)
class Drawing:
    """One SVG: its inside, size, name (unique in the page) and which screens it is for."""

    name: str
    screen: str
    width: int
    height: int
    inside: str


def draw_course(status: ObjectiveStatus, number: int, language: str) -> tuple[Drawing, ...]:
    """Return the objective's course and target path, or nothing where no value is known."""
    if not has_course(status):
        return ()
    drawings = []
    for screen, width in (("wide", COURSE_WIDE), ("narrow", COURSE_NARROW)):
        height = 190
        name = f"course-{number}-{screen}"
        option = _course(status, language, narrow=screen == "narrow")
        drawings.append(Drawing(name, screen, width, height, draw(name, option, width, height)))
    return tuple(drawings)


def has_course(status: ObjectiveStatus) -> bool:
    """Return whether two values at least make a course to draw."""
    return sum(point.actual is not None for point in status.points) > 1


def _course(status: ObjectiveStatus, language: str, *, narrow: bool) -> dict[str, Any]:
    expected, lower, upper = along(status)
    drawn = [value for point in status.points for value in (point.actual, point.path)]
    values = [value for value in (*drawn, *lower, *upper) if value is not None]
    low, step, count = _scale(min(values), max(values))
    size = 11 if narrow else 12
    months = [_month(point.period.start, language) for point in status.points]
    actual = [point.actual for point in status.points]
    path = [point.path for point in status.points]
    return {
        "ticks": _ticks([low + step * index for index in range(count + 1)], status, language),
        "grid": {"left": 8, "right": 14, "top": 30 if narrow else 22, "bottom": 6, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": months,
            "boundaryGap": False,
            "axisLine": {"lineStyle": {"color": LINE}},
            "axisTick": {"show": False},
            "axisLabel": {"color": MUTED, "fontSize": size, "interval": _every(len(months), narrow=narrow)},
        },
        "yAxis": {
            "type": "value",
            "min": low,
            "max": low + step * count,
            "interval": step,
            "axisLabel": {"color": MUTED, "fontSize": size},
            "splitLine": {"lineStyle": {"color": LINE, "width": 1}},
        },
        "series": [
            *_band(lower, upper),
            _line(path, {"type": [5, 5], "width": 1.5, "color": MUTED}, symbols=False),
            _line(expected, {"type": [2, 3], "width": 2, "color": ACCENT}, symbols=False),
            _line(actual, {"width": 2.5, "color": ACCENT}, symbols=True),
        ],
    }


def _band(lower: Values, upper: Values) -> list[dict[str, Any]]:
    """Return the forecast's interval: what is under it stays empty, what is in it is filled lightly."""
    if all(value is None for value in lower):
        return []
    width = [None if a is None or b is None else b - a for a, b in zip(lower, upper, strict=True)]
    hidden = {"opacity": 0, "color": ACCENT, "width": 0}
    under, inside = (
        _line(values, hidden, symbols=False) | {"stack": "band", "stackStrategy": "all"}
        for values in (lower, width)
    )
    return [under, inside | {"areaStyle": {"color": ACCENT, "opacity": 0.14}}]


def _line(values: list[float | None], style: dict[str, Any], *, symbols: bool) -> dict[str, Any]:
    return {
        "type": "line",
        "data": values,
        "silent": True,
        "emphasis": {"disabled": True},
        "showSymbol": symbols,
        "showAllSymbol": True,
        "symbol": "circle",
        "symbolSize": 6,
        "lineStyle": style,
        "itemStyle": {"color": style["color"], "borderWidth": 0},
        "connectNulls": False,
    }


def _scale(low: float, high: float) -> tuple[float, float, int]:
    """Return where a value axis begins, its step (1, 2 or 5 times a power of ten) and how many steps."""
    low = min(low, 0.0) if low >= 0 and low < 0.6 * high else low
    size = max(abs(low), abs(high))
    # A course too flat for its marks to tell apart is drawn on the scale of the value itself.
    span = high - low if high - low > 1e-6 * max(size, 1e-6) else max(size, 1.0)
    rough = span / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first = math.floor(low / step)
    return first * step, step, max(1, math.ceil(high / step - 1e-9) - first)


def _ticks(values: list[float], status: ObjectiveStatus, language: str) -> list[str]:
    """Return the marks of the axis, with as many digits as it takes to tell them apart.

    No currency: it is said once in the legend, and a code on every mark would crowd a phone.
    """
    shown = [_tick(value, status, language, 0) for value in values]
    for digits in range(1, MOST_DIGITS + 1):
        if len(set(shown)) == len(shown):
            break
        shown = [_tick(value, status, language, digits) for value in values]
    return shown


def _tick(value: float, status: ObjectiveStatus, language: str, digits: int) -> str:
    from babel.numbers import format_compact_decimal, format_percent

    if status.unit == "ratio":
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        percent = format_percent(value, pattern, locale=language)
        return percent.replace("%", "\u00a0%") if language == "fr" else percent
    return format_compact_decimal(value, format_type="short", locale=language, fraction_digits=digits)


def _month(day: Any, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, "MMM", locale=language)


def _every(count: int, *, narrow: bool) -> int:
    return max(0, math.ceil(count / (5 if narrow else 12)) - 1)


def sparkline(values: list[float | None], width: int = 96, height: int = 24) -> str:
    """Return the `points` of polylines for a small line without axes: runs of known values, "x,y x,y|x,y"."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = (width - 6) / (len(values) - 1)
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        y = 3 + (height - 6) * (1 - (value - low) / span)
        runs[-1].append(f"{3 + index * step:.1f},{y:.1f}")
    return "|".join(" ".join(run) for run in runs if run)


def describe_course(status: ObjectiveStatus) -> Any:
    """Return what a chart of an objective's course shows, for those who cannot see it."""
    known = sum(point.actual is not None for point in status.points)
    return TN(
        "“{objective}”: {n} month of values beside the straight way to the target.",
        "“{objective}”: {n} months of values beside the straight way to the target.",
        known,
        objective=status.title,
    )
