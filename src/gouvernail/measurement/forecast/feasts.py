"""What public holidays do to days and weeks: learned from those of the past, put on those to come.

A holiday is judged against the usual value around it: the median of the same weekdays four weeks before and after, or
of the weeks around. A holiday of its own name counts where it differs clearly from the others; one never seen takes
what holidays do on the whole. Easter, Ascension or Eid move through the year: no season of the year can hold them.

Months and longer are left alone: a day or two among thirty is less than the error.
Days are those that at least half of the regions keep (package `holidays`); Sundays do not count.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from gouvernail.base.periods import Grain, Period
from gouvernail.measurement.forecast.smoothing import Array

AROUND = 4
CLEAR = 2.0
"""Standard errors from nothing that make holidays on the whole count."""
OWN = 3.0
"""Standard errors from the others that make one of its own name count."""
FEWEST = 3
SUNDAY = 6


@dataclass(frozen=True)
class Feasts:
    """What holidays do: taken from the past and put on the future, as factors (`product`) or amounts."""

    past: Array
    future: Array
    product: bool

    def without(self, values: Array) -> Array:
        """Return the values as they would be without holidays."""
        return np.asarray(values / np.exp(self.past) if self.product else values - self.past)

    def put_on(self, paths: Array) -> Array:
        """Return paths (samples, horizon) with the holidays to come."""
        return np.asarray(paths * np.exp(self.future) if self.product else paths + self.future)


def feasts(past: Sequence[Period], values: Array, future: Sequence[Period], country: str) -> Feasts | None:
    """Return what the holidays of a country do; None where they do nothing that can be told.

    Args:
        past: days or weeks in order, without gaps.
        values: one a bucket, NaN for holes.
        future: the buckets that follow.
        country: ISO 3166 code; one that nobody knows has no holidays.
    """
    grain = past[0].grain if past else None
    if not country or grain not in (Grain.day, Grain.week):
        return None
    names = _names([*past, *future], country)
    product = bool((values[np.isfinite(values)] > 0).all())
    scaled = np.log(values) if product else values
    apart = _apart(
        scaled, np.array([bool(each) for each in names[: len(past)]]), 7 if grain is Grain.day else 1
    )
    effects = _effects(names[: len(past)], apart)
    if effects is None:
        return None
    whole, own = effects
    told = np.array([sum(own.get(name, whole) for name in each) for each in names], dtype=np.float64)
    return Feasts(told[: len(past)], told[len(past) :], product)


def _names(buckets: Sequence[Period], country: str) -> list[tuple[str, ...]]:
    """Return the names of the holidays in each bucket."""
    known = _holidays(country, buckets[0].start.year, buckets[-1].end.year)
    days = ([bucket.start + timedelta(n) for n in range(bucket.days)] for bucket in buckets)
    return [tuple(known[day] for day in each if day in known and day.weekday() != SUNDAY) for each in days]


@functools.lru_cache(maxsize=64)
def _holidays(country: str, first: int, last: int) -> dict[date, str]:
    """Return the holidays that at least half of the regions keep, by day; none for an unknown country."""
    import holidays

    if country not in holidays.list_supported_countries():
        return {}
    regions: list[str | None] = [*holidays.list_supported_countries()[country]] or [None]
    kept: Counter[date] = Counter()
    names: dict[date, str] = {}
    for region in regions:
        found = holidays.country_holidays(country, subdiv=region, years=range(first, last + 1))
        kept.update(found.keys())
        names.update(found)
    return {day: names[day] for day, count in sorted(kept.items()) if 2 * count >= len(regions)}


def _apart(scaled: Array, feast: npt.NDArray[np.bool_], step: int) -> Array:
    """Return by how much each value stands off the median of ordinary ones around it."""
    ordinary = np.where(feast, np.nan, scaled)
    padded = np.pad(ordinary, AROUND * step, constant_values=np.nan)
    shifts = [n for n in range(-AROUND, AROUND + 1) if n]
    around = np.array([padded[(AROUND + n) * step : (AROUND + n) * step + len(scaled)] for n in shifts])
    known = np.isfinite(around).any(axis=0)
    middle = np.full(len(scaled), np.nan)
    middle[known] = np.nanmedian(around[:, known], axis=0)
    return np.asarray(scaled - middle)


def _effects(names: Sequence[tuple[str, ...]], apart: Array) -> tuple[float, dict[str, float]] | None:
    """Return what a holiday does on the whole, and those that clearly do something else."""
    seen: dict[str, list[float]] = {}
    for each, off in zip(names, apart.tolist(), strict=True):
        for name in each if math.isfinite(off) else ():
            seen.setdefault(name, []).append(off / len(each))
    usual = np.array(
        [off for each, off in zip(names, apart.tolist(), strict=True) if not each and math.isfinite(off)]
    )
    every = [off for offs in seen.values() for off in offs]
    if len(every) < FEWEST or len(usual) < 2 * FEWEST:
        return None
    noise = float(usual.std())
    whole = float(np.mean(every))
    whole = whole if abs(whole) > CLEAR * noise / len(every) ** 0.5 else 0.0
    own = {
        name: (sum(offs) + whole) / (len(offs) + 1)
        for name, offs in seen.items()
        if abs(float(np.mean(offs)) - whole) > OWN * noise / len(offs) ** 0.5
    }
    return (whole, own) if whole or own else None
