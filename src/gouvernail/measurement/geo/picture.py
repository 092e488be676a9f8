"""What the treated markets sold, period by period, beside what the others led to expect: the picture of a reading.

The expected line follows the controls, each counted as in the reading, and leans with the treated markets' own trend. It
says what the reading says: over the test it sums to sales less what the test brought, and the edges of the band to the
ends of that interval. The band is that of the whole test; a single day wavers by more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gouvernail.base.outcome import Estimate
from gouvernail.measurement.geo.noise import Floats
from gouvernail.measurement.geo.panel import Panel
from gouvernail.measurement.geo.reading import Reading


@dataclass(frozen=True, eq=False)
class Picture:
    """By period up to the test's end: `sold` by the treated, `expected` without the action, its `low` and `high`.

    Before `start` the band has no width: there the line only shows how well the others follow.
    """

    sold: Floats
    expected: Floats
    low: Floats
    high: Floats
    start: int


def picture(panel: Panel, reading: Reading) -> Picture | None:
    """Return the picture of a reading of this panel; None where it was refused."""
    lift, brought, weights = reading.lift, reading.incremental, reading.weights
    if not (isinstance(lift, Estimate) and isinstance(brought, Estimate) and weights):
        return None
    start, end = reading.plan.start, reading.plan.end
    used = panel.sales[:end]
    sold = used[:, panel.columns(reading.plan.treated)].sum(axis=1)
    logs = np.log(used[:, panel.columns(tuple(weights))]) @ np.array(list(weights.values()))
    own = np.log(sold)
    apart = own - logs
    before, after = float(apart[:start].mean()), float(apart[start:].mean())
    # A straight line that adds nothing before the test, and over the test what the trends of its own add.
    lean = (after - before - math.log1p(lift.value)) * 2 / len(sold)
    expected = np.exp(logs + before + lean * (np.arange(len(sold)) - (start - 1) / 2))
    whole = float(sold[start:].sum())
    expected[start:] *= (whole - brought.value) / expected[start:].sum()
    low, high = expected.copy(), expected.copy()
    for band, edge in ((low, brought.high), (high, brought.low)):
        band[start:] *= (whole - (edge if edge is not None else brought.value)) / (whole - brought.value)
    return Picture(sold, expected, low, high, start)
