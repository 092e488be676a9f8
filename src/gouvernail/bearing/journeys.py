"""The paths that people take: the most frequent to a sale and without one, their length, and how long they last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gouvernail.base.text import Text
from gouvernail.bearing.attributed import Attributed
from gouvernail.measurement.attribution.paths import Floats, Paths
from gouvernail.measurement.attribution.waits import Waits

MOST = 20
"""Paths shown of each kind."""
LONGEST = 8
"""Steps from which lengths are one class."""


@dataclass(frozen=True)
class Way:
    """One distinct path and its counts."""

    steps: tuple[Text, ...]
    conversions: float
    value: float
    nulls: float


@dataclass(frozen=True)
class Journeying:
    """What people did before a sale, or instead of one.

    Attributes:
        leading: the most frequent paths to a sale; `idle` those that led to nothing.
        lengths: (steps, sales, without a sale); the last class holds all longer ones.
        waits: (from day, below day, sales) from the first touch to the sale.
        distinct: distinct paths in all; `mean` steps of a path to a sale.
    """

    leading: tuple[Way, ...]
    idle: tuple[Way, ...]
    lengths: tuple[tuple[int, float, float], ...]
    waits: Waits
    distinct: int
    mean: float


def journeying(found: Attributed, waited: Waits = ()) -> Journeying:
    """Return the paths of an answer in short."""
    paths = found.paths
    if paths is None:
        raise ValueError("the paths were put down")
    classes = np.minimum(paths.lengths, LONGEST)
    counts = [
        np.bincount(classes, weights=worth, minlength=LONGEST + 1)
        for worth in (paths.conversions, paths.nulls)
    ]
    return Journeying(
        _most(found, paths, paths.conversions),
        _most(found, paths, paths.nulls),
        tuple((steps, float(counts[0][steps]), float(counts[1][steps])) for steps in range(1, LONGEST + 1)),
        waited,
        len(paths),
        float((paths.lengths * paths.conversions).sum() / paths.conversions.sum()),
    )


def _most(found: Attributed, paths: Paths, worth: Floats) -> tuple[Way, ...]:
    order = np.lexsort((np.arange(len(worth)), -worth))[:MOST]
    return tuple(
        Way(
            tuple(
                found.names[paths.channels[step]]
                for step in paths.steps[paths.bounds[place] : paths.bounds[place + 1]]
            ),
            float(paths.conversions[place]),
            float(paths.value[place]),
            float(paths.nulls[place]),
        )
        for place in order.tolist()
        if worth[place] > 0
    )
