"""Where a daily series changes its level from one day to the next and stays there.

Four weeks before a day against four weeks after, in logarithms of weekly means, so that weekdays cancel out.
The yardstick is the series' own moves from week to week, taken for a random walk: what wanders, or follows a
season, must move far beyond its habit to count. Method and false alarms: docs/methods/level.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SPAN = 28
WEEK = 7
LONGEST = 56
"""Days for which the old level must have held before a break, and the new one after it, where they are known."""
YEAR = 364
LEAST_CHANGE = math.log(1.4)
DOUBLE = math.log(2)
LEAST_COUNT = 10.0
"""Mean of a week on the higher side below which chance alone doubles it."""
THRESHOLD = 3.5
ABRUPT = 0.6
"""Part of the change that the first week must show."""
WALK = math.sqrt(44) / 4
"""Standard deviation of the difference of two means of four weeks, of a random walk with steps of one."""
MOST = 3

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Break:
    """A change of level. `place` is the first day of the new level; means a day over 28 days."""

    place: int
    before: float
    after: float


def breaks(values: Sequence[float], *, strict: bool = True) -> tuple[Break, ...]:
    """Return the breaks of a daily series, in order of time; at most three.

    Args:
        values: one a day; not a number where nothing is known.
        strict: also ask that the change lasts eight weeks as far as known, and is no habit of the season.
    """
    days = np.asarray(values, dtype=np.float64)
    if len(days) < 4 * SPAN:
        return ()
    weekly = _weekly(days)
    logs = np.log(np.maximum(weekly, 0.5 / WEEK))
    jumps = _jumps(logs, len(days))
    scores = np.abs(jumps) / (WALK * _habit(days))
    found: list[Break] = []
    for place in np.argsort(-np.nan_to_num(scores, nan=0.0), kind="stable").tolist():
        if not scores[place] > THRESHOLD or len(found) == MOST:
            break
        if all(abs(place - one.place) >= SPAN for one in found) and _holds(days, logs, jumps, place, strict):
            before, after = _means(days, place)
            found.append(Break(place, before, after))
    return tuple(sorted(found, key=lambda one: one.place))


def _weekly(days: Array) -> Array:
    """Return the mean of the seven days from each day on; not a number where more than two are unknown."""
    known = np.isfinite(days)
    window = np.ones(WEEK)
    sums = np.convolve(np.where(known, days, 0.0), window, "valid")
    counts = np.convolve(known.astype(np.float64), window, "valid")
    return np.where(counts >= WEEK - 2, sums / np.maximum(counts, 1), np.nan)


def _jumps(logs: Array, count: int) -> Array:
    """Return, for each day, the mean of the four weeks from it on less that of the four weeks before."""
    found = np.full(count, np.nan)
    places = np.arange(SPAN, count - SPAN + 1)
    after = np.mean([logs[places + WEEK * n] for n in range(4)], axis=0)
    before = np.mean([logs[places - WEEK * (n + 1)] for n in range(4)], axis=0)
    found[places[places < count]] = (after - before)[places < count]
    return found


def _habit(days: Array) -> float:
    """Return how far the series usually moves from one week to the next (robust standard deviation of logarithms).

    Never less than what chance does to counts of this size, nor than five per cent.
    """
    whole = days[len(days) % WEEK :].reshape(-1, WEEK)
    known = whole[np.isfinite(whole).sum(axis=1) >= WEEK - 2]
    means = np.nanmean(known, axis=1) if len(known) else np.zeros(1)
    steps = np.diff(np.log(np.maximum(means, 0.5 / WEEK)))
    usual = 1.4826 * float(np.median(np.abs(steps))) if len(steps) else math.inf
    chance = math.sqrt(2 / max(float(np.median(means)) * WEEK, 1.0))
    return max(usual, min(chance, 1.0), 0.05)


def _holds(days: Array, logs: Array, jumps: Array, place: int, strict: bool) -> bool:
    """Whether the change is large, sudden, between ranges that do not meet, lasting, and no habit of the season."""
    jump = float(jumps[place])
    after = np.array([logs[place + WEEK * n] for n in range(4)])
    before = np.array([logs[place - WEEK * (n + 1)] for n in range(4)])
    up = jump > 0
    apart = after.min() > before.max() if up else after.max() < before.min()
    sudden = (after[0] - before[0]) * (1 if up else -1) >= ABRUPT * abs(jump)
    many = max(math.exp(after.mean()), math.exp(before.mean())) * WEEK >= LEAST_COUNT
    large = abs(jump) >= LEAST_CHANGE
    if not (apart and sudden and many and large):
        return False
    lasting = _lasts(logs, before, jump, place, len(days)) and not _seasonal(jumps, jump, place)
    return lasting or not strict


def _lasts(logs: Array, before: Array, jump: float, place: int, count: int) -> bool:
    """Whether each of the eight weeks before and after, as far as known, keeps to its side by half of the change."""
    sign, half = (1 if jump > 0 else -1), 0.5 * abs(jump)
    later = np.array([logs[p] for p in range(place, min(place + LONGEST, count) - WEEK + 1, WEEK)])
    earlier = np.array([logs[p] for p in range(place - WEEK, max(place - LONGEST, 0) - 1, -WEEK)])
    old, new = float(np.median(before)), float(np.median(before)) + jump
    return bool(np.nanmin((later - old) * sign) >= half and np.nanmin((new - earlier) * sign) >= half)


def _seasonal(jumps: Array, jump: float, place: int) -> bool:
    """Whether the series did the like a year before, within two weeks.

    Where no year before is known, a rise that has not lasted its eight weeks yet may be the peak of a season,
    and only a change by half or double is told.
    """
    around = jumps[max(place - YEAR - 2 * WEEK, 0) : max(place - YEAR + 2 * WEEK + 1, 0)]
    around = around[np.isfinite(around)]
    if not len(around):
        return (jump > 0 and place + LONGEST > len(jumps)) or abs(jump) < DOUBLE
    return bool((around * (1 if jump > 0 else -1)).max() >= 0.5 * abs(jump))


def _means(days: Array, place: int) -> tuple[float, float]:
    return float(np.nanmean(days[place - SPAN : place])), float(np.nanmean(days[place : place + SPAN]))
