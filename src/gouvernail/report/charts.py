"""The charts of the page as ECharts options: the flow of money, and each objective's course against its path."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.render import format_money
from gouvernail.base.text import TN, T
from gouvernail.bearing.model import Bearing, Flow, ObjectiveStatus, Soundness
from gouvernail.report.drawing import ACCENT, INK, LINE, LOST, MUTED, PAPER, SOUND, WEAK, draw
from gouvernail.report.foreseeing import Values, along

WIDE, NARROW = 920, 340
COURSE_WIDE, COURSE_NARROW = 540, 320
_MOST_ACTIONS = 12
MOST_DIGITS = 4
_COLOURS = {Soundness.aligned: SOUND, Soundness.weak: WEAK, Soundness.orphan: LOST}


@dataclass(frozen=True)
class Drawing:
    """One SVG: its inside, size, name (unique in the page) and which screens it is for."""

    name: str
    screen: str
    width: int
    height: int
    inside: str


@dataclass(frozen=True)
class MoneyFlow:
    """Flows ready to draw and to list: zero and cyclic ones set apart, small actions put together."""

    flows: tuple[tuple[Flow, Money], ...]
    spent: bool
    cyclic: bool


def money_flow(bearing: Bearing) -> MoneyFlow:
    """Return the flows with the amount to show: spent where the data hold spend, planned otherwise."""
    spent = any(flow.spent is not None and flow.spent.amount for flow in bearing.flows)
    nothing = Money(Decimal(0), bearing.currency)
    amounts = [(flow, (flow.spent or nothing) if spent else flow.planned) for flow in bearing.flows]
    flows = tuple((flow, money) for flow, money in amounts if money.amount > 0)
    return MoneyFlow(flows, spent, _cyclic(flow for flow, _ in flows))


def _cyclic(flows: Iterable[Flow]) -> bool:
    targets: dict[str, set[str]] = defaultdict(set)
    for flow in flows:
        targets[flow.source].add(flow.target)
    done: set[str] = set()
    while True:
        # Nodes all of whose targets are settled settle in turn; what never settles lies on a cycle.
        ready = {
            node
            for node, below in targets.items()
            if node not in done and below <= done | (below - set(targets))
        }
        if not ready:
            return len(done) < len(targets)
        done |= ready


def draw_money(bearing: Bearing, money: MoneyFlow, language: str) -> tuple[Drawing, ...]:
    """Return the Sankey for wide and narrow screens."""
    flows = _put_together(money.flows)
    rows = max(3, len({flow.target for flow, _ in flows if flow.source == "budget"}))
    drawings = []
    for screen, width in (("wide", WIDE), ("narrow", NARROW)):
        height = rows * (52 if screen == "wide" else 64) + 40
        option = _sankey(bearing.titles, flows, language, width)
        name = f"money-{screen}"
        drawings.append(Drawing(name, screen, width, height, draw(name, option, width, height)))
    return tuple(drawings)


def _put_together(flows: tuple[tuple[Flow, Money], ...]) -> list[tuple[Flow, Money]]:
    """Merge the smallest actions beyond the twelfth into one node, `others`; the rest is unchanged."""
    actions = sorted(
        (
            (money.amount, flow.target)
            for flow, money in flows
            if flow.source == "budget" and flow.target != "orphan"
        ),
        reverse=True,
    )
    small = {target for _, target in actions[_MOST_ACTIONS:]}
    merged: dict[tuple[str, str, Soundness], tuple[Flow, Money]] = {}
    for flow, money in flows:
        source = "others" if flow.source in small else flow.source
        target = "others" if flow.target in small else flow.target
        key = (source, target, flow.soundness)
        before = merged.get(key)
        merged[key] = (
            replace(flow, source=source, target=target),
            before[1] + money if before else money,
        )
    return list(merged.values())


def _sankey(
    titles: Mapping[str, str], flows: list[tuple[Flow, Money]], language: str, width: int
) -> dict[str, Any]:
    narrow = width < WIDE
    sources = {flow.source for flow, _ in flows}
    nodes = list(dict.fromkeys(node for flow, _ in flows for node in (flow.source, flow.target)))
    return {
        "series": [
            {
                "type": "sankey",
                "left": 4,
                "right": 4,
                "top": 12,
                "bottom": 12,
                "nodeWidth": 8 if narrow else 10,
                "nodeGap": 34 if narrow else 22,
                "layoutIterations": 48,
                "draggable": False,
                "silent": True,
                "emphasis": {"disabled": True},
                "data": [
                    _node(
                        node,
                        node_name(node, titles, language),
                        _through(node, flows),
                        language,
                        narrow=narrow,
                        last=node not in sources,
                    )
                    for node in nodes
                ],
                "links": [
                    {
                        "source": flow.source,
                        "target": flow.target,
                        "value": float(money.amount),
                        "lineStyle": {"color": _COLOURS[flow.soundness], "opacity": 0.38, "curveness": 0.5},
                    }
                    for flow, money in flows
                ],
            }
        ]
    }


def _node(id: str, name: str, money: Money, language: str, *, narrow: bool, last: bool) -> dict[str, Any]:
    colour = {"budget": ACCENT, "orphan": LOST}.get(id, INK)
    size = 11 if narrow else 13
    letters = 16 if narrow else 30
    words = f"{{name|{_shorten(_plain(name), letters)}}}\n{{money|{format_money(money, language)}}}"
    return {
        "name": id,
        "itemStyle": {"color": colour, "borderWidth": 0},
        "label": {
            "position": "left" if last else "right",
            "align": "right" if last else "left",
            "formatter": words,
            "color": INK,
            "textBorderColor": PAPER,
            "textBorderWidth": 3,
            "rich": {
                "name": {"fontSize": size, "lineHeight": size + 4, "fontWeight": 600},
                "money": {"fontSize": size - 1, "lineHeight": size + 3, "color": INK},
            },
        },
    }


def _through(node: str, flows: list[tuple[Flow, Money]]) -> Money:
    into = [money for flow, money in flows if flow.target == node]
    out = [money for flow, money in flows if flow.source == node]
    sums = [sum(part[1:], part[0]) for part in (into, out) if part]
    return max(sums, key=lambda money: money.amount)


def node_name(id: str, titles: Mapping[str, str], language: str) -> str:
    """Return how a node of the flow is called: budget, no objective, other actions, or the element's title."""
    fixed = {"budget": T("Budget"), "orphan": T("No objective"), "others": T("Other actions")}
    return fixed[id].render(language) if id in fixed else titles.get(id, id)


def _plain(words: str) -> str:
    # Braces and bars are ECharts' own marks for rich text.
    return words.translate({ord("{"): "(", ord("}"): ")", ord("|"): "/", ord("\n"): " "})


def _shorten(words: str, letters: int) -> str:
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


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
