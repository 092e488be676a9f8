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


def chain(paths: Paths, order: int = 1) -> Chain:
    """Return the chain of given memory that the paths tell.

    Raises:
        ValueError: an order other than 1, 2 or 3.
    """
    if not 1 <= order <= HIGHEST:
        raise ValueError(f"order {order}: 1, 2 or 3 expected")
    walked = (paths.conversions + paths.nulls)[paths.owner]
    known, state = _states(paths, order)
    count = len(known)
    visits = tallied(state, walked, count)
    safe = np.where(visits > 0, visits, 1.0)
    ends = np.stack(
        [tallied(state[paths.last], worth, count) for worth in (paths.conversions, paths.value)],
        axis=1,
    )
    starts = tallied(state[paths.first], walked[paths.first], count)
    return Chain(
        (known % (len(paths.channels) + 1)) - 1,
        _moves(paths, state, walked, safe),
        ends / safe[:, None],
        starts / max(starts.sum(), 1e-300),
    )


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


def _moves(paths: Paths, state: Integers, walked: Floats, visits: Floats) -> Any:
    """Return the chances to go on: from a state, the next channel decides the next state."""
    from scipy.sparse import coo_matrix, diags_array

    count, breadth = len(visits), len(paths.channels)
    goes_on = np.flatnonzero(np.diff(paths.owner, append=-1) == 0)
    source, target = state[goes_on], state[goes_on + 1]
    edge = source * breadth + paths.steps[goes_on + 1]
    weight = tallied(edge, walked[goes_on], count * breadth)
    target_of = np.zeros(count * breadth, dtype=np.int64)
    target_of[edge] = target
    used = np.flatnonzero(weight)
    matrix = coo_matrix((weight[used], (used // breadth, target_of[used])), shape=(count, count))
    return (diags_array(1.0 / visits) @ matrix).tocsr()
