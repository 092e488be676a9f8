"""Ways from what is foreseen to a figure: by its own past, through formulas, or as a rate of a volume.

A way takes `past` (metric → values of the `width − 1` buckets before, (rows or 1, width − 1)) and `ahead` (metric → values to
come, (rows, buckets)), and returns the figure over the `width` buckets that end with each one ahead. Rows are sample paths, or
rolling origins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gouvernail.base.formula import Constant, Name, Node, names
from gouvernail.measurement.forecast.smoothing import Array

ITSELF, DRIVERS = "ensemble", "drivers"
"""The model's name for a figure's own past, and for what goes through others."""


class Way(Protocol):
    """How a figure comes of what is foreseen. `leaves` are foreseen; `reads` are further metrics whose past is read."""

    @property
    def name(self) -> str: ...

    @property
    def leaves(self) -> tuple[str, ...]: ...

    @property
    def reads(self) -> tuple[str, ...]: ...

    @property
    def summed(self) -> bool:
        """Whether the figure is a sum, part of which may be there already."""
        ...

    def figure(self, past: Mapping[str, Array], ahead: Mapping[str, Array], width: int) -> Array:
        """Return the figure that comes of forecasts."""
        ...

    def came(self, past: Mapping[str, Array], real: Mapping[str, Array], width: int) -> Array:
        """Return the figure that came, of what is known."""
        ...


@dataclass(frozen=True)
class Itself:
    """By its own past: sums of it, or its level where the span is one bucket."""

    root: str
    summed: bool = True
    name: str = ITSELF
    reads: tuple[str, ...] = ()

    @property
    def leaves(self) -> tuple[str, ...]:
        return (self.root,)

    def figure(self, past: Mapping[str, Array], ahead: Mapping[str, Array], width: int) -> Array:
        return sums(past[self.root], ahead[self.root], width)

    came = figure


@dataclass(frozen=True)
class Drivers:
    """Through the formulas of a driver tree, which hold in each bucket; what is known of the sum is taken as it is."""

    root: str
    nodes: Mapping[str, Node]
    summed: bool = True
    name: str = DRIVERS

    @property
    def leaves(self) -> tuple[str, ...]:
        return leaves_of(self.root, self.nodes)

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.root,)

    def figure(self, past: Mapping[str, Array], ahead: Mapping[str, Array], width: int) -> Array:
        return sums(past[self.root], worked_out(self.root, self.nodes, ahead), width)

    def came(self, past: Mapping[str, Array], real: Mapping[str, Array], width: int) -> Array:
        return sums(past[self.root], real[self.root], width)


@dataclass(frozen=True)
class Sums:
    """A formula of sums over the span: a margin over a year is that of the year's sums."""

    root: str
    nodes: Mapping[str, Node]
    summed: bool = False
    name: str = DRIVERS
    reads: tuple[str, ...] = ()

    @property
    def leaves(self) -> tuple[str, ...]:
        return leaves_of(self.root, self.nodes)

    def figure(self, past: Mapping[str, Array], ahead: Mapping[str, Array], width: int) -> Array:
        spans = {leaf: sums(past[leaf], ahead[leaf], width) for leaf in self.leaves}
        return worked_out(self.root, self.nodes, spans)

    came = figure


@dataclass(frozen=True)
class RateOf:
    """A rate over a span: each bucket's rate times its volume, over the volume (an average basket over a year's orders).

    Surer than `Sums` of what lies above and below the line: a rate moves less than either, and they move together.
    """

    root: str
    nodes: Mapping[str, Node]
    above: Node
    volume: str
    summed: bool = False
    name: str = DRIVERS

    @property
    def leaves(self) -> tuple[str, ...]:
        return (self.root, self.volume)

    @property
    def reads(self) -> tuple[str, ...]:
        return tuple(each for name in names(self.above) for each in leaves_of(name, self.nodes))

    def figure(self, past: Mapping[str, Array], ahead: Mapping[str, Array], width: int) -> Array:
        above = _value(self.above, self.nodes, past)
        made = sums(above, ahead[self.root] * ahead[self.volume], width)
        return np.asarray(made / sums(past[self.volume], ahead[self.volume], width))

    def came(self, past: Mapping[str, Array], real: Mapping[str, Array], width: int) -> Array:
        above = _value(self.above, self.nodes, past)
        made = sums(above, _value(self.above, self.nodes, real), width)
        return np.asarray(made / sums(past[self.volume], real[self.volume], width))


def sums(past: Array, ahead: Array, width: int) -> Array:
    """Return the sum of the last `width` values at each bucket ahead; `past` (rows or 1, width − 1) goes before."""
    if width == 1:
        return ahead
    whole = np.concatenate([np.broadcast_to(past, (len(ahead), width - 1)), ahead], axis=1)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(whole, width, axis=1).sum(axis=-1))


def leaves_of(root: str, nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the metrics under a root that no formula of `nodes` (never in a circle) makes; itself where none makes it."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one in nodes and one not in seen:
            waiting += reversed(names(nodes[one]))
        elif one not in nodes:
            found[one] = None
        seen.add(one)
    return tuple(found)


def worked_out(root: str, nodes: Mapping[str, Node], at: Mapping[str, Array]) -> Array:
    """Return the root's values from those of its leaves; infinite or NaN where a formula divides by zero."""
    done: dict[str, Array] = {}

    def value(id: str) -> Array:
        if id not in nodes:
            return at[id]
        if id not in done:
            done[id] = _of(nodes[id], value)
        return done[id]

    return value(root)


def _value(node: Node, nodes: Mapping[str, Node], at: Mapping[str, Array]) -> Array:
    return _of(node, lambda id: worked_out(id, nodes, at))


def _of(node: Node, value: Callable[[str], Array]) -> Array:
    match node:
        case Constant(value=number):
            return np.asarray(number, dtype=np.float64)
        case Name(id=id):
            return value(id)
    left, right = _of(node.left, value), _of(node.right, value)
    match node.operator:
        case "+":
            return np.asarray(left + right)
        case "-":
            return np.asarray(left - right)
        case "*":
            return np.asarray(left * right)
        case "/":
            return np.asarray(left / right)
