"""An objective's course beside its target path, and where it is foreseen to lead: the forecast with its band."""

from __future__ import annotations

from typing import Any

from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.base.units import Unit
from gouvernail.bearing.model import ObjectiveStatus
from gouvernail.report.charts import describe_course, has_course
from gouvernail.report.foreseeing import Values, along
from gouvernail.report.labels import COLUMNS
from gouvernail.report.values import in_unit
from gouvernail.web.look.charts import ACCENT, LINE, MUTED, ChartView


def course(status: ObjectiveStatus, currency: str, language: str) -> ChartView | None:
    """Return the course, the path and the forecast of an objective; None where less than two values are known."""
    if not has_course(status):
        return None
    months = [format_value(point.period, language) for point in status.points]
    actual = [point.actual for point in status.points]
    path = [point.path for point in status.points]
    expected, low, high = along(status)
    return ChartView(
        id="course",
        title=T("Course, target path and forecast"),
        option=_option(months, (actual, path, expected, low, high), status.unit, currency, language),
        headings=(
            COLUMNS["month"],
            COLUMNS["reached"],
            COLUMNS["path"],
            T("Forecast"),
            T("Forecast, low"),
            T("Forecast, high"),
        ),
        rows=tuple(
            (
                point.period,
                *(_shown(part[i], status.unit, currency) for part in (actual, path, expected, low, high)),
            )
            for i, point in enumerate(status.points)
        ),
        lead=describe_course(status),
    )


def _shown(value: float | None, unit: Unit, currency: str) -> Any:
    return None if value is None else in_unit(value, unit, currency)


def _option(
    months: list[str], parts: tuple[Values, ...], unit: Unit, currency: str, language: str
) -> dict[str, Any]:
    actual, path, expected, low, high = parts
    names = [format_value(text, language) for text in (COLUMNS["reached"], COLUMNS["path"], T("Forecast"))]
    band = [None if a is None or b is None else b - a for a, b in zip(low, high, strict=True)]
    formatter = axis_format(unit, currency)
    return {
        "legend": {"data": names, "bottom": 0, "itemWidth": 36},
        "tooltip": {"trigger": "axis", "valueFormatter": formatter},
        "grid": {"left": 8, "right": 16, "top": 16, "bottom": 36, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": months,
            "boundaryGap": False,
            "axisLabel": {"hideOverlap": True},
        },
        "yAxis": {
            "type": "value",
            "scale": True,
            "axisLabel": {"formatter": formatter},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "series": [
            _line("low", low, {"opacity": 0}, stack="band", stackStrategy="all", silent=True),
            _line(
                "band",
                band,
                {"opacity": 0},
                stack="band",
                stackStrategy="all",
                silent=True,
                areaStyle={"color": ACCENT, "opacity": 0.14},
            ),
            _line(names[1], path, {"type": [5, 5], "width": 1.5, "color": MUTED}),
            _line(names[2], expected, {"type": [2, 3], "width": 2, "color": ACCENT}),
            _line(names[0], actual, {"width": 2.5, "color": ACCENT}, showSymbol=True, symbolSize=6),
        ],
    }


def _line(name: str, values: Values, style: dict[str, Any], **more: Any) -> dict[str, Any]:
    colour = {"color": style["color"]} if "color" in style else {"opacity": 0}
    return {"type": "line", "name": name, "data": values, "lineStyle": style, "itemStyle": colour,
            "showSymbol": False, "symbol": "circle", "connectNulls": False, **more}  # fmt: skip


def axis_format(unit: Unit, currency: str) -> str:
    """Return the formatter of an axis for values of a unit."""
    if unit is Unit.money:
        return f"@money:{currency}"
    return "@percent" if unit is Unit.ratio else "@number"
