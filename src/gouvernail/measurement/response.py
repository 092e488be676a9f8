"""How results move with spend, week by week: per cent of results for one per cent of spend (an elasticity).

Poisson pseudo-maximum likelihood on the logarithm of spend, with a trend and one yearly wave taken out, and
an interval that stands residuals which hang together. It is an association: spend raised when demand rises
looks as if it had made the demand. Method, trials and limits: docs/methods/response.md.

Source: Santos Silva and Tenreyro, “The Log of Gravity”, Review of Economics and Statistics 88 (2006), for
elasticities by Poisson pseudo-maximum likelihood; Newey and West, Econometrica 55 (1987), for the interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.text import TN, T
from gouvernail.base.values import Ratio
from gouvernail.measurement.student import quantile

METHOD = "response"
FEWEST_WEEKS = 26
FEWEST_RESULTS = 50
FEWEST_BUSY = 13
"""Weeks with any result: a few that hold them all are an event, no law."""
LEAST_SPREAD = 0.1
"""Spread of the logarithm of spend (from the first to the last decile, over what a normal law has there): under
it, spend hardly moved but for a few weeks, and these have a story of their own (a sale, a launch)."""
DECILES = 2 * 1.2816
MOST_EXPLAINED = 0.8
"""Share of the spend's moves that trend and season may explain, before they can no longer be told apart."""
LEVEL = 0.9
WAVE_WEEKS = 40
"""Weeks from which a wave a year is fitted; a bend before."""
WEEKS_A_YEAR = 365.2425 / 7
LAGS = 4
_STEPS = 60

Array = npt.NDArray[np.float64]


def elasticity(spend: Sequence[float], results: Sequence[float]) -> Outcome:
    """Return by how many per cent the results of a week differ for one per cent of spend.

    Args:
        spend: money by week, oldest first; weeks without spend are left out (their logarithm is none).
        results: conversions, leads or orders of the same weeks.

    Returns:
        An `Estimate` of grade *model* with a 90 % interval; `options` hold `weeks`, `results`, and
        `explained` (what of the spend's moves trend and season explain). Refused as `too_short`,
        `too_few_results`, `too_little_variation` or `confounded`.
    """
    money, counts = np.asarray(spend, dtype=np.float64), np.asarray(results, dtype=np.float64)
    week = np.arange(len(money), dtype=np.float64)
    kept = (money > 0) & np.isfinite(counts) & (counts >= 0)
    refusal = _missing(counts[kept], money[kept])
    if refusal:
        return refusal
    logs = np.log(money[kept])
    beside = _beside(week[kept])
    explained = _explained(logs, beside)
    if explained > MOST_EXPLAINED:
        return Refusal(
            "confounded",
            T(
                "Spend only went with trend and season ({share} of its moves): change it at other times to see.",
                share=Ratio(explained),
            ),
        )
    design = np.column_stack([logs - logs.mean(), beside])
    fitted = poisson(design, counts[kept])
    if fitted is None:
        return Refusal("no_fit", T("The results of the weeks follow no line that could be fitted."))
    return _estimate(design, counts[kept], fitted, explained)


def _missing(counts: Array, money: Array) -> Refusal | None:
    weeks, busy, results = len(money), int((counts > 0).sum()), float(counts.sum())
    if weeks < FEWEST_WEEKS:
        return Refusal(
            "too_short",
            TN(
                "Only {n} week has spend: {fewest} or more are needed.",
                "Only {n} weeks have spend: {fewest} or more are needed.",
                n=weeks,
                fewest=FEWEST_WEEKS,
            ),
        )
    if results < FEWEST_RESULTS:
        return Refusal(
            "too_few_results",
            T("Results are too few to tell: {n}, and {fewest} are needed.", n=round(results), fewest=FEWEST_RESULTS),
        )  # fmt: skip
    if busy < FEWEST_BUSY:
        return Refusal(
            "too_few_results",
            TN(
                "Only {n} week has results: {fewest} or more are needed.",
                "Only {n} weeks have results: {fewest} or more are needed.",
                n=busy,
                fewest=FEWEST_BUSY,
            ),
        )
    low, high = np.quantile(np.log(money), [0.1, 0.9])
    if float(high - low) / DECILES < LEAST_SPREAD:
        return Refusal(
            "too_little_variation",
            T("Spend hardly moved from week to week: nothing can be told of what more of it brings."),
        )
    return None


def _beside(week: Array) -> Array:
    """What moves spend and results alike: a level, a trend, one wave a year where a year is seen."""
    columns = [np.ones_like(week), (week - week.mean()) / len(week)]
    if len(week) >= WAVE_WEEKS:
        turn = 2 * math.pi * week / WEEKS_A_YEAR
        columns += [np.sin(turn), np.cos(turn)]
    else:
        # Half a wave looks like a bend: so few weeks cannot tell them apart.
        columns.append(((week - week.mean()) / len(week)) ** 2)
    return np.column_stack(columns)


def _explained(logs: Array, beside: Array) -> float:
    coefficients = np.linalg.lstsq(beside, logs, rcond=None)[0]
    rest = logs - beside @ coefficients
    centred = logs - logs.mean()
    return 1 - float(rest @ rest) / float(centred @ centred)


def poisson(design: Array, counts: Array) -> Array | None:
    """Return the coefficients of log E[counts] = design · b by iterated weighted least squares; None if it diverges.

    Counts need be neither whole nor Poisson: only their mean is modelled.
    """
    mean = (counts + counts.mean()) / 2
    b = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        working = np.log(mean) + (counts - mean) / mean
        weighted = design * np.sqrt(mean)[:, None]
        new: Array = np.linalg.lstsq(weighted, working * np.sqrt(mean), rcond=None)[0]
        mean = np.exp(np.clip(design @ new, -30, 30))
        if not np.isfinite(new).all():
            return None
        if float(np.abs(new - b).max()) < 1e-10:
            return new
        b = new
    return None


def _estimate(design: Array, counts: Array, fitted: Array, explained: float) -> Estimate:
    error = math.sqrt(_variance(design, counts, fitted))
    weeks, known = design.shape
    margin = quantile((1 + LEVEL) / 2, weeks - known) * error
    value = float(fitted[0])
    options = {"weeks": weeks, "results": float(counts.sum()), "explained": explained}
    return Estimate(value, METHOD, value - margin, value + margin, LEVEL, Grade.model, options)


def _variance(design: Array, counts: Array, fitted: Array) -> float:
    """Return the variance of the first coefficient, for residuals that hang together over a few weeks.

    The leverage of each week is taken off (HC3): the plain sandwich is too sure of itself with fifty weeks.
    The greater of the plain and the correlated variance counts.
    """
    mean = np.exp(design @ fitted)
    bread = np.linalg.inv(design.T @ (design * mean[:, None]))
    leverage = np.einsum("ij,jk,ik->i", design, bread, design) * mean
    scores = design * ((counts - mean) / np.clip(1 - leverage, 0.1, 1))[:, None]
    plain = scores.T @ scores
    joint = plain.copy()
    for lag in range(1, LAGS + 1):
        cross = scores[lag:].T @ scores[:-lag]
        joint += (1 - lag / (LAGS + 1)) * (cross + cross.T)
    return max(float((bread @ meat @ bread)[0, 0]) for meat in (plain, joint))
