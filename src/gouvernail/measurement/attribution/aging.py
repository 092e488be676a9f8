"""Time decay by real age: a touch counts half as much for every half-life between it and the sale.

A path table knows no dates, so this credit is reckoned while touches stream by (`journeys`), exactly, and kept by group
of people for resampling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gouvernail.measurement.attribution.paths import Floats, Integers, Steps, tallied

HALF_LIFE_DAYS = 7.0
DAY_SECONDS = 86_400


@dataclass(frozen=True, eq=False)
class Aged:
    """Credit by age: conversions and value, a row a group of people, a column a channel."""

    half_life_days: float
    conversions: Floats
    value: Floats


@dataclass(frozen=True, eq=False)
class Stretches:
    """Touches that led to sales: where each stretch begins and ends, what its sale was worth, whose group it is."""

    begins: Integers
    ends: Integers
    worth: Floats
    group: Integers


def aged(
    steps: Steps,
    instants: Integers,
    led: Stretches,
    shape: tuple[int, int],
    half_life_days: float = HALF_LIFE_DAYS,
) -> Aged:
    """Return the credit of every channel (`shape`: groups, channels); no stretch is empty.

    Ages are counted from the latest touch of the stretch: the age that all have in common falls out of the shares.
    """
    lengths = led.ends - led.begins
    groups, channels = shape
    if not len(lengths):
        return Aged(half_life_days, np.zeros(shape), np.zeros(shape))
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    owner = np.repeat(np.arange(len(lengths)), lengths)
    places = np.arange(bounds[-1]) + (led.begins - bounds[:-1])[owner]
    before = instants[led.ends - 1][owner] - instants[places]
    raw = np.exp2(before * (-1.0 / (half_life_days * DAY_SECONDS)))
    weights = raw / np.add.reduceat(raw, bounds[:-1])[owner]
    place = led.group[owner] * channels + steps[places]
    return Aged(
        half_life_days,
        tallied(place, weights, groups * channels).reshape(shape),
        tallied(place, weights * led.worth[owner], groups * channels).reshape(shape),
    )
