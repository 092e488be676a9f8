"""The flow of money, from the budget through actions to objectives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.render import format_money
from gouvernail.base.text import T, Text
from gouvernail.bearing.model import Bearing, Flow, Soundness
from gouvernail.report import phrases
from gouvernail.report.charts import MoneyFlow, money_flow, node_name
from gouvernail.report.labels import COLUMNS, SOUNDNESS
from gouvernail.web.look.charts import ACCENT, BAD, GOOD, INK, PAPER, WARN, ChartView

MOST_ACTIONS = 12
"""Actions drawn by themselves; the smallest beyond are put together. The table lists them all."""
LETTERS, LETTERS_NARROW = 26, 11
_COLOURS = {Soundness.aligned: GOOD, Soundness.weak: WARN, Soundness.orphan: BAD}
Step = tuple[Flow, Money]


def sankey(bearing: Bearing, language: str) -> ChartView | None:
    """Return the flow of money with its table, None where no money can be followed."""
    money = money_flow(bearing)
    if not money.flows:
        return None
    steps = _merged(money.flows)
    nodes = list(dict.fromkeys(node for flow, _ in steps for node in (flow.source, flow.target)))
    rows = max(
        sum(flow.source in {"budget", *_envelopes(steps)} for flow, _ in steps),
        sum(not any(one.source == node for one, _ in steps) for node in nodes),
    )
    return ChartView(
        id="money-flow",
        title=phrases.FLOW_TITLE,
        option=_option(bearing, steps, nodes, language),
        headings=tuple(COLUMNS[name] for name in ("from", "to", "state", "planned", "spent")),
        rows=_rows(bearing, money, language),
        lead=phrases.FLOW_DRAWN_SPENT if money.spent else phrases.FLOW_DRAWN_PLANNED,
        size="tall" if rows > 6 else "",
        drawn=not money.cyclic,
    )


def cyclic(bearing: Bearing) -> Text | None:
    """Return why the flow is not drawn, None where it is."""
    return phrases.CYCLIC if money_flow(bearing).cyclic else None


def _rows(bearing: Bearing, money: MoneyFlow, language: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            node_name(flow.source, bearing.titles, language),
            node_name(flow.target, bearing.titles, language),
            SOUNDNESS[flow.soundness][2],
            flow.planned,
            flow.spent if flow.spent is not None else T("unknown"),
        )
        for flow, _ in money.flows
    )


def _envelopes(steps: Iterable[Step]) -> set[str]:
    return {flow.target for flow, _ in steps if flow.source == "budget"}


def _merged(flows: tuple[Step, ...]) -> list[Step]:
    """Put the smallest actions beyond the twelfth together as one node, `others`."""
    objectives = {flow.target for flow, _ in flows} - {flow.source for flow, _ in flows}
    feeding: dict[str, Money] = {}
    for flow, money in flows:
        if flow.target in objectives and flow.source != "budget":
            feeding[flow.source] = feeding[flow.source] + money if flow.source in feeding else money
    dear = sorted(feeding, key=lambda id: -feeding[id].amount)
    small = set(dear[MOST_ACTIONS:])
    merged: dict[tuple[str, str, Soundness], Step] = {}
    for flow, money in flows:
        source = "others" if flow.source in small else flow.source
        target = "others" if flow.target in small else flow.target
        before = merged.get((source, target, flow.soundness))
        merged[source, target, flow.soundness] = (
            replace(flow, source=source, target=target),
            before[1] + money if before else money,
        )
    return list(merged.values())


def _option(bearing: Bearing, steps: list[Step], nodes: list[str], language: str) -> dict[str, Any]:
    return {
        "series": [_series(bearing, steps, nodes, language, LETTERS)],
        "narrow": {"series": [_series(bearing, steps, nodes, language, LETTERS_NARROW)]},
    }


def _series(
    bearing: Bearing, steps: list[Step], nodes: list[str], language: str, letters: int
) -> dict[str, Any]:
    sources = {flow.source for flow, _ in steps}
    narrow = letters == LETTERS_NARROW
    return {
        "type": "sankey",
        "left": 4,
        "right": 4,
        "top": 14,
        "bottom": 26,
        "nodeWidth": 6 if narrow else 10,
        "nodeGap": 26,
        "draggable": False,
        "emphasis": {"focus": "adjacency"},
        "data": [_node(node, bearing, steps, language, letters, last=node not in sources) for node in nodes],
        "links": [
            {
                "source": flow.source,
                "target": flow.target,
                "value": float(money.amount),
                "lineStyle": {"color": _COLOURS[flow.soundness], "opacity": 0.38, "curveness": 0.5},
            }
            for flow, money in steps
        ],
    }


def _node(
    id: str, bearing: Bearing, steps: list[Step], language: str, letters: int, *, last: bool
) -> dict[str, Any]:
    into = [money for flow, money in steps if flow.target == id]
    out = [money for flow, money in steps if flow.source == id]
    through = max((sum(part[1:], part[0]) for part in (into, out) if part), key=lambda money: money.amount)
    narrow = letters == LETTERS_NARROW
    name = _short(node_name(id, bearing.titles, language), letters)
    amount = "" if narrow else f"\n{{money|{format_money(through, language)}}}"
    return {
        "name": id,
        "itemStyle": {"color": {"budget": ACCENT, "orphan": BAD}.get(id, INK), "borderWidth": 0},
        "label": {
            "position": "left" if last else "right",
            "align": "right" if last else "left",
            "formatter": f"{{name|{name}}}{amount}",
            "color": INK,
            "textBorderColor": PAPER,
            "textBorderWidth": 3,
            "rich": {
                "name": {"fontSize": 10 if narrow else 12, "lineHeight": 15, "fontWeight": 600},
                "money": {"fontSize": 11, "lineHeight": 14},
            },
        },
    }


def _short(words: str, letters: int) -> str:
    # Braces and bars are ECharts' own marks for rich text.
    plain = words.translate({ord("{"): "(", ord("}"): ")", ord("|"): "/", ord("\n"): " "})
    return plain if len(plain) <= letters else plain[: letters - 1].rstrip() + "…"
