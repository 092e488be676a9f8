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
ROUNDS = 4
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
    _, maker = _hat(periods)
    own = maker @ logs
    rho, variances = 0.0, np.maximum((own**2).mean(axis=0), LEAST**2)
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
def _hat(periods: int) -> tuple[Floats, Floats]:
    """Straight lines over the periods: the projection on them, and what it leaves."""
    places = np.arange(periods) - (periods - 1) / 2
    hat = np.full((periods, periods), 1 / periods) + np.outer(places, places) / (places**2).sum()
    return hat, np.eye(periods) - hat


@lru_cache(maxsize=256)
def _spread(periods: int, rho: float) -> tuple[float, float]:
    """The expected sum of squares of residuals of unit noise, and half the variance of that sum."""
    _, maker = _hat(periods)
    inner = maker @ correlation(periods, rho)
    return float(np.trace(inner)), float((inner * inner.T).sum())


@lru_cache(maxsize=32)
def _ratios(periods: int) -> Floats:
    """Expected resemblance of neighbouring residuals, for each of `RHOS`."""
    _, maker = _hat(periods)
    found = []
    for rho in RHOS:
        residual = maker @ correlation(periods, rho) @ maker
        found.append(np.trace(residual, offset=1) / np.trace(residual))
    return np.array(found, dtype=np.float64)


def _rho(ratio: float, periods: int) -> float:
    """The resemblance whose residuals would show this ratio, rounded so that what hangs on it is worked out once."""
    found = float(np.interp(ratio, _ratios(periods), RHOS))
    return round(found * 200) / 200
