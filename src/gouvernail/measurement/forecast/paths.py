"""What may come: sample paths around a forecast, whose errors hang together as they did on rolling origins.

An error at step j is taken as e_j = own noise + random walk + wrong slope, variance a + b j + c j²; the sum of the
first k errors then has variance a k + b k (k + 1) (2k + 1) / 6 + c (k (k + 1) / 2)². Both are fitted together to
the back-tested squares by non-negative least squares: few origins give a smooth answer, and a horizon longer than the
back-test one that goes on. A common factor per path (Student's t) stands for how little a short back-test knows.

Source: Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, ch. 2 (level, slope and noise);
Lawson and Hanson (1974), Solving Least Squares Problems (non-negative least squares).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gouvernail.measurement.forecast.ensemble import Ensemble
from gouvernail.measurement.forecast.smoothing import Array

WIDER = 1.05
"""The weights have seen the errors that they are judged by: errors to come are larger by so much."""
FREEDOM = (4.0, 60.0)
SHRINK = 10.0


@dataclass(frozen=True)
class Spread:
    """Variances of own noise, random walk and slope, and the degrees of freedom they rest on."""

    noise: float
    walk: float
    slope: float
    freedom: float


def spread(ensemble: Ensemble) -> Spread:
    """Return what the back-tested errors say of errors to come."""
    from scipy.optimize import nnls

    errors = ensemble.errors
    steps = np.arange(1.0, errors.shape[1] + 1)
    single = np.column_stack([np.ones_like(steps), steps, steps**2])
    tops = steps * (steps + 1)
    sums = np.column_stack([steps, tops * (2 * steps + 1) / 6, (tops / 2) ** 2])
    squares, counts = _squares(errors)
    total_squares, total_counts = _squares(np.cumsum(errors, axis=1))
    design = np.vstack([single, sums])
    seen = np.concatenate([squares, total_squares])
    weight = np.sqrt(np.concatenate([counts, total_counts]))
    known = (weight > 0) & (seen > 0)
    span = float(ensemble.origins[-1] - ensemble.origins[0] + 1)
    freedom = min(max(2 * span / (1 + len(steps) / 2), FREEDOM[0]), FREEDOM[1])
    if not known.any():
        return Spread(0.0, 0.0, 0.0, freedom)
    scale = weight[known] / seen[known]
    (noise, walk, slope), _ = nnls(design[known] * scale[:, None], weight[known])
    return Spread(float(noise), float(walk), float(slope), freedom)


def _squares(errors: Array) -> tuple[Array, Array]:
    counts = np.isfinite(errors).sum(axis=0).astype(np.float64)
    return np.nansum(errors**2, axis=0) / np.maximum(counts, 1), counts


def coverage(ensemble: Ensemble) -> float | None:
    """Return the share of back-tested sums inside their 90 % interval; None where no origin saw the whole horizon."""
    from gouvernail.measurement.student import quantile

    sums = ensemble.errors.sum(axis=1)
    sums = sums[np.isfinite(sums)]
    if not len(sums):
        return None
    found, steps = spread(ensemble), float(ensemble.errors.shape[1])
    tops = steps * (steps + 1)
    variance = found.noise * steps + found.walk * tops * (2 * steps + 1) / 6 + found.slope * (tops / 2) ** 2
    return float((np.abs(sums) <= quantile(0.95, found.freedom) * WIDER * variance**0.5).mean())


def mixed(ensembles: Sequence[Ensemble], samples: int, seed: int) -> Array:
    """Return normal draws for each metric (metrics, samples, 2 horizon + 1), correlated as their first errors were.

    Correlations of n errors are taken n / (n + 10) at their word.
    """
    half = (samples + 1) // 2
    shape = (len(ensembles), half, 2 * len(ensembles[0].ahead) + 1)
    draws = np.random.default_rng(seed).standard_normal(shape)
    if len(ensembles) > 1:
        draws = np.einsum("kl,lsh->ksh", _root(_correlations(ensembles)), draws)
    return np.concatenate([draws, -draws], axis=1)[:, :samples]


def _correlations(ensembles: Sequence[Ensemble]) -> Array:
    """Return how first errors went together, counted back from the common last bucket."""
    first = [
        dict(zip((one.origins - one.origins[-1]).tolist(), one.errors[:, 0], strict=True))
        for one in ensembles
    ]
    found = np.eye(len(ensembles))
    for one, two in itertools.combinations(range(len(ensembles)), 2):
        pairs = np.array([(first[one][at], first[two][at]) for at in first[one] if at in first[two]])
        pairs = pairs[np.isfinite(pairs).all(axis=1)] if len(pairs) else pairs
        if len(pairs) > 3 and bool((pairs.std(axis=0) > 0).all()):
            shrunk = len(pairs) / (len(pairs) + SHRINK)
            found[one, two] = found[two, one] = shrunk * float(np.corrcoef(pairs.T)[0, 1])
    return found


def _root(correlations: Array) -> Array:
    """Return a square root of a correlation matrix, made positive where pairs disagree."""
    sizes, axes = np.linalg.eigh(correlations)
    root = axes * np.sqrt(np.maximum(sizes, 1e-9))
    return np.asarray(root / np.sqrt((root**2).sum(axis=1))[:, None])


def sample(ensemble: Ensemble, draws: Array, seed: int) -> Array:
    """Return sample paths on the scale of the metric, shape (samples, horizon).

    Args:
        ensemble: the forecast with its back-test.
        draws: its part of `mixed`, shape (samples, 2 horizon + 1).
        seed: of the common factor of each path.
    """
    horizon = len(ensemble.ahead)
    found = spread(ensemble)
    noise, walk, slope = draws[:, :horizon], draws[:, horizon : 2 * horizon], draws[:, -1:]
    errors = np.sqrt(found.noise) * noise + np.sqrt(found.walk) * np.cumsum(walk, axis=1)
    errors += np.sqrt(found.slope) * slope * np.arange(1.0, horizon + 1)
    half = (len(draws) + 1) // 2
    factor = np.random.default_rng([seed, 1]).chisquare(found.freedom, half) / found.freedom
    errors *= WIDER / np.sqrt(np.concatenate([factor, factor])[: len(draws), None])
    told = ensemble.ahead + errors
    return np.asarray(np.exp(np.clip(told, -300, 300)) if ensemble.logs else told)
