"""The flow of money, from the budget through actions to objectives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.render import format_money
from gouvernail.base.text import T, Text
from gouvernail.bearing.alignment import Flow, Soundness
from gouvernail.bearing.model import Bearing
from gouvernail.report import phrases
from gouvernail.report.flowing import columns, legible, links, merged, money_flow, node_name, through
from gouvernail.report.labels import COLUMNS, SOUNDNESS
from gouvernail.web.look.charts import ACCENT, BAD, GOOD, INK, PAPER, WARN, ChartView

MOST_NODES, MOST_ROWS = 12, 300
"""Actions, and objectives, drawn by themselves, and rows of the table; the smallest beyond are put together."""
OTHER_OBJECTIVES = "other-objectives"
LETTERS, LETTERS_NARROW, USUAL_COLUMNS = 26, 11, 4
"""Letters that a label has room for, on a wide and a narrow screen, where money runs over so many columns."""
_COLOURS = {Soundness.aligned: GOOD, Soundness.weak: WARN, Soundness.orphan: BAD}
Step = tuple[Flow, Money]


def sankey(bearing: Bearing, language: str) -> ChartView | None:
    """Return the flow of money with its table, None where no money can be followed."""
    money = money_flow(bearing)
    flows, spent = list(money.flows), money.spent
    if not flows:
        return None
    steps = _merged(flows)
    nodes = list(dict.fromkeys(node for flow, _ in steps for node in (flow.source, flow.target)))
    listed = sorted(flows, key=lambda step: -step[1].amount)[:MOST_ROWS] if len(flows) > MOST_ROWS else flows
    return ChartView(
        id="money-flow",
        title=phrases.FLOW_TITLE,
        option=_option(bearing, steps, nodes, language),
        headings=tuple(COLUMNS[name] for name in ("from", "to", "state", "planned", "spent")),
        rows=_rows(bearing, listed, language),
        lead=_lead(flows, spent=spent),
        size="tall" if len(nodes) > 9 else "",
        drawn=columns(flow for flow, _ in steps) is not None,
    )


def _lead(flows: list[Step], *, spent: bool) -> Text:
    lead = phrases.FLOW_DRAWN_SPENT if spent else phrases.FLOW_DRAWN_PLANNED
    if len(flows) <= MOST_ROWS:
        return lead
    return T(
        "{lead} The table lists the {n} largest flows of {total}.", lead=lead, n=MOST_ROWS, total=len(flows)
    )


def _rows(bearing: Bearing, flows: list[Step], language: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            node_name(flow.source, bearing.titles, language),
            node_name(flow.target, bearing.titles, language),
            SOUNDNESS[flow.soundness][2],
            flow.planned,
            flow.spent if flow.spent is not None else T("unknown"),
        )
        for flow, _ in flows
    )


def _merged(flows: list[Step]) -> list[Step]:
    """Put the smallest nodes that several flows pass beyond the dearest together: actions and envelopes, objectives."""
    through: dict[str, Decimal] = {}
    for flow, money in flows:
        through[flow.target] = through.get(flow.target, Decimal(0)) + money.amount
    # An action gives its money to objectives and takes it from budgets; objectives take it from actions or objectives.
    level = _levels(flows)
    names: dict[str, str] = {}
    for kind, together in (("action", "others"), ("objective", OTHER_OBJECTIVES)):
        nodes = [node for node in through if level.get(node) == kind and node != "orphan"]
        for node in sorted(nodes, key=lambda node: -through[node])[MOST_NODES:]:
            names[node] = together
    return merged(flows, names)


def _levels(flows: list[Step]) -> dict[str, str]:
    """Return whether a node is an `action` (or envelope: at most two steps from the budget) or an `objective`."""
    targets = {flow.target for flow, _ in flows}
    near = {flow.target for flow, _ in flows if flow.source == "budget" or flow.source not in targets}
    return {node: "action" if node in near else "objective" for node in targets}


def _option(bearing: Bearing, steps: list[Step], nodes: list[str], language: str) -> dict[str, Any]:
    return {
        "series": [_series(bearing, steps, nodes, language, LETTERS)],
        "narrow": {"series": [_series(bearing, steps, nodes, language, LETTERS_NARROW)]},
    }


def _series(
    bearing: Bearing, steps: list[Step], nodes: list[str], language: str, letters: int
) -> dict[str, Any]:
    narrow = letters == LETTERS_NARROW
    beside = max(columns(flow for flow, _ in steps) or 1, USUAL_COLUMNS)
    return {
        "type": "sankey",
        "left": 4,
        # The labels of the last column stand on the right of it, as those of the others do: none covers another.
        "right": f"{100 // beside}%",
        "top": 14,
        "bottom": 26,
        "nodeWidth": 6 if narrow else 10,
        "nodeGap": 26,
        "draggable": False,
        "emphasis": {"focus": "adjacency"},
        "data": [
            _node(
                node,
                legible(_name(node, bearing, language), letters * USUAL_COLUMNS // beside),
                "" if narrow else f"\n{{money|{format_money(through(node, steps), language)}}}",
                size=10 if narrow else 12,
            )
            for node in nodes
        ],
        "links": links(steps, _COLOURS),
    }


def _node(id: str, name: str, amount: str, *, size: int) -> dict[str, Any]:
    return {
        "name": id,
        "itemStyle": {"color": {"budget": ACCENT, "orphan": BAD}.get(id, INK), "borderWidth": 0},
        "label": {
            "position": "right",
            "align": "left",
            "formatter": f"{{name|{name}}}{amount}",
            "color": INK,
            "textBorderColor": PAPER,
            "textBorderWidth": 3,
            "rich": {
                "name": {"fontSize": size, "lineHeight": 15, "fontWeight": 600},
                "money": {"fontSize": 11, "lineHeight": 14},
            },
        },
    }


def _name(id: str, bearing: Bearing, language: str) -> str:
    if id == OTHER_OBJECTIVES:
        return T("Other objectives").render(language)
    return node_name(id, bearing.titles, language)
