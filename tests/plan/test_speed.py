"""Reading a plan costs about what its YAML costs, and grows with its size: ratios within one run."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal

import pytest
import yaml

from gouvernail.plan.graph import Graph
from gouvernail.plan.load import load_text

pytestmark = pytest.mark.slow


def plan_text(n: int) -> str:
    """A plan of `n` elements in layers, one objective in ten and nine actions."""
    objectives = "".join(
        f"  - id: o{i}\n    title: Objective number {i}\n    level: {'business' if i < n // 100 else 'marketing'}\n"
        f"    serves: [o{i // 2}, o{i // 3}]\n    metric: revenue\n    target: {i}.5\n    due: 2026-12-31\n"
        for i in range(n // 10)
    )
    actions = "".join(
        f"  - id: a{i}\n    title: Action number {i}\n    serves: {{o{i % (n // 10)}: 2, o{(i + 1) % (n // 10)}: 1.5}}\n"
        f"    budget: {i}\n    start: 2026-01-01\n    end: 2026-03-31\n"
        for i in range(n - n // 10)
    )
    return f"objectives:\n{objectives}actions:\n{actions}"


def seconds(work: Callable[[], object]) -> float:
    found = []
    for _ in range(3):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def test_reading_costs_at_most_twice_the_yaml() -> None:
    text = plan_text(5_000)

    assert seconds(lambda: load_text(text)) < 2 * seconds(lambda: yaml.compose(text, Loader=yaml.CSafeLoader))


def test_reading_and_climbing_grow_with_the_plan() -> None:
    small, large = plan_text(1_000), plan_text(8_000)

    def climb(text: str) -> None:
        graph = Graph(load_text(text).plan)
        for id in graph.plan.by_id:
            graph.split_money(id, Decimal(100))

    assert seconds(lambda: climb(large)) < 2 * 8 * seconds(lambda: climb(small))
