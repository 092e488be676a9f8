"""Reading a plan grows with its size and no faster. What it costs beside its YAML is in `make bench`."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from decimal import Decimal

import pytest

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


def calls(work: Callable[[], object]) -> int:
    """Return how many Python calls the work makes: the same on any machine, however busy."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def test_reading_and_climbing_grow_with_the_plan() -> None:
    small, large = plan_text(1_000), plan_text(8_000)

    def climb(text: str) -> None:
        graph = Graph(load_text(text).plan)
        for id in graph.plan.by_id:
            graph.split_money(id, Decimal(100))

    assert calls(lambda: climb(large)) < 1.1 * 8 * calls(lambda: climb(small))
