"""Where a metric goes until a date: sample paths, the interval of their sum, and the chance to reach a target.

Forecast by `ensemble`, uncertainty by `paths`, holidays by `feasts`. What this says of an objective's own span, through
formulas where they do better, is `windows`. Method, guarantees and limits: docs/methods/forecast.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, last_whole
from gouvernail.base.text import TN, T
from gouvernail.measurement.forecast import trend
from gouvernail.measurement.forecast.ensemble import LONGEST, Ensemble, foresee
from gouvernail.measurement.forecast.feasts import Feasts, feasts
from gouvernail.measurement.forecast.smoothing import Array

METHOD = "forecast"
FEWEST = 18
"""Fewer known values than this leave too little to test a forecast on."""
FULL = 0.75
"""Share of the periods between the first and the last known one that must be known."""
FURTHEST = 3
"""A forecast reaches at most so many times as far as what it has seen, and `MOST_AHEAD` periods."""
MOST_AHEAD = 600
SAMPLES = 2000
SEED = 20_260
SEASONS = {Grain.day: 7, Grain.week: 52, Grain.month: 12, Grain.quarter: 4}
LEVEL = 0.9
BOUNDS = ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)
"""Places in sample paths, sorted, of the interval's ends and of the median between them."""
NOT_ALIGNED = Refusal("not_aligned", T("The drivers do not end with the same period: bring them up to date."))

Series = Sequence[tuple[Period, Outcome | float | None]]


@dataclass(frozen=True)
class Forecast:
    """Sample paths of a metric: `paths` (samples, buckets), one column for each of `buckets`.

    `quality` tells how the back-test went: `mase`, `smape` (percent), `coverage` of 90 % intervals, `origins`, `weights`.
    """

    buckets: tuple[Period, ...]
    paths: Array
    quality: Mapping[str, Any] = field(default_factory=dict)

    def total(self, since: date | None = None, so_far: float = 0.0) -> Estimate:
        """Return `so_far` plus the sum of the buckets that start on `since` or later: median and 90 % interval."""
        return self._estimate(self.sums(since) + so_far)

    def last(self) -> Estimate:
        """Return the value of the last bucket."""
        return self._estimate(self.paths[:, -1])

    def each(self) -> tuple[Estimate, ...]:
        """Return the value of every bucket."""
        return tuple(self._estimate(column) for column in self.paths.T)

    def sums(self, since: date | None = None) -> Array:
        """Return the sum of each path over the buckets that start on `since` or later."""
        wanted = [since is None or bucket.start >= since for bucket in self.buckets]
        return np.asarray(self.paths[:, wanted].sum(axis=1))

    def _estimate(self, values: Array) -> Estimate:
        return drawn_estimate(values, self.quality)


def drawn_estimate(values: Array, quality: Mapping[str, Any]) -> Estimate:
    """Return what samples of a figure say: median and 90 % interval."""
    low, middle, high = np.quantile(values, BOUNDS).tolist()
    return Estimate(middle, METHOD, low, high, LEVEL, Grade.model, dict(quality))


def forecast(
    series: Series, due: date, *, country: str = "", samples: int = SAMPLES, seed: int = SEED
) -> Forecast | Refusal:
    """Return sample paths of a metric from its last known bucket to the last whole one before `due`.

    Args:
        series: (bucket, value) in calendar order, whole days, weeks, months or quarters; refusals and None are
            holes. Leave the bucket under way out.
        due: the last day foreseen.
        country: ISO 3166 code of the country whose holidays count; empty for none.
        samples: paths drawn.
        seed: same seed, same paths.

    Returns:
        Refusal `no_data`, `too_short` (fewer than 18 known values), `holes`, `too_far` or `nothing_left` (all is known
        by `due`).
    """
    found = jointly({"": series}, due, country=country, samples=samples, seed=seed)
    return found if isinstance(found, Refusal) else found[""]


def jointly(
    courses: Mapping[str, Series], due: date, *, country: str = "", samples: int = SAMPLES, seed: int = SEED
) -> dict[str, Forecast] | Refusal:
    """Return sample paths of several metrics drawn together: those that missed together will miss together.

    Arguments as in `forecast`. All metrics must have one grain and end with the same bucket (`not_aligned`).
    """
    known: dict[str, Known] = {}
    for name, series in courses.items():
        one = learn(series, due, country)
        if isinstance(one, Refusal):
            return one
        known[name] = one
    return drawn(known, samples=samples, seed=seed)


