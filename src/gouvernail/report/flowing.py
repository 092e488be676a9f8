"""The flow of money as an ECharts option: from the budget through actions to objectives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.render import format_money
from gouvernail.base.text import T
from gouvernail.bearing.alignment import Flow, Soundness
from gouvernail.bearing.model import Bearing
from gouvernail.report.charts import Drawing
from gouvernail.report.drawing import ACCENT, INK, LOST, PAPER, SOUND, WEAK, draw

WIDE, NARROW = 920, 340
MOST_LETTERS = 30
LETTER = 0.58
"""Width of a letter of a label as a share of the size of its font, on average. Each column has room for its own labels."""
_MOST_ACTIONS = 12
_COLOURS = {Soundness.aligned: SOUND, Soundness.weak: WEAK, Soundness.orphan: LOST}


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
    return MoneyFlow(flows, spent, columns(flow for flow, _ in flows) is None)


def columns(flows: Iterable[Flow]) -> int | None:
    """Return over how many columns the flows run; None where they run in a circle and cannot be drawn."""
    above: dict[str, set[str]] = defaultdict(set)
    for flow in flows:
        above[flow.target].add(flow.source)
    place: dict[str, int] = {}
    try:
        for node in TopologicalSorter(above).static_order():
            place[node] = 1 + max((place[one] for one in above.get(node, ())), default=0)
    except CycleError:
        return None
    return max(place.values(), default=0)


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
    return merged(flows, dict.fromkeys(small, "others"))


def merged(flows: Iterable[tuple[Flow, Money]], names: Mapping[str, str]) -> list[tuple[Flow, Money]]:
    """Return the flows with these nodes called otherwise; those that then run alike are one, from a node to itself none."""
    steps: dict[tuple[str, str, Soundness], tuple[Flow, Money]] = {}
    for flow, money in flows:
        source, target = names.get(flow.source, flow.source), names.get(flow.target, flow.target)
        if source == target:
            continue
        before = steps.get((source, target, flow.soundness))
        steps[source, target, flow.soundness] = (
            replace(flow, source=source, target=target),
            before[1] + money if before else money,
        )
    return list(steps.values())


def _sankey(
    titles: Mapping[str, str], flows: list[tuple[Flow, Money]], language: str, width: int
) -> dict[str, Any]:
    narrow = width < WIDE
    room = width // max(columns(flow for flow, _ in flows) or 1, 1)
    size = 11 if narrow else 13
    letters = min(MOST_LETTERS, int((room - 18) / (LETTER * size)))
    nodes = list(dict.fromkeys(node for flow, _ in flows for node in (flow.source, flow.target)))
    return {
        "series": [
            {
                "type": "sankey",
                "left": 4,
                "right": min(room, int(MOST_LETTERS * LETTER * size)) - 6,
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
                        legible(node_name(node, titles, language), letters),
                        format_money(through(node, flows), language),
                        size,
                    )
                    for node in nodes
                ],
                "links": links(flows, _COLOURS),
            }
        ]
    }


def links(
    flows: Iterable[tuple[Flow, Money]], colours: Mapping[Soundness, str]
) -> list[dict[str, str | float | dict[str, str | float]]]:
    """Return the bands of the drawing, in the colour of how sound the way is."""
    return [
        {
            "source": flow.source,
            "target": flow.target,
            "value": float(money.amount),
            "lineStyle": {"color": colours[flow.soundness], "opacity": 0.38, "curveness": 0.5},
        }
        for flow, money in flows
    ]


def _node(id: str, name: str, money: str, size: int) -> dict[str, Any]:
    return {
        "name": id,
        "itemStyle": {"color": {"budget": ACCENT, "orphan": LOST}.get(id, INK), "borderWidth": 0},
        "label": {
            "position": "right",
            "align": "left",
            "formatter": f"{{name|{name}}}\n{{money|{money}}}",
            "color": INK,
            "textBorderColor": PAPER,
            "textBorderWidth": 3,
            "rich": {
                "name": {"fontSize": size, "lineHeight": size + 4, "fontWeight": 600},
                "money": {"fontSize": size - 1, "lineHeight": size + 3, "color": INK},
            },
        },
    }


def through(node: str, flows: Sequence[tuple[Flow, Money]]) -> Money:
    """Return the money that passes a node: what comes in or what goes out, whichever is more."""
    into = [money for flow, money in flows if flow.target == node]
    out = [money for flow, money in flows if flow.source == node]
    sums = [sum(part[1:], part[0]) for part in (into, out) if part]
    return max(sums, key=lambda money: money.amount)


def node_name(id: str, titles: Mapping[str, str], language: str) -> str:
    """Return how a node of the flow is called: budget, no objective, other actions, or the element's title."""
    fixed = {"budget": T("Budget"), "orphan": T("No objective"), "others": T("Other actions")}
    return fixed[id].render(language) if id in fixed else titles.get(id, id)


def legible(name: str, letters: int) -> str:
    """Return a name as a label of ECharts, cut to so many letters; braces and bars, its marks for rich text, replaced."""
    plain = name.translate({ord("{"): "(", ord("}"): ")", ord("|"): "/", ord("\n"): " "})
    return plain if len(plain) <= letters else plain[: letters - 1].rstrip() + "…"
