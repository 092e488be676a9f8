"""The worked tables of the method page are what the code answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate
from gouvernail.measurement.geo.panel import Panel, Plan
from gouvernail.measurement.geo.reading import analyse
from gouvernail.measurement.geo.trends import Belief, fit

NONE = Belief(none=1.0)


@pytest.fixture(scope="module")
def panel() -> Panel:
    rng = np.random.default_rng(12)
    sizes = np.array([900.0, 1500, 600, 400, 2200, 800, 1200])
    noise = np.array([0.05, 0.04, 0.06, 0.08, 0.03, 0.05, 0.04])
    week = 1 + 0.1 * np.sin(2 * np.pi * np.arange(56) / 7)
    sales = np.rint(sizes * week[:, None] * np.exp(noise * rng.standard_normal((56, 7))))
    sales[42:, 0] = np.rint(sales[42:, 0] * 1.08)
    return Panel(("treated", *"ABCDEF"), sales)


def rows(root: Path, first: str, count: int) -> list[list[str]]:
    lines = (root / "docs" / "methods" / "geo.md").read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"| {first} |"))
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[start : start + count]]


def test_the_table_of_markets(root: Path, panel: Panel) -> None:
    logs = np.log(panel.sales)
    found = fit(logs, 42, belief=NONE)
    moves = logs[42:].mean(axis=0) - logs[:42].mean(axis=0)
    weights = ["", *(f"{one:.4f}" for one in found.weights)]
    noises = np.sqrt(found.noise.variances)

    assert rows(root, "treated", 7) == [
        [name, f"{noise:.4f}", f"{move:.4f}", weight]
        for name, noise, move, weight in zip(panel.names, noises, moves, weights, strict=True)
    ]
    assert found.weights @ moves[1:] == pytest.approx(-0.0026, abs=5e-5)


def test_the_table_of_lifts(root: Path, panel: Panel) -> None:
    for row, belief in zip(rows(root, "none", 2), (NONE, Belief()), strict=True):
        reading = analyse(panel, Plan(("treated",), 42, belief=belief))
        lift, brought = reading.lift, reading.incremental

        assert isinstance(lift, Estimate)
        assert isinstance(brought, Estimate)
        told = [f"{end:.4f}" for end in (lift.value, lift.low, lift.high)]
        assert row[1:] == [*told, f"{brought.value:.0f}"]