def drawn(
    known: Mapping[str, Known], *, samples: int = SAMPLES, seed: int = SEED
) -> dict[str, Forecast] | Refusal:
    """Return sample paths of what was learned, drawn together; refusal `not_aligned` as in `jointly`."""
    from gouvernail.measurement.forecast.paths import mixed, sample

    if len({one.future for one in known.values()}) > 1:
        return NOT_ALIGNED
    found: dict[str, Forecast] = {}
    draws = mixed([one.ensemble for one in known.values()], samples, seed)
    for (name, one), normal in zip(known.items(), draws, strict=True):
        paths = sample(one.ensemble, normal, seed)
        paths = _not_below(paths) if one.positive and not one.ensemble.logs else paths
        paths = one.feasts.put_on(paths) if one.feasts else paths
        paths = np.maximum(paths, 0.0) if one.positive else paths
        quality = {**_told(one), "samples": samples, "seed": seed}
        found[name] = Forecast(one.future, paths, quality)
    return found


@dataclass(frozen=True)
class Known:
    """What was learned of one series: its forecast and back-test, before anything is drawn."""

    future: tuple[Period, ...]
    ensemble: Ensemble
    feasts: Feasts | None
    positive: bool
    points: int
    season: int
    country: str
    values: Array
    """From the first known bucket to the last, NaN for holes."""

    def told(self) -> tuple[tuple[int, ...], Array]:
        """Return the rolling origins, counted back from the last known bucket (0: none left out), and what was
        foreseen from each, (origins, steps), on the scale of the metric; NaN where it has not come yet."""
        seen = self.values[-LONGEST:]
        effect = self.feasts.past[-LONGEST:] if self.feasts else np.zeros_like(seen)
        product = self.feasts is not None and self.feasts.product
        origins, errors = self.ensemble.origins, self.ensemble.errors
        at = origins[:, None] + np.arange(errors.shape[1])
        inside = at < len(seen)
        real = np.where(inside, seen[np.minimum(at, len(seen) - 1)], np.nan)
        held = effect[np.minimum(at, len(seen) - 1)]
        plain = real / np.exp(held) if product else real - held
        with np.errstate(all="ignore"):
            found = np.exp(np.log(plain) - errors) if self.ensemble.logs else plain - errors
        found = found * np.exp(held) if product else found + held
        return tuple((origins - len(seen)).tolist()), np.asarray(found)


def learn(series: Series, due: date, country: str = "") -> Known | Refusal:
    """Forecast one series and test it; values before the first and after the last known one are left out.

    Arguments and refusals as in `forecast`.
    """
    held = {period.start: value for period, each in series if (value := trend.number(each)) is not None}
    if len(held) < FEWEST:
        return _too_short(len(held))
    grain = series[0][0].grain or Grain.month
    past = tuple(Period(min(held), max(held)).buckets(grain))
    if len(held) < FULL * len(past):
        return Refusal(
            "holes", T("More than a quarter of the periods have no value: too many holes to test a forecast.")
        )
    end = last_whole(due, grain)
    future = tuple(each for each in Period(past[-1].start, max(end.end, past[-1].end)).buckets(grain))[1:]
    if not future:
        return Refusal(
            "nothing_left", T("Every period up to the due date is known: nothing is left to foresee.")
        )
    if len(future) > min(FURTHEST * len(past), MOST_AHEAD):
        return Refusal(
            "too_far",
            T(
                "The due date is {n} periods away, too far to be foreseen from {known} known ones.",
                n=len(future),
                known=len(held),
            ),
        )
    values = np.array([held.get(each.start, np.nan) for each in past])
    found = feasts(past, values, future, country)
    season = SEASONS.get(grain, 1)
    ensemble = foresee(found.without(values) if found else values, len(future), season)
    positive = min(held.values()) >= 0
    return Known(future, ensemble, found, positive, len(held), season, country, values)


def _told(one: Known) -> dict[str, Any]:
    """Return what is kept of the back-test."""
    from gouvernail.measurement.forecast.paths import coverage

    return {
        "model": "ensemble",
        "mase": one.ensemble.mase,
        "smape": one.ensemble.smape,
        "coverage": coverage(one.ensemble),
        "origins": len(one.ensemble.origins),
        "weights": one.ensemble.weights,
        "points": one.points,
        "country": one.country,
        "season": one.season,
        "holidays": one.feasts is not None,
    }


def _not_below(paths: Array) -> Array:
    """Return paths cut at zero, each bucket scaled back to the mean it had: a cut alone makes sums too large."""
    cut = np.maximum(paths, 0.0)
    before, after = np.maximum(paths.mean(axis=0), 0.0), cut.mean(axis=0)
    return np.asarray(cut * np.divide(before, after, out=np.zeros_like(after), where=after > 0))


def _too_short(points: int) -> Refusal:
    reason = TN(
        "Only {n} period has data: a back-tested forecast needs {fewest} or more.",
        "Only {n} periods have data: a back-tested forecast needs {fewest} or more.",
        n=points,
        fewest=FEWEST,
    )
    return Refusal("too_short" if points else "no_data", reason)
