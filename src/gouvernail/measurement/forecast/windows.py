"""Where an objective's own figure goes: the sum over its span, a rate over it, or a level, by the way that did best.

A figure can be foreseen by itself or through a formula of its drivers (`ways`). Every way is tried on the same rolling
origins; the one that missed least tells the paths. What of the span is known counts as it is.
Method, guarantees and limits: docs/methods/forecast.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import T
from gouvernail.base.units import Direction
from gouvernail.measurement.forecast.outlook import (
    BOUNDS,
    NOT_ALIGNED,
    SAMPLES,
    SEED,
    Known,
    drawn,
    drawn_estimate,
)
from gouvernail.measurement.forecast.smoothing import Array
from gouvernail.measurement.forecast.ways import ITSELF, Way

FEWEST_ORIGINS = 3


@dataclass(frozen=True)
class Ahead:
    """What is to come: `paths` (samples, buckets) of the figure over the span that ends with each of `buckets`.

    `quality` holds `model`, `leaves`, `points`, `country`, `holidays`, `origins` and, of the back-test, `error` (mean miss
    as a share of the figure, NaN where unknown), `error_ahead` (buckets ahead), `error_origins`, `inside` (share of those
    misses that the interval is wide enough for), `tried` (model → error); for a figure's own past also `mase`, `smape`,
    `coverage` and `weights`.
    """

    buckets: tuple[Period, ...]
    paths: Array
    so_far: float | None
    """What of the last span is there already; None for a figure that is no sum."""
    quality: Mapping[str, Any]

    def at(self, place: int) -> Estimate:
        """Return the figure over the span that ends with a bucket: median and 90 % interval."""
        return drawn_estimate(self.paths[:, place], self.quality)

    def chance(self, target: float, better: Direction = Direction.up) -> float:
        """Return the chance that the figure reaches the target with the last bucket, never 0 nor 1."""
        last = self.paths[:, -1]
        met = (last >= target) if better is Direction.up else (last <= target)
        return (float(met.sum()) + 0.5) / (len(last) + 1)


def look_ahead(
    ways: Sequence[Way],
    courses: Mapping[str, Array],
    learned: Callable[[str], Known | Refusal],
    width: int,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Ahead | Refusal:
    """Return what a figure comes to, by the way that missed least on rolling origins.

    Args:
        ways: those that may be gone; on a draw the first one is.
        courses: metric → its past values, one a bucket, all of the same buckets, NaN for holes: leaves and what is read.
        learned: what `outlook.learn` made of a leaf's course.
        width: buckets in the span that the figure counts over; 1 for the level of a bucket.

    Returns:
        The refusal of the last way where none can be gone: `no_data`, `too_short`, `holes`, `too_far`, `nothing_left` or
        `not_aligned` of a leaf; `not_finite` where a bucket that counts has no value, or a formula divides by zero.
    """
    tried: list[Ahead] = []
    refused = Refusal("no_data", T("No period has data yet."))
    for way in ways:
        found = _by(way, courses, learned, width, (samples, seed))
        if isinstance(found, Refusal):
            refused = found
        else:
            tried.append(found)
    if not tried:
        return refused
    best = min(tried, key=_error)
    errors = {one.quality["model"]: _error(one) for one in tried if np.isfinite(_error(one))}
    return replace(best, quality={**best.quality, "tried": errors})


def _error(one: Ahead) -> float:
    error = float(one.quality["error"])
    return error if np.isfinite(error) else np.inf


def _by(
    way: Way,
    courses: Mapping[str, Array],
    learned: Callable[[str], Known | Refusal],
    width: int,
    drawing: tuple[int, int],
) -> Ahead | Refusal:
    """Go one way: what it foresees, and how it did on rolling origins."""
    known: dict[str, Known] = {}
    for leaf in way.leaves:
        one = learned(leaf)
        if isinstance(one, Refusal):
            return one
        known[leaf] = one
    leaves = drawn(known, samples=drawing[0], seed=drawing[1])
    if isinstance(leaves, Refusal):
        return leaves
    ends = {_end(courses[name]) for name in (*way.leaves, *way.reads)}
    if len(ends) > 1:
        return NOT_ALIGNED
    (end,) = ends
    past = {name: _before(values, np.array([end]), width) for name, values in courses.items()}
    with np.errstate(all="ignore"):
        paths = way.figure(past, {name: leaf.paths for name, leaf in leaves.items()}, width)
        told = _tested(way, courses, known, end, width, _spread(paths))
    if not np.isfinite(paths[:, -1]).all():
        why = T("A period that counts has no value: the forecast cannot tell what the whole comes to.")
        return Refusal("not_finite", why)
    first = next(iter(leaves.values()))
    steps = paths.shape[1]
    so_far = None
    if way.summed and width > 1:
        root = way.reads[0] if way.reads else way.leaves[0]
        so_far = float(past[root][0, steps - 1 :].sum())
    quality = {**_quality(way, [leaf.quality for leaf in leaves.values()]), **told}
    return Ahead(first.buckets, paths, so_far, quality)


def _end(values: Array) -> int:
    """Return the place after the last known value."""
    known = np.flatnonzero(np.isfinite(values))
    return int(known[-1]) + 1 if len(known) else 0


def _before(values: Array, ends: Array, width: int) -> Array:
    """Return the `width − 1` values before each end, NaN before the first: (ends, width − 1)."""
    padded = np.concatenate([np.full(width - 1, np.nan), values])
    return np.asarray(padded[ends[:, None] + np.arange(width - 1)])


def _spread(paths: Array) -> tuple[Array, Array]:
    """Return how far the interval reaches below and above the median at each bucket, as shares of it."""
    low, middle, high = np.quantile(paths, BOUNDS, axis=0)
    size = np.abs(middle)
    return (middle - low) / size, (high - middle) / size


def _tested(
    way: Way,
    courses: Mapping[str, Array],
    known: Mapping[str, Known],
    end: int,
    width: int,
    spread: tuple[Array, Array],
) -> dict[str, Any]:
    """Return how far the figure was missed at the furthest step that rolling origins could see."""
    told = {leaf: one.told() for leaf, one in known.items()}
    shared = sorted(set.intersection(*(set(origins) for origins, _ in told.values())))
    if not shared:
        return _UNTESTED
    steps = min(values.shape[1] for _, values in told.values())
    rows = {leaf: [origins.index(one) for one in shared] for leaf, (origins, _) in told.items()}
    ends = end + np.array(shared)
    past = {name: _before(values, ends, width) for name, values in courses.items()}
    ahead = {leaf: values[rows[leaf], :steps] for leaf, (_, values) in told.items()}
    at = ends[:, None] + np.arange(steps)
    real = {
        name: np.where(at < end, values[np.minimum(at, len(values) - 1)], np.nan)
        for name, values in courses.items()
    }
    return _missed(way.figure(past, ahead, width), way.came(past, real, width), spread)


_UNTESTED: dict[str, Any] = {"error": np.nan, "error_ahead": 0, "error_origins": 0, "inside": None}


def _missed(foreseen: Array, came: Array, spread: tuple[Array, Array]) -> dict[str, Any]:
    """Return the mean miss over the mean size, at the furthest step that enough origins could see."""
    off = came - foreseen
    enough = np.flatnonzero(np.isfinite(off).sum(axis=0) >= FEWEST_ORIGINS)
    if not len(enough):
        return _UNTESTED
    step = int(enough[-1])
    seen = np.isfinite(off[:, step])
    size = float(np.abs(came[seen, step]).mean())
    if size <= 0:
        return _UNTESTED
    shares = off[seen, step] / np.abs(foreseen[seen, step])
    inside = (shares >= -spread[0][step]) & (shares <= spread[1][step])
    return {
        "error": float(np.abs(off[seen, step]).mean()) / size,
        "error_ahead": step + 1,
        "error_origins": int(seen.sum()),
        "inside": float(inside.mean()),
    }


def _quality(way: Way, leaves: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what is kept of the way and of the forecasts it rests on."""
    whole: dict[str, Any] = {
        "model": way.name,
        "leaves": way.leaves if way.name != ITSELF else (),
        "points": min(leaf["points"] for leaf in leaves),
        "origins": min(leaf["origins"] for leaf in leaves),
        "holidays": any(leaf["holidays"] for leaf in leaves),
        **{name: leaves[0][name] for name in ("country", "season", "samples", "seed")},
    }
    if way.name == ITSELF:
        whole |= {name: leaves[0][name] for name in ("mase", "smape", "coverage", "weights")}
    return whole
