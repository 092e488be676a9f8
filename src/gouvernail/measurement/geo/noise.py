"""How a market wavers from day to day once trend and common shape are off: how much, and for how long.

Each market's logarithms keep a level and a slope of their own and a shape that all markets share; what is left wavers
about nought, more in one market than in another, and a day resembles the one before it (an autoregression of order
one). That resemblance is taken as equal over markets: one market's history is too short to tell it.

Residuals of short series resemble each other less than the noise behind them does (Kendall, *Biometrika* 41, 1954), so
moments are matched to what residuals of such noise have, not to the noise itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
RHOS = tuple(place / 40 for place in range(39))
"""Resemblances of neighbouring periods that are tried: 0 to 0.95."""
ROUNDS = 12
LEAST = 1e-9
"""Standard deviation under which a market is said not to waver."""


@dataclass(frozen=True)
class Noise:
    """`variances` by market, of one period's logarithm; `rho` between neighbours; `freedom` of a market's variance,
    that of `rho` included."""

    variances: Floats
    rho: float
    freedom: float


def correlation(periods: int, rho: float) -> Floats:
    """Return the matrix of correlations of so many periods."""
    places = np.arange(periods)
    return np.asarray(rho ** np.abs(places[:, None] - places[None, :]), dtype=np.float64)


def noise(logs: Floats) -> Noise:
    """Return how markets waver, from their logarithms before the test (periods × markets).

    The shape in common is their mean, weighted by how little each wavers; what that mean itself wavers is put back.
    """
    periods, markets = logs.shape
    lines = _lines(periods)
    own = logs - lines @ (lines.T @ logs)
    rho, variances = 0.0, np.ones(markets)
    for _ in range(ROUNDS):
        weights = 1 / variances / (1 / variances).sum()
        left = own - (own @ weights)[:, None]
        squares = (left**2).sum(axis=0)
        neighbours = (left[1:] * left[:-1]).sum(axis=0)
        rho = _rho(float((neighbours / variances).sum() / (squares / variances).sum()), periods)
        spread, _ = _spread(periods, rho)
        floor = 1 / (1 / variances).sum()
        variances = np.maximum(squares / spread + floor, LEAST**2)
    return Noise(variances, rho, _freedom(periods, markets, rho))


def _freedom(periods: int, markets: int, rho: float) -> float:
    """Of the variance of a mean over time: that of the day's variance, and of the resemblance (pooled) on top."""
    spread, crossed = _spread(periods, rho)
    unsure = 2 * crossed / spread**2 + 4 / ((1 - rho**2) * periods * markets)
    return 2 / unsure


@lru_cache(maxsize=32)
def _lines(periods: int) -> Floats:
    """Level and slope as two columns of length one that stand upright on each other."""
    places = np.arange(periods) - (periods - 1) / 2
    columns = np.column_stack([np.ones(periods), places])
    return np.asarray(columns / np.sqrt((columns**2).sum(axis=0)), dtype=np.float64)


@lru_cache(maxsize=256)
def _spread(periods: int, rho: float) -> tuple[float, float]:
    """The expected sum of squares of residuals of unit noise, and half the variance of that sum."""
    lines, matrix = _lines(periods), correlation(periods, rho)
    seen = matrix @ lines
    inner = lines.T @ seen
    crossed = (matrix**2).sum() - 2 * (seen**2).sum() + (inner**2).sum()
    return float(periods - np.trace(inner)), float(crossed)


@lru_cache(maxsize=32)
def _ratios(periods: int) -> Floats:
    """Expected resemblance of neighbouring residuals, for each of `RHOS`."""
    lines, found = _lines(periods), []
    for rho in RHOS:
        seen = correlation(periods, rho) @ lines
        inner = lines.T @ seen
        both = (lines[1:] * seen[:-1]).sum() + (seen[1:] * lines[:-1]).sum()
        neighbours = rho * (periods - 1) - both + ((lines[1:] @ inner) * lines[:-1]).sum()
        found.append(neighbours / (periods - np.trace(inner)))
    return np.array(found, dtype=np.float64)


def _rho(ratio: float, periods: int) -> float:
    """The resemblance whose residuals would show this ratio, rounded so that what hangs on it is worked out once."""
    found = float(np.interp(ratio, _ratios(periods), RHOS))
    return round(found * 200) / 200
