"""Explaining a driver tree of 10,000 leaves, six levels deep, against evaluating the same tree once at each end."""

from __future__ import annotations

import math
import random
from collections import deque

from benchmarks.bench import Ratio, Result, Setup, best_of
from gouvernail.base.outcome import Refusal
from gouvernail.measurement.explain.explanation import Explanation
from gouvernail.measurement.explain.tree import explain
from gouvernail.metrics.drivers import Tree

LEAVES = 10_000
LIMIT = 15.0
"""How many evaluations of both ends an explanation may cost."""
SHAPES = (
    "({0} + {1} + {2} + {3} + {4}) / 5",
    "{0} * {1} * {2} * {3} * {4}",
    "({0} * {1} + {2} * {3} / {4}) / 2",
    "({0} + {1}) / ({2} + {3}) * {4}",
    "{0} * {1} / {2} - {3} + {4}",
)
"""Sums, products, ratios, ratios of sums, and all together, five parts each."""


def bench(setup: Setup) -> Result:
    """Return the seconds of both, and their ratio."""
    tree, before, now = company(setup.size(LEAVES))
    told = explain(tree, "root", before, now)
    if isinstance(told, Refusal):
        raise RuntimeError(told.reason.render("en"))
    explained = best_of(3, lambda: explain(tree, "root", before, now))
    evaluated = best_of(3, lambda: (tree.evaluate(before), tree.evaluate(now)))
    figures: dict[str, float | int | str] = {
        "leaves": len(tree.leaves),
        "explain_s": explained,
        "evaluate_s": evaluated,
        "error_of_move": error(told),
    }
    ratio = Ratio("explanation", explained / evaluated, LIMIT, "evaluating the tree at both ends")
    return Result(figures, (ratio,))


def company(leaves: int, seed: int = 20_221_231) -> tuple[Tree, dict[str, float], dict[str, float]]:
    """Return a tree with so many leaves (or up to four more), as deep as five parts a formula make it, and two sets of values."""
    chance = random.Random(seed)
    formulas: dict[str, str] = {}
    waiting, number = deque(["root"]), 0
    while len(waiting) < leaves:
        parts = [f"m{number + i}" for i in range(5)]
        number += 5
        formulas[waiting.popleft()] = chance.choice(SHAPES).format(*parts)
        waiting += parts
    before = {id: chance.uniform(0.8, 1.2) for id in waiting}
    return Tree(formulas), before, {id: value * chance.uniform(0.9, 1.1) for id, value in before.items()}


def error(told: Explanation) -> float:
    """Return how far the lowest parts are from the move, over the move."""
    return abs(math.fsum(part.added for part in told.lowest) - told.move) / abs(told.move)
