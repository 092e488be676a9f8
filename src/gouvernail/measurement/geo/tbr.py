"""Time-based regression: the treated group's sum on the controls' sum, day by day, before the test.

Kept beside `reading` for those who know it, and as a second opinion; its interval takes days as independent and the
relation as never changing, and holds the truth less often than it says (81 to 86 % at a nominal 95 % in a published
study, docs/methods/geo.md).

Source: Kerman, Wang and Vaver, "Estimating ad effectiveness using geo experiments in a time-based regression
framework", Google (2017).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.text import T
from gouvernail.measurement.experiments.laws import t_quantile, t_tail
from gouvernail.measurement.geo.noise import Floats

METHOD = "geo"


@dataclass(frozen=True)
class Regression:
    """`incremental` sales over the test; `per_cost`, sales brought by one unit of cost; `slope` on the controls;
    `error` of the incremental sales and its `freedom`; `chance` that they are above nought."""

    incremental: Outcome
    per_cost: Outcome
    slope: float = math.nan
    error: float = math.nan
    freedom: int = 0
    chance: float = math.nan


def regression(
    treated: Floats, controls: Floats, start: int, *, cost: float | None = None, level: float = 0.9
) -> Regression:
    """Read a test by time-based regression.

    Args:
        treated: sum of the treated markets' sales, by period.
        controls: sum of the controls' sales, by period.
        start: first period of the test.
        cost: of the action beyond what would have been spent; without it there is no return.
        level: of the two-sided interval.

    Returns:
        A `Regression`; refused (`too_short`) under 4 periods before the test or none in it, or where the controls
        never vary.
    """
    x, y = controls[:start], treated[:start]
    test = len(treated) - start
    spread = float(((x - x.mean()) ** 2).sum()) if len(x) else 0.0
    if start < 4 or test < 1 or spread <= 0:
        refusal = Refusal("too_short", T("Too few periods before the test, or controls that never vary."))
        return Regression(refusal, refusal)
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread
    level_off = float(y.mean()) - slope * float(x.mean())
    freedom = start - 2
    variance = float(((y - level_off - slope * x) ** 2).sum()) / freedom
    brought = float((treated[start:] - level_off - slope * controls[start:]).sum())
    apart = float(np.mean(controls[start:]) - x.mean())
    error = math.sqrt(variance * (test + test**2 * (1 / start + apart**2 / spread)))
    reach = t_quantile((1 + level) / 2, freedom) * error
    options = {"method": "time-based regression", "start": start, "cost": cost}

    def told(scale: float) -> Estimate:
        ends = (brought - reach) / scale, (brought + reach) / scale
        return Estimate(brought / scale, METHOD, *ends, level, Grade.experiment, options)

    no_cost = Refusal("no_cost", T("The cost of the action is not known: its return cannot be told."))
    return Regression(
        told(1.0), told(cost) if cost else no_cost, slope, error, freedom, t_tail(-brought / error, freedom)
    )
