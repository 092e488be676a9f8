"""The chain as an indented table: six layers, elements under their parents, findings beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import ChainRow
from gouvernail.plan.graph import Graph
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.model import Element, Layer


def chain_rows(
    loaded: LoadedPlan, graph: Graph, findings: tuple[LocatedFinding, ...]
) -> tuple[ChainRow, ...]:
    """Return one row an element of the six layers, in the order of the chain.

    Within a layer an element stands under the parent of the same layer that it serves, one deeper.
    """
    beside: dict[str, list[str]] = {}
    for one in findings:
        beside.setdefault(one.finding.element, []).append(one.finding.identity)
    rows = []
    for layer in Layer:
        for element, depth in _indented(list(loaded.plan.of_layer(layer)), graph):
            rows.append(_row(element, layer, depth, loaded, graph, beside))
    return tuple(rows)


def _indented(elements: list[Element], graph: Graph) -> Iterator[tuple[Element, int]]:
    inside = {element.id for element in elements}
    under: dict[str | None, list[Element]] = {}
    for element in elements:
        above = [parent.id for parent, _ in graph.parents(element.id) if parent.id in inside]
        under.setdefault(above[0] if above else None, []).append(element)
    seen: set[str] = set()
    waiting = [(element, 0) for element in reversed(under.get(None, []))]
    while waiting:
        element, depth = waiting.pop()
        if element.id not in seen:
            seen.add(element.id)
            yield element, depth
            waiting += [(child, depth + 1) for child in reversed(under.get(element.id, []))]
    # Elements that serve one another in a circle hang under no top: show them all the same.
    for element in elements:
        if element.id not in seen:
            seen.add(element.id)
            yield element, 0


def _row(
    element: Element,
    layer: Layer,
    depth: int,
    loaded: LoadedPlan,
    graph: Graph,
    beside: Mapping[str, list[str]],
) -> ChainRow:
    return ChainRow(
        id=element.id,
        kind=element.kind,
        layer=layer,
        title=element.name,
        text=element.text,
        owner=element.owner,
        depth=depth,
        parents=tuple(parent.id for parent, _ in graph.parents(element.id)),
        location=loaded.locations.of(element.id),
        findings=tuple(beside.get(element.id, ())),
    )
