"""Exponential smoothing on a grid of parameters at once, with the forecast from every origin of a back-test.

Own code: a library fits one set of parameters and forgets the states on the way, so that a back-test over forty
origins is forty fits. A filter that carries every set side by side has all origins after one pass.

Source: Gardner (1985), Exponential smoothing: the state of the art, Journal of Forecasting 4; damped trends and
additive seasons as in Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., ch. 8.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

LEVELS = (0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.0)
TRENDS = tuple((b, p) for b in (0.02, 0.06, 0.15, 0.35) for p in (0.85, 0.95, 1.0))
SEASON_LEVELS = (0.05, 0.15, 0.3, 0.5, 0.8, 1.0)
SEASON_TRENDS = ((0.0, 1.0), (0.03, 0.97), (0.15, 0.9))
SEASON_RATES = (0.03, 0.15, 0.4)
HARMONICS = 6
"""Waves kept of the first shape of a long season: one year of weeks tells no more."""


@dataclass(frozen=True)
class Rates:
    """Smoothing rates, one entry a parameter set: level, trend, damping, season."""

    level: Array
    trend: Array
    damping: Array
    season: Array


@functools.cache
def rates(seasonal: bool) -> Rates:
    """Return the grid of parameters."""
    if seasonal:
        rows = [
            (a, a * b, p, g * max(1 - a, 0.1))
            for a in SEASON_LEVELS
            for b, p in SEASON_TRENDS
            for g in SEASON_RATES
        ]
    else:
        rows = [(a, a * b, p, 0.0) for a in LEVELS for b, p in ((0.0, 1.0), *TRENDS)]
    level, trend, damping, season = np.array(rows).T
    return Rates(level, trend, damping, season)


def smoothed(values: Array, origins: Places, horizon: int, season: int = 1) -> Array:
    """Return the forecasts of every parameter set from every origin.

    Args:
        values: the series in order, NaN where it has a hole (the state then moves on by its trend).
        origins: ascending counts of values seen before each forecast, at least 1.
        horizon: how many values ahead.
        season: values in a season; 1 for none.

    Returns:
        Forecasts, shape (origins, sets, horizon).
    """
    grid = rates(season > 1)
    level, trend, shape = _first(values, grid, season)
    ahead = np.cumsum(grid.damping[:, None] ** np.arange(1, horizon + 1), axis=1)
    found = np.empty((len(origins), len(grid.level), horizon))
    rows = {int(origin): row for row, origin in enumerate(origins)}
    for seen, value in enumerate(values.tolist(), start=1):
        drift = grid.damping * trend
        level, trend = level + drift, drift
        if math.isfinite(value):
            place = (seen - 1) % season
            error = value - level - shape[place]
            level = level + grid.level * error
            trend = trend + grid.trend * error
            shape[place] += grid.season * error
        row = rows.get(seen)
        if row is not None:
            found[row] = level[:, None] + trend[:, None] * ahead
            if season > 1:
                found[row] += shape[(seen + np.arange(horizon)) % season].T
    return found


def _first(values: Array, grid: Rates, season: int) -> tuple[Array, Array, Array]:
    """Return level, trend and season to start from, out of the first two seasons at most."""
    sets = len(grid.level)
    shape = np.zeros((season, sets))
    whole = min(2, len(values) // season) * season
    if season == 1 or not whole:
        known = values[np.isfinite(values)][:3]
        return np.full(sets, known.mean()), np.zeros(sets), shape
    head, index = values[:whole], np.arange(whole)
    known_at = np.isfinite(head)
    slope, base = 0.0, float(values[np.isfinite(values)][:season].mean())
    if whole == 2 * season and known_at.sum() > 2:
        slope, base = (float(each) for each in np.polyfit(index[known_at], head[known_at], 1))
    rest = np.where(known_at, head - base - slope * index, 0.0).reshape(-1, season)
    counts = known_at.reshape(-1, season).sum(axis=0)
    first = rest.sum(axis=0) / np.maximum(counts, 1)
    first -= first.mean()
    if season > 4 * HARMONICS:
        waves = np.fft.rfft(first)
        waves[HARMONICS + 1 :] = 0
        first = np.fft.irfft(waves, season)
    shape += (first * (0.8 if whole == 2 * season else 0.5))[:, None]
    return np.full(sets, base - slope), np.where(grid.trend > 0, slope, 0.0), shape
