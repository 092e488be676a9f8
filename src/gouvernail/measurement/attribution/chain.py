"""Paths as an absorbing Markov chain: states are the last one to three channels met, ends are conversion and none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gouvernail.measurement.attribution.paths import Floats, Integers, Paths, tallied

HIGHEST = 3
"""Longest memory of a chain, in steps."""
TABLE = 20_000_000
"""Codes of states up to which a table numbers them; beyond, they are sorted."""


@dataclass(frozen=True, eq=False)
class Chain:
    """A chain's numbers.

    Attributes:
        channel: of every state, the channel met last.
        moves: sparse matrix of the chances to go from state to state.
        ends: for every state, the chance to convert next, and the value expected of that (columns 0 and 1).
        starts: the chance that a path begins in each state.
    """

    channel: Integers
    moves: Any
    ends: Floats
    starts: Floats


@dataclass(frozen=True, eq=False)
class Layout:
    """The states that paths go through, whatever their counts: made once, counted for every resample of people.

    Attributes:
        paths: whose steps they are; their own counts are not read.
        known: codes of all states met.
        state: for every step, the number of its state.
        goes_on: steps after which the path goes on.
        edge: for each of those, which pair of state and next channel it is.
        target: for each such pair, the number of the next state.
    """

    paths: Paths
    known: Integers
    state: Integers
    goes_on: Integers
    edge: Integers
    target: Integers

    def counted(self, conversions: Floats, value: Floats, nulls: Floats) -> Chain:
        """Return the chain where the paths have these counts."""
        from scipy.sparse import coo_matrix

        paths, count, breadth = self.paths, len(self.known), len(self.paths.channels)
        walked = (conversions + nulls)[paths.owner]
        visits = tallied(self.state, walked, count)
        safe = np.where(visits > 0, visits, 1.0)
        at_end, at_start = self.state[paths.last], self.state[paths.first]
        ends = np.stack([tallied(at_end, worth, count) for worth in (conversions, value)], axis=1)
        starts = tallied(at_start, walked[paths.first], count)
        weight = tallied(self.edge, walked[self.goes_on], count * breadth)
        used = np.flatnonzero(weight)
        source = used // breadth
        moves = coo_matrix(
            (weight[used] / safe[source], (source, self.target[used])), shape=(count, count)
        ).tocsr()
        return Chain(
            (self.known % (breadth + 1)) - 1, moves, ends / safe[:, None], starts / max(starts.sum(), 1e-300)
        )


def chain(paths: Paths, order: int = 1) -> Chain:
    """Return the chain of given memory that the paths tell.

    Raises:
        ValueError: an order other than 1, 2 or 3.
    """
    return layout(paths, order).counted(paths.conversions, paths.value, paths.nulls)


def layout(paths: Paths, order: int = 1) -> Layout:
    """Return the states of a chain of given memory.

    Raises:
        ValueError: an order other than 1, 2 or 3.
    """
    if not 1 <= order <= HIGHEST:
        raise ValueError(f"order {order}: 1, 2 or 3 expected")
    known, state = _states(paths, order)
    breadth = len(paths.channels)
    goes_on = np.flatnonzero(np.diff(paths.owner, append=-1) == 0)
    edge = state[goes_on] * breadth + paths.steps[goes_on + 1]
    target = np.zeros(len(known) * breadth, dtype=np.int64)
    target[edge] = state[goes_on + 1]
    return Layout(paths, known, state, goes_on, edge, target)


def _states(paths: Paths, order: int) -> tuple[Integers, Integers]:
    """Return the codes of all states met, and for every step the number of its state.

    A code writes the last `order` channels as digits, the latest lowest; 0 stands for "not yet begun".
    """
    base = len(paths.channels) + 1
    codes = paths.steps.astype(np.int64) + 1
    for back in range(1, order):
        earlier = np.zeros_like(codes)
        earlier[back:] = paths.steps[:-back] + 1
        codes = codes + np.where(paths.place >= back, earlier, 0) * base**back
    if base**order > TABLE:
        known, state = np.unique(codes, return_inverse=True)
        return known.astype(np.int64), state.astype(np.int64)
    known = np.flatnonzero(np.bincount(codes, minlength=base**order))
    number = np.zeros(base**order, dtype=np.int64)
    number[known] = np.arange(len(known))
    return known, number[codes]
