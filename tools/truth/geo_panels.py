"""Sales of markets as a published study of geo tools draws them, with what it leaves out: own trends and local shocks.

Written from the study's description and parameters (21 markets of log-normal size, a common trend and week, noise that
resembles the day before, one treated market of median size); its panels are not given, and none of its code is used.

Source: Recast, "Comparing geo-experiment tools: a Monte Carlo simulation study" (2025), scenarios A1 to A4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gouvernail.measurement.geo.noise import Floats
from gouvernail.measurement.geo.panel import Panel

WEEK = np.array([-1.0, -0.5, 0.0, 0.2, 0.8, 1.0, 0.5])
LIFT = 0.075
SHOCK, SHOCK_DAYS = 1.3, 10


class Where(StrEnum):
    """Which market the shock strikes, and when."""

    any = "any"
    """Any market on any days."""
    control = "control"
    """A control in the test."""
    before = "before"
    """The treated market before the test."""
    test = "test"
    """The treated market in the test: no figure tells it from an effect."""


@dataclass(frozen=True)
class Shape:
    """A scenario. `trend`: standard deviation, over markets, of the logarithm that own trends add from the first day to
    the last; `wander`: the same for steps in any direction, day by day."""

    controls: int = 20
    before: int = 90
    test: int = 15
    outlier: float = 1.0
    trend: float = 0.0
    wander: float = 0.0
    shock: Where | None = None


PUBLISHED = {
    "A1 textbook": Shape(),
    "A2 treated market five times its size": Shape(outlier=5.0),
    "A3 nine controls": Shape(controls=9),
    "A4 thirty days before": Shape(before=30),
}


def draw(rng: np.random.Generator, shape: Shape, lift: float = LIFT) -> Panel:
    """Return a panel of this shape; the first market is the treated one, named "treated"."""
    days, markets = shape.before + shape.test, shape.controls + 1
    sizes = np.sort(rng.lognormal(np.log(4000) - 0.18, 0.6, markets))
    treated = int(np.argmin(np.abs(sizes - np.median(sizes))))
    order = [treated, *(market for market in range(markets) if market != treated)]
    sizes = sizes[order]
    logs = 0.2 * np.sqrt(sizes / sizes.mean()) * _noise(rng, days, markets)
    sizes[0] *= shape.outlier
    place = np.arange(1, days + 1)
    logs += np.log(sizes) + np.log((1 + 0.001 * place) * (1 + 0.1 * WEEK[(place - 1) % 7]))[:, None]
    logs += shape.trend * rng.standard_normal(markets) * (place / days)[:, None]
    logs += np.cumsum(rng.normal(0.0, shape.wander / np.sqrt(days), (days, markets)), axis=0)
    if shape.shock:
        market, first = _struck(rng, shape, shape.shock)
        logs[first : first + SHOCK_DAYS, market] += np.log(SHOCK)
    logs[shape.before :, 0] += np.log1p(lift)
    return Panel(("treated", *(f"control {place}" for place in range(1, markets))), np.exp(logs))


def _noise(rng: np.random.Generator, days: int, markets: int) -> Floats:
    steps = rng.standard_normal((days, markets))
    for day in range(1, days):
        steps[day] += 0.3 * steps[day - 1]
    return steps


def _struck(rng: np.random.Generator, shape: Shape, where: Where) -> tuple[int, int]:
    """The market and the first day."""
    days = shape.before + shape.test
    first, last = {
        Where.any: (0, days),
        Where.control: (shape.before, days),
        Where.before: (0, shape.before),
        Where.test: (shape.before, days),
    }[where]
    market = {
        Where.any: int(rng.integers(shape.controls + 1)),
        Where.control: int(rng.integers(1, shape.controls + 1)),
    }.get(where, 0)
    return market, int(rng.integers(first, last - SHOCK_DAYS + 1))
