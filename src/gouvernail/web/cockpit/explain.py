"""Why a figure moved: what each part of its formula added, exactly; the parts add up to the move.

A part's contribution is the mean, over every order in which the parts could have changed one after another, of what the
figure changes when this part changes (the Shapley value). It needs no small steps and leaves no remainder.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from gouvernail.base.formula import Node, evaluate, names, parse
from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.bearing.model import Bearing, MetricReading

MOST_PARTS = 8
"""Beyond, the orders are too many to go through while a page waits."""


@dataclass(frozen=True)
class Contribution:
    """What one part did: from `before` to `now`, and what that added to the figure."""

    metric: MetricReading
    before: float
    now: float
    added: float


@dataclass(frozen=True)
class Explanation:
    """How a figure went from one value to the other. `parts` add up to `now - before`."""

    metric: MetricReading
    formula: str
    before: float
    now: float
    parts: tuple[Contribution, ...]


def explain(bearing: Bearing, metric: str) -> Explanation | None:
    """Return why a metric moved against the period before, None where no formula with known parts makes it."""
    known = {one.id: one for one in bearing.metrics}
    formula = formula_of(bearing, metric)
    if formula is None or metric not in known:
        return None
    node = parse(formula)
    parts = [name for name in names(node) if name in known]
    now = {name: _number(known[name].value) for name in parts}
    before = {name: _number(known[name].previous) for name in parts}
    if len(parts) < len(set(names(node))) or not 1 < len(parts) <= MOST_PARTS:
        return None
    if any(value is None for value in (*now.values(), *before.values())):
        return None
    last = {name: value for name, value in now.items() if value is not None}
    first = {name: value for name, value in before.items() if value is not None}
    added = contributions(node, first, last)
    ends = evaluate(node, first.get), evaluate(node, last.get)
    if added is None or ends[0] is None or ends[1] is None:
        return None
    told = tuple(Contribution(known[name], first[name], last[name], added[name]) for name in parts)
    return Explanation(known[metric], formula, ends[0], ends[1], told)


def formula_of(bearing: Bearing, metric: str) -> str | None:
    """Return the formula that makes a metric: the plan's driver, else what its value was worked out with."""
    drivers = dict(bearing.drivers)
    if metric in drivers:
        return drivers[metric]
    found = next((one for one in bearing.metrics if one.id == metric), None)
    if found is None or not isinstance(found.value, Estimate):
        return None
    words = found.value.options.get("formula")
    return str(words) if words else None


def contributions(
    node: Node, before: Mapping[str, float], now: Mapping[str, float]
) -> dict[str, float] | None:
    """Return what each part added on the way from `before` to `now`; None where a division by zero lies on it."""
    parts = tuple(now)
    values: dict[frozenset[str], float] = {}
    for size in range(len(parts) + 1):
        for moved in combinations(parts, size):
            mixed = {name: now[name] if name in moved else before[name] for name in parts}
            value = evaluate(node, mixed.get)
            if value is None:
                return None
            values[frozenset(moved)] = value
    return {part: _share(part, parts, values) for part in parts}


def _share(part: str, parts: tuple[str, ...], values: Mapping[frozenset[str], float]) -> float:
    others = [name for name in parts if name != part]
    total, count = 0.0, math.factorial(len(parts))
    for size in range(len(others) + 1):
        weight = math.factorial(size) * math.factorial(len(others) - size) / count
        for moved in combinations(others, size):
            total += weight * (values[frozenset((*moved, part))] - values[frozenset(moved)])
    return total


def _number(outcome: Outcome) -> float | None:
    return outcome.value if isinstance(outcome, Estimate) else None
