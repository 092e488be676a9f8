"""Autoregressions and "as a season ago, and grown", with the forecast from every origin of a back-test.

Ridge regressions on a few past values (of the series, or of its steps), fitted again at a few anchors, each on
what was known by then. Own code for the reason given in `smoothing`: all origins at once, in milliseconds.

Source: Box, Jenkins and Reinsel, Time Series Analysis, 3rd ed., ch. 3 and 5; Hyndman and Athanasopoulos,
Forecasting: Principles and Practice, 3rd ed., § 5.2 (seasonal naive, drift).
"""

from __future__ import annotations

import numpy as np

from gouvernail.measurement.forecast.smoothing import Array, Places

STEPS = (1, 2, 4, 8)
LEVELS = (2, 5)
SEASONAL_STEPS, SEASONAL_LEVELS = 4, 3
ANCHORS = 6
RIDGE = 4.0
DRIFT = 0.7
"""Share of the mean step that is taken to go on."""
GROWTH = (1.0, 0.6)
"""Shares of the growth over a season that are taken to go on."""


def regressed(values: Array, origins: Places, horizon: int, season: int = 1) -> Array:
    """Return the forecasts of each autoregression from every origin, shape (origins, regressions, horizon).

    Args:
        values: the series in order, without holes.
        origins: ascending counts of values seen before each forecast.
        horizon: how many values ahead.
        season: values in a season; 1 for none.
    """
    kinds = [(1, tuple(range(1, p + 1))) for p in STEPS] + [(0, tuple(range(1, p + 1))) for p in LEVELS]
    if season > 1:
        again = (season, season + 1)
        kinds += [
            (1, (*range(1, min(SEASONAL_STEPS, season - 1) + 1), *again)),
            (0, (*range(1, min(SEASONAL_LEVELS, season - 1) + 1), *again)),
        ]
    found = np.empty((len(origins), len(kinds), horizon))
    cuts = np.unique(np.linspace(origins[0], origins[-1], ANCHORS).astype(int))
    parts = np.split(np.arange(len(origins)), np.searchsorted(origins, cuts[1:]))
    for kind, (steps, lags) in enumerate(kinds):
        for cut, rows in zip(cuts.tolist(), parts, strict=True):
            found[rows, kind] = _ahead(values, origins[rows], cut, horizon, steps, lags)
    return found


def _ahead(
    values: Array, origins: Places, cut: int, horizon: int, steps: int, lags: tuple[int, ...]
) -> Array:
    """Fit on the first `cut` values, foresee from each origin; the last value where too few are known."""
    last = values[origins - 1][:, None]
    series = np.diff(values) if steps else values
    past = series[: cut - steps]
    reach = max(lags)
    if len(past) - reach < 3 * len(lags) + 4:
        return np.repeat(last, horizon, axis=1)
    mean, spread = float(past.mean()), float(past.std())
    centred = past - mean
    design = np.column_stack([centred[reach - lag : len(centred) - lag] for lag in lags])
    gram = design.T @ design
    gram[np.diag_indices_from(gram)] += RIDGE * spread**2 + 1e-12
    weights = np.linalg.solve(gram, design.T @ centred[reach:])
    track = np.empty((len(origins), reach + horizon))
    for row, origin in enumerate(origins.tolist()):
        track[row, :reach] = series[origin - steps - reach : origin - steps] - mean
    back = -np.array(lags)
    for ahead in range(reach, reach + horizon):
        track[:, ahead] = track[:, ahead + back] @ weights
    told = track[:, reach:]
    return np.asarray(last + np.cumsum(told + DRIFT * mean, axis=1) if steps else told + mean)


def grown(values: Array, origins: Places, horizon: int, season: int) -> Array:
    """Return "as a season ago, and grown" from every origin: growth over three lengths, whole or in part."""
    ahead = np.arange(horizon)
    seasons = ahead // season + 1
    lengths = (max(2, season // 12), max(3, season // 4), season)
    found = np.empty((len(origins), len(lengths) * len(GROWTH), horizon))
    for row, origin in enumerate(origins.tolist()):
        base = values[np.maximum(origin + ahead - season * seasons, 0)]
        for place, length in enumerate(lengths):
            kept = min(length, origin - season)
            growth = (
                float(
                    np.mean(values[origin - kept : origin] - values[origin - kept - season : origin - season])
                )
                if kept > 0
                else 0.0
            )
            for share, part in enumerate(GROWTH):
                found[row, place * len(GROWTH) + share] = base + part * growth * seasons
    return found
