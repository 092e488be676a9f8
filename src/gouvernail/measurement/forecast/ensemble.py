"""One forecast out of many: members weighted by their errors on rolling origins, on the scale that did better.

Families (smoothing, seasonal smoothing, autoregression, a season ago) are blended inside first, then with each other:
the best members count most, none alone. Every error kept is one of a forecast whose weights, too, rest on
what was known by then.

Source: Bates and Granger (1969), The combination of forecasts, Operational Research Quarterly 20; Tashman (2000),
Out-of-sample tests of forecasting accuracy, International Journal of Forecasting 16 (rolling origins).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from gouvernail.measurement.forecast.autoregression import grown, regressed
from gouvernail.measurement.forecast.smoothing import Array, Places, smoothed

LONGEST = 300
"""Values further back say little of today."""
ORIGINS = 40
INSIDE, BETWEEN = 40.0, 3.0
"""How fast weight falls with relative error, among members of a family and among families."""
REACH = 2.0
"""Members may leave the range of the past by so many times its width, no more."""


@dataclass(frozen=True)
class Ensemble:
    """A back-tested forecast on its working scale (`logs`: natural logarithms).

    `ahead` (horizon,) is the forecast; `errors` (origins, horizon) are value minus forecast on rolling origins, NaN where
    not known; `origins` counts the values seen. `mase` and `smape` (percent) are those of the back-test.
    """

    ahead: Array
    errors: Array
    origins: Places
    logs: bool
    weights: dict[str, float]
    mase: float
    smape: float


def foresee(values: Array, horizon: int, season: int = 1) -> Ensemble:
    """Return the blended forecast of a series.

    Args:
        values: in order, NaN for holes; 8 known ones at least.
        horizon: values ahead.
        season: values in a season; 1 for none. A season that the series does not hold once and a quarter is left out.
    """
    values = values[-LONGEST:]
    season = season if season > 1 and len(values) >= season + season // 4 + 3 else 1
    origins = _origins(len(values), season)
    tested = min(horizon, max(len(values) // 2, 1))
    future = np.full((len(origins) - 1, tested), np.nan)
    for row, origin in enumerate(origins[:-1].tolist()):
        known = values[origin : origin + tested]
        future[row, : len(known)] = known
    known = values[np.isfinite(values)]
    scales = (False, True) if bool((known > 0).all()) else (False,)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        tries = [_blend(values, origins, future, horizon, season, logs) for logs in scales]
    return min(tries, key=lambda one: one.mase)


def _origins(length: int, season: int) -> Places:
    first = max(length // 3, 5, season + season // 4 if season > 1 else 0)
    if length >= 3 * season > 3:
        first = max(first, 2 * season)
    first = min(first, length - 2)
    return np.append(
        np.unique(np.linspace(first, length - 1, min(ORIGINS, length - first)).astype(int)), length
    )


def _blend(values: Array, origins: Places, future: Array, horizon: int, season: int, logs: bool) -> Ensemble:
    scaled = np.log(values) if logs else values
    tested = future.shape[1]
    families = _families(scaled, origins, horizon, season)
    told = np.array([_shared(every, origins, future, INSIDE, logs) for every in families.values()])
    shares = _shares(_wrong(told.transpose(1, 0, 2), future, logs), origins, tested, BETWEEN)
    whole = np.einsum("foh,of->oh", told, shares)
    ours = _back(whole[:-1, :tested], logs)
    steps = np.abs(values[season:] - values[:-season])
    usual = float(np.nanmean(steps)) if np.isfinite(steps).any() else 0.0
    sizes = np.abs(ours) + np.abs(future)
    percent = np.abs(ours - future) / np.where(sizes > 0, sizes, np.nan)
    return Ensemble(
        whole[-1],
        (np.log(future) if logs else future) - whole[:-1, :tested],
        origins[:-1],
        logs,
        dict(zip(families, shares[-1].tolist(), strict=True)),
        float(np.nanmean(np.abs(ours - future))) / usual if usual > 0 else 0.0,
        200 * float(np.nanmean(percent)) if np.isfinite(percent).any() else 0.0,
    )


def _shared(every: Array, origins: Places, future: Array, sharpness: float, logs: bool) -> Array:
    """Return the blend (origins, horizon) of the members of a family (origins, members, horizon)."""
    shares = _shares(_wrong(every, future, logs), origins, future.shape[1], sharpness)
    return np.asarray(np.einsum("omh,om->oh", every, shares))


def _wrong(every: Array, future: Array, logs: bool) -> Array:
    """Return the mean absolute error of each member from each origin, on the scale of the metric."""
    return np.asarray(
        np.nanmean(np.abs(_back(every[:-1, :, : future.shape[1]], logs) - future[:, None]), axis=2)
    )


def _shares(wrong: Array, origins: Places, tested: int, sharpness: float) -> Array:
    """Return the weights (origins, members) that could be known at each origin: equal until an error is in."""
    found = np.full((len(origins), wrong.shape[1]), 1 / wrong.shape[1])
    for row, origin in enumerate(origins.tolist()):
        last = row == len(origins) - 1
        known = wrong if last else wrong[: int(np.searchsorted(origins, origin - tested, side="right"))]
        known = known[np.isfinite(known).all(axis=1)]
        if len(known):
            found[row] = _weights(known.mean(axis=0), sharpness)
    return found


def _families(scaled: Array, origins: Places, horizon: int, season: int) -> dict[str, Array]:
    bad = ~np.isfinite(scaled)
    filled = scaled.copy()
    if bad.any():
        filled[bad] = np.interp(np.flatnonzero(bad), np.flatnonzero(~bad), scaled[~bad])
    found = {
        "smoothing": smoothed(scaled, origins, horizon),
        "autoregression": regressed(filled, origins, horizon, season),
    }
    if season > 1:
        found["seasonal_smoothing"] = smoothed(scaled, origins, horizon, season)
        found["season_ago"] = grown(filled, origins, horizon, season)
    low, high = float(filled.min()), float(filled.max())
    room = REACH * (high - low)
    return {name: np.clip(every, low - room, high + room) for name, every in found.items()}


def _back(scaled: Array, logs: bool) -> Array:
    return np.asarray(np.exp(np.clip(scaled, -300, 300)) if logs else scaled)


def _weights(wrong: Array, sharpness: float) -> Array:
    least = float(wrong.min())
    if least <= 0:
        exact = (wrong <= 0).astype(np.float64)
        return np.asarray(exact / exact.sum())
    weights = np.exp(-sharpness * (wrong / least - 1))
    return np.asarray(weights / weights.sum())
