"""How far two distributions lie apart: in years of age, or as a share that would have to move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

YOUNGEST, OLDEST = 15, 90
"""Ages between which publics and buyers are compared, in years."""

Band = tuple[int, int, float]
"""(lowest age, highest age, weight), ages included, all alike within."""


def spread(bands: Iterable[Band]) -> list[float]:
    """Return the weight of each age from `YOUNGEST` to `OLDEST`; bands outside of these count for nothing."""
    found = [0.0] * (OLDEST - YOUNGEST + 1)
    for youngest, oldest, weight in bands:
        low, high = max(youngest, YOUNGEST), min(oldest, OLDEST)
        for age in range(low, high + 1):
            found[age - YOUNGEST] += weight / (high - low + 1)
    return found


def years_apart(first: list[float], second: list[float]) -> float:
    """Return by how many years the first must move, on average, to lie like the second.

    The earth mover's (Wasserstein-1) distance on the line: the area between the two cumulated
    distributions (Vallender 1974). 0 where one of them is empty.
    """
    whole1, whole2 = sum(first), sum(second)
    if whole1 <= 0 or whole2 <= 0:
        return 0.0
    cumulated = zip(accumulate(first), accumulate(second), strict=True)
    return sum(abs(a / whole1 - b / whole2) for a, b in cumulated)


def part_apart(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Return the share of the first that must move to lie like the second (total variation distance)."""
    whole1, whole2 = sum(first.values()), sum(second.values())
    if whole1 <= 0 or whole2 <= 0:
        return 0.0
    return sum(
        max(first.get(name, 0) / whole1 - second.get(name, 0) / whole2, 0.0) for name in {*first, *second}
    )


def core(ages: Mapping[int, int], share: float) -> tuple[int, int, float] | None:
    """Return the shortest run of ages that holds at least `share` of the counts, and the share it holds."""
    known = sorted((age, count) for age, count in ages.items() if count > 0)
    whole = sum(count for _, count in known)
    best: tuple[int, int, float] | None = None
    start = held = 0
    for place, (age, count) in enumerate(known):
        held += count
        while start < place and held - known[start][1] >= share * whole:
            held -= known[start][1]
            start += 1
        if held >= share * whole and (best is None or age - known[start][0] < best[1] - best[0]):
            best = (known[start][0], age, held / whole)
    return best
