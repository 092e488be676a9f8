"""Shapley values of the game of conversion rates, which reads the paths that led to nothing too.

A set of channels is worth the part of people who convert, among those whose channels are all in the set; nothing where
nobody is. Up to 20 channels the value is exact, by the subset transform. Beyond, it is the mean over random orders of
joining, each with its reverse, and the standard error of that mean is told. Either way all paths count in every set.

The values sum to the rate of all people. A channel that lowers the rate has a value below zero: it is credited nothing,
and the conversions are shared in proportion to the others.

Sources: as `shapley`; J. Castro, D. Gómez and J. Tejada, Polynomial calculation of the Shapley value based on sampling,
Computers & Operations Research 36 (2009), for the sampled one; R. Mitchell et al., Sampling permutations for Shapley
value estimation, JMLR 23 (2022), for orders with their reverse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gouvernail.measurement.attribution.markov import proportion
from gouvernail.measurement.attribution.paths import Floats, Integers, Paths, tallied
from gouvernail.measurement.attribution.shapley import MOST_EXACT, of_game

ORDERS = 400
"""Random orders of joining, half of them the reverse of the other half, beyond 20 channels."""
SEED = 20_261_101


@dataclass(frozen=True, eq=False)
class Values:
    """Shapley values of conversions and of value a path (a row a channel), and their standard error: 0 where exact."""

    values: Floats
    error: Floats
    orders: int = 0


def values(paths: Paths, *, orders: int = ORDERS, seed: int = SEED, exact: int = MOST_EXACT) -> Values:
    """Return the Shapley value of every channel in the game of rates.

    Args:
        paths: with their counts; those without conversion count as people who did not convert.
        orders: sampled beyond `exact` channels, an even number.
        seed: of the sampled orders.
        exact: channels up to which all sets are reckoned.
    """
    if len(paths.channels) <= exact:
        found = _exact(paths)
        return Values(found, np.zeros_like(found))
    return _sampled(paths, orders, seed)


def credit(
    paths: Paths, *, orders: int = ORDERS, seed: int = SEED, exact: int = MOST_EXACT
) -> tuple[Floats, Floats]:
    """Return conversions and value credited to each channel: totals in proportion to the values above zero."""
    found = np.maximum(values(paths, orders=orders, seed=seed, exact=exact).values, 0.0)
    return (
        proportion(found[:, 0], float(paths.conversions.sum())),
        proportion(found[:, 1], float(paths.value.sum())),
    )


def _exact(paths: Paths) -> Floats:
    channels = len(paths.channels)
    bits = np.int64(1) << paths.steps.astype(np.int64)
    sets = np.bitwise_or.reduceat(bits, paths.first) if len(paths) else bits
    counts = (paths.conversions, paths.value, paths.conversions + paths.nulls)
    won, worth, walked = (_within(tallied(sets, count, 1 << channels), channels) for count in counts)
    safe = np.where(walked > 0, walked, 1.0)
    return np.stack([of_game(won / safe), of_game(worth / safe)], axis=1)


def _within(counts: Floats, channels: int) -> Floats:
    """Return, for every set, the sum of the counts of its subsets."""
    for channel in range(channels):
        pairs = counts.reshape(-1, 2, 1 << channel)
        pairs[:, 1] += pairs[:, 0]
    return counts


def _sampled(paths: Paths, orders: int, seed: int) -> Values:
    """Return the mean gain of each channel over random orders, and its standard error over pairs of orders."""
    rng = np.random.default_rng(seed)
    pairs = max(2, orders // 2)
    gains = np.empty((pairs, len(paths.channels), 2))
    counts = np.stack([paths.conversions, paths.value, paths.conversions + paths.nulls])
    for pair in range(pairs):
        order = rng.permutation(len(paths.channels))
        gains[pair] = (_gains(paths, counts, order) + _gains(paths, counts, order[::-1])) / 2
    error: Floats = gains.std(axis=0, ddof=1) / pairs**0.5
    return Values(gains.mean(axis=0), error, 2 * pairs)


def _gains(paths: Paths, counts: Floats, order: Integers) -> Floats:
    """Return what each channel adds to the rate when channels join in this order.

    A path is within the set from the moment on when the last of its channels joins.
    """
    channels = len(order)
    turn = np.empty(channels, dtype=np.int64)
    turn[order] = np.arange(channels)
    joined = np.maximum.reduceat(turn[paths.steps], paths.first)
    sums = np.stack([tallied(joined, count, channels) for count in counts]).cumsum(axis=1)
    rates = np.where(sums[2] > 0, sums[:2] / np.where(sums[2] > 0, sums[2], 1.0), 0.0)
    added = np.diff(rates, axis=1, prepend=0.0).T
    gains = np.empty((channels, 2))
    gains[order] = added
    return gains
