"""Credit by rule: each conversion is shared among the steps of its path by their places. Exact, and no proof of cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from gouvernail.measurement.attribution.paths import Floats, Integers, Paths

DIRECT = frozenset({"direct", "(direct)"})
"""Names of visits whose origin nobody knows; `last_non_direct` passes over them."""
ENDS = 0.4
"""Part of the first and of the last step under the position rule; what is left goes to the steps between."""
HALF_LIFE = 2.0
"""Steps after which a touch counts half as much under time decay, where a path table gives no dates."""


def first(paths: Paths) -> Floats:
    """Return the weight of every step: all to the first of its path."""
    return _at(paths, paths.first)


def last(paths: Paths) -> Floats:
    """Return the weight of every step: all to the last of its path."""
    return _at(paths, paths.last)


def last_non_direct(paths: Paths, direct: frozenset[str] = DIRECT) -> Floats:
    """Return the weight of every step: all to the last that is not direct; to the last where all are."""
    known = np.array([name.casefold() not in direct for name in paths.channels], dtype=bool)
    places = np.where(known[paths.steps], np.arange(len(paths.steps)), -1)
    latest = np.maximum.reduceat(places, paths.first) if len(paths) else places
    return _at(paths, np.where(latest >= 0, latest, paths.last))


def linear(paths: Paths) -> Floats:
    """Return the weight of every step: the same to each of its path."""
    return 1.0 / np.repeat(paths.lengths, paths.lengths)


def position(paths: Paths, ends: tuple[float, float] = (ENDS, ENDS)) -> Floats:
    """Return the weight of every step: `ends` to the first and the last, the rest equally to those between.

    A path of two steps has nothing between: its two ends share all, in proportion.
    """
    head, tail = ends
    lengths = np.repeat(paths.lengths, paths.lengths)
    between = (1.0 - head - tail) / np.maximum(lengths - 2, 1)
    weights = np.where(paths.place == 0, head, np.where(paths.place == lengths - 1, tail, between))
    both = head + tail
    short = np.where(paths.place == 0, head / both, tail / both) if both else np.full(len(lengths), 0.5)
    told: Floats = np.where(lengths == 1, 1.0, np.where(lengths == 2, short, weights))
    return told


def time_decay(paths: Paths, half_life: float = HALF_LIFE) -> Floats:
    """Return the weight of every step: half as much for every `half_life` steps before the last."""
    back = np.repeat(paths.lengths, paths.lengths) - 1 - paths.place
    raw = np.exp2(-back / half_life)
    total = np.add.reduceat(raw, paths.first) if len(paths) else raw
    told: Floats = raw / np.repeat(total, paths.lengths)
    return told


RULES: Mapping[str, Callable[[Paths], Floats]] = {
    "first": first,
    "last": last,
    "last_non_direct": last_non_direct,
    "linear": linear,
    "position": position,
    "time_decay": time_decay,
}


def shared(paths: Paths, weights: Floats, worth: Floats, onto: Floats | None = None) -> Floats:
    """Return what each channel is credited with: `worth` of every path, shared by the weights of its steps.

    `onto` is what the channels have of earlier paths: it is added to, step after step, as if all paths were one block.
    """
    told = np.zeros(len(paths.channels)) if onto is None else onto
    np.add.at(told, paths.steps, weights * worth[paths.owner])
    return told


def _at(paths: Paths, places: Integers) -> Floats:
    weights = np.zeros(len(paths.steps))
    weights[places] = 1.0
    return weights
