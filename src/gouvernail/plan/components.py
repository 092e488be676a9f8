"""Strongly connected components of a directed graph: what lies on a common cycle (Tarjan, SIAM J. Comput. 1972)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def components(edges: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return the components of the graph, each after those that its edges lead to.

    Every target of an edge must be a key of `edges`. Iterative, so that a chain of any length is read.
    """
    search = _Search(edges)
    for node in edges:
        if node not in search.index:
            search.explore(node)
    return search.found


class _Search:
    def __init__(self, edges: Mapping[str, Iterable[str]]) -> None:
        self.edges = edges
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.open: dict[str, None] = {}
        self.found: list[tuple[str, ...]] = []

    def explore(self, root: str) -> None:
        stack: list[tuple[str, Iterator[str]]] = [self._enter(root)]
        while stack:
            node, following = stack[-1]
            for other in following:
                if other not in self.index:
                    stack.append(self._enter(other))
                    break
                if other in self.open:
                    self.low[node] = min(self.low[node], self.index[other])
            else:
                stack.pop()
                if stack:
                    parent = stack[-1][0]
                    self.low[parent] = min(self.low[parent], self.low[node])
                self._close(node)

    def _enter(self, node: str) -> tuple[str, Iterator[str]]:
        self.index[node] = self.low[node] = len(self.index)
        self.open[node] = None
        return node, iter(self.edges[node])

    def _close(self, node: str) -> None:
        if self.low[node] != self.index[node]:
            return
        group = []
        while True:
            last, _ = self.open.popitem()
            group.append(last)
            if last == node:
                break
        self.found.append(tuple(group))
