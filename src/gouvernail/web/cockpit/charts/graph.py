"""The chain as a diagram: six columns from values to execution, each element tied to what it serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.bearing.model import Bearing, ChainRow
from gouvernail.checks.finding import Severity
from gouvernail.plan.model import Layer
from gouvernail.report.labels import LAYERS
from gouvernail.web.cockpit.chain import COLUMNS, MOST_NODES, diagram_rows, diagram_table, gravest
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links
from gouvernail.web.look.charts import ACCENT, BAD, EDGE, INK, PAPER, WARN, ChartView

_MARKS = {Severity.blocking: ("rect", BAD), Severity.warning: ("triangle", WARN)}
"""Severity → shape and colour of a node: told apart without colour too."""
_ROW, _COLUMN = 30, 200
LETTERS = 24


def graph(rows: tuple[ChainRow, ...], bearing: Bearing | None, links: Links, language: str) -> ChartView:
    """Return the diagram of the chain with its table."""
    drawn = diagram_rows(rows)
    found = known(bearing).findings if bearing else {}
    lead = T("From values on the left to execution on the right: a line leads from an element to what it serves. A square has a blocking finding, a triangle a warning.")  # fmt: skip
    if len(drawn) < len(rows):
        lead = T(
            "The plan holds {total} elements; the diagram shows {shown} that are linked upward. The table holds all.",
            total=len(rows),
            shown=len(drawn),
        )
    return ChartView(
        id="chain-diagram",
        title=T("The chain as a diagram"),
        option=_option([*_heads(language), *_nodes(drawn, found, language)], drawn),
        headings=COLUMNS,
        rows=diagram_table(drawn, found, links),
        lead=lead,
        size="tall",
        drawn=len(drawn) > 0 and len(drawn) <= MOST_NODES,
    )


def _option(nodes: list[dict[str, Any]], drawn: Sequence[ChainRow]) -> dict[str, Any]:
    ids = {row.id for row in drawn}
    lines = [{"source": row.id, "target": up} for row in drawn for up in row.parents if up in ids]
    series = {
        "type": "graph",
        "layout": "none",
        "roam": True,
        "left": 20,
        "right": 150,
        "top": 30,
        "bottom": 10,
        "edgeSymbol": ["none", "none"],
        "emphasis": {"focus": "adjacency"},
        "lineStyle": {"color": EDGE, "width": 1, "opacity": 0.6, "curveness": 0.12},
        "data": nodes,
        "links": lines,
    }
    return {"tooltip": {"formatter": "{b}"}, "series": [series]}


def _heads(language: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"layer-{layer}",
            "name": format_value(LAYERS[layer], language),
            "x": i * _COLUMN,
            "y": -_ROW * 1.5,
            "symbolSize": 1,
            "itemStyle": {"color": "transparent"},
            "label": {"show": True, "position": "right", "fontWeight": 600, "color": INK},
            "silent": True,
        }
        for i, layer in enumerate(Layer)
    ]


def _nodes(rows: tuple[ChainRow, ...], judged: Any, language: str) -> list[dict[str, Any]]:
    columns = list(Layer)
    tallest = max((sum(row.layer == layer for row in rows) for layer in Layer), default=1)
    places: dict[Layer, int] = defaultdict(int)
    heights = {layer: sum(row.layer == layer for row in rows) for layer in Layer}
    found = []
    for row in rows:
        # A column is spread over the height of the tallest.
        step = _ROW * tallest / heights[row.layer]
        y = step * (places[row.layer] + 0.5)
        places[row.layer] += 1
        shape, colour = _MARKS.get(gravest(row, judged) or Severity.advice, ("circle", ACCENT))
        found.append(
            {
                "id": row.id,
                "name": row.title,
                "x": columns.index(row.layer) * _COLUMN,
                "y": y,
                "symbol": shape,
                "symbolSize": 9,
                "itemStyle": {"color": colour},
                "label": {"show": True, "position": "right", "fontSize": 11, "color": INK, "formatter": _short(row.title), "textBorderColor": PAPER, "textBorderWidth": 3},
            }
        )  # fmt: skip
    return found


def _short(words: str) -> str:
    plain = words.translate({ord("{"): "(", ord("}"): ")"})
    return plain if len(plain) <= LETTERS else plain[: LETTERS - 1].rstrip() + "…"
