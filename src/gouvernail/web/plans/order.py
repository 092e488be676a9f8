"""The order of elements within a section: numbers with room between them, so that a move changes one element alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

STEP = 1024
"""Room left behind an element that is put at the end."""
K = TypeVar("K", bound=Hashable)


def places(keys: Sequence[K], held: Mapping[K, int]) -> dict[K, int]:
    """Return a place for each of `keys`, ascending in their order; as many as can keep the place they hold."""
    fixed = _longest_ascending([key for key in keys if key in held], held)
    found = _between(keys, {key: held[key] for key in fixed})
    return found if _ascending([found[key] for key in keys]) else _afresh(keys)


def _longest_ascending(keys: Sequence[K], held: Mapping[K, int]) -> list[K]:
    """The longest run of keys whose places ascend already (patience sorting)."""
    tails: list[int] = []
    last: list[K] = []
    before: dict[K, K | None] = {}
    for key in keys:
        at = bisect_left(tails, held[key])
        before[key] = last[at - 1] if at else None
        tails[at:] = [held[key], *tails[at + 1 :]]
        last[at:] = [key, *last[at + 1 :]]
    chain: list[K] = []
    key_ = last[-1] if last else None
    while key_ is not None:
        chain.append(key_)
        key_ = before[key_]
    return chain[::-1]


def _between(keys: Sequence[K], fixed: Mapping[K, int]) -> dict[K, int]:
    """Spread the others evenly between those that stay, and by whole steps behind the last."""
    found: dict[K, int] = dict(fixed)
    waiting: list[K] = []
    floor = 0
    for key in keys:
        if key not in fixed:
            waiting.append(key)
            continue
        room = fixed[key] - floor
        for i, one in enumerate(waiting, 1):
            found[one] = floor + room * i // (len(waiting) + 1)
        floor, waiting = fixed[key], []
    for i, one in enumerate(waiting, 1):
        found[one] = floor + i * STEP
    return found


def _ascending(numbers: Sequence[int]) -> bool:
    return all(a < b for a, b in pairwise(numbers))


def _afresh(keys: Sequence[K]) -> dict[K, int]:
    return {key: i * STEP for i, key in enumerate(keys, 1)}
