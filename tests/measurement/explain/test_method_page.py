"""The worked tables of the method page are what the code answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.measurement.explain.explanation import Explanation
from gouvernail.measurement.explain.mix import Effect, Mix, Segment, mix
from gouvernail.measurement.explain.tree import explain
from gouvernail.metrics.drivers import Tree


def rows(root: Path, first: str) -> dict[str, list[float]]:
    """Return the rows of the table whose first heading is `first`: name → figures."""
    lines = (root / "docs/methods/explain.md").read_text("utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first} |"))
    found = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        found[name] = [float(cell.replace(",", "").replace("−", "-")) for cell in cells]
    return found


def test_the_table_of_drivers(root: Path) -> None:
    table = rows(root, "metric")
    tree = Tree({"revenue": "won_deals * average_deal_value", "won_deals": "qualified_leads * win_rate"})
    before, now = ({id: row[side] for id, row in table.items() if id in tree.leaves} for side in (0, 1))
    told = explain(tree, "revenue", before, now)

    assert isinstance(told, Explanation)
    for part in told.parts:
        assert [part.before, part.now, part.added] == pytest.approx(table[part.metric])
    assert [told.before, told.now, told.move] == pytest.approx(table["revenue"])


def test_the_table_of_segments(root: Path) -> None:
    table = rows(root, "segment")
    before = {name: Segment(row[1], row[0]) for name, row in table.items()}
    now = {name: Segment(row[3], row[2]) for name, row in table.items()}
    told = mix(before, now, "rate")

    assert isinstance(told, Mix)
    assert (told.before, told.now) == pytest.approx((0.025, 0.0335))
    for part in told.parts:
        column = 4 if part.effect is Effect.rate else 5
        assert part.added == pytest.approx(table[part.segment][column], abs=1e-12)
