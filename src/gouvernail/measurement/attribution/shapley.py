"""Shapley values of channels: each one's fair part of what every set of channels brings, exactly.

The game of a path table, without nulls: a set of channels is worth the conversions of the paths that met no other. Then
the worth of every path is shared equally among the channels it met (its dividend), whatever their number.

A game that is told set by set (`of_game`) is solved by the subset transform: dividends of all 2^n sets in n·2^n steps.

Sources: L. S. Shapley, A value for n-person games (1953); J. C. Harsanyi, A simplified bargaining model for the n-person
cooperative game (1963), for dividends; K. Zhao, S. H. Mahboobi and S. R. Bagheri, Shapley value methods for attribution
modeling in online advertising (2018), for the game of paths.
"""

from __future__ import annotations

import numpy as np

from gouvernail.measurement.attribution.paths import Floats, Integers, Paths

MOST_EXACT = 20
"""Channels up to which a game told set by set is solved exactly: 2^20 sets."""


def weights(paths: Paths) -> Floats:
    """Return the weight of every step: a path's worth is shared equally by the channels that it met.

    The first meeting with a channel carries its part, later ones nothing.
    """
    fresh = _fresh(paths)
    met = np.add.reduceat(fresh, paths.first) if len(paths) else fresh
    told: Floats = fresh / np.repeat(met, paths.lengths)
    return told


def _fresh(paths: Paths) -> Floats:
    """Return 1 at the first meeting of a path with each channel, 0 elsewhere."""
    key = paths.owner * np.int64(max(1, len(paths.channels))) + paths.steps
    _, first = np.unique(key, return_index=True)
    fresh = np.zeros(len(paths.steps))
    fresh[first] = 1.0
    return fresh


def of_game(worth: Floats) -> Floats:
    """Return the Shapley value of each of n players of the game `worth`.

    Args:
        worth: 2^n numbers; bit i of an index says that player i is of the set; the empty set is worth nothing.

    Raises:
        ValueError: more than 20 players, or a length that is no power of two.
    """
    players = len(worth).bit_length() - 1
    if len(worth) != 1 << players or players > MOST_EXACT:
        raise ValueError(f"a game of {len(worth)} sets")
    dividends = worth.astype(np.float64).copy()
    for player in range(players):
        pairs = dividends.reshape(-1, 2, 1 << player)
        pairs[:, 1] -= pairs[:, 0]
    dividends /= np.maximum(_sizes(players), 1)
    return np.array(
        [dividends.reshape(-1, 2, 1 << player)[:, 1].sum() for player in range(players)], dtype=np.float64
    )


def _sizes(players: int) -> Integers:
    """Return the number of players in each of the 2^n sets."""
    sizes = np.zeros(1, dtype=np.int64)
    for _ in range(players):
        sizes = np.concatenate((sizes, sizes + 1))
    return sizes
