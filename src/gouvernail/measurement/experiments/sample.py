"""What an experiment's arm is known by: counts, means and scatter, which add up over days, countries and files.

A `Sample` is all that any analysis here needs, whatever the number of subjects, and `a + b` is exactly the sample of
both groups of subjects together. Scatter is kept about the mean, not as raw squares: sums of squares lose their
digits where the mean is large beside the spread.

Source of the sums: Chan, Golub and LeVeque, "Algorithms for computing the sample variance", The American
Statistician 37 (1983); of the idea of one closed type for all metrics: gbstats (GrowthBook).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Numbers = Sequence[float] | npt.NDArray[np.generic]


class Kind(StrEnum):
    """What is compared between arms."""

    mean = "mean"
    proportion = "proportion"
    ratio = "ratio"


@dataclass(frozen=True)
class Sample:
    """Sufficient statistics of `n` subjects over k columns.

    Columns are (outcome) or (outcome, covariate) for a mean or a proportion; (numerator, denominator) or these two
    followed by the same two measured before the experiment, for a ratio. `means` has k numbers, `scatter` k × k: sums
    of products of the deviations from the means.
    """

    kind: Kind
    n: int
    means: tuple[float, ...]
    scatter: tuple[tuple[float, ...], ...]

    def __add__(self, other: Sample) -> Sample:
        """Return the sample of both groups; they must measure the same columns (else `ValueError`)."""
        if (self.kind, len(self.means)) != (other.kind, len(other.means)):
            raise ValueError(
                f"A sample of {self.kind} cannot be added to one of {other.kind} or of other columns."
            )
        n = self.n + other.n
        if not self.n or not other.n:
            return self if self.n else other
        first, second = np.array(self.means), np.array(other.means)
        apart = second - first
        scatter = np.array(self.scatter) + np.array(other.scatter)
        scatter = scatter + np.outer(apart, apart) * (self.n * other.n / n)
        return _sample(self.kind, n, first + apart * (other.n / n), scatter)

    @property
    def covaried(self) -> bool:
        """Whether what was measured before the experiment is known too."""
        return len(self.means) > (2 if self.kind is Kind.ratio else 1)

    @property
    def value(self) -> float:
        """The mean, the proportion, or the ratio of sums; not a number where the denominator is zero."""
        return self._level(0)

    @property
    def before(self) -> float:
        """The same of the covariate; zero where there is none."""
        return self._level(1) if self.covaried else 0.0

    @cached_property
    def spread(self) -> tuple[float, float, float]:
        """Variance of the outcome, variance of the covariate, their covariance: per subject, by the delta method."""
        weights = self.influence
        joint = np.array(weights) @ np.array(self.scatter) @ np.array(weights).T / self.freedom
        return float(joint[0, 0]), float(joint[1, 1]), float(joint[0, 1])

    @property
    def influence(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """How the outcome and the covariate move with each column (gradients of `value` and `before`)."""
        k = len(self.means)
        rows = []
        width = 2 if self.kind is Kind.ratio else 1
        for start in (0, width):
            row = [0.0] * k
            if start < k:
                row[start] = 1.0
                if width == 2:
                    numerator, denominator = self.means[start : start + 2]
                    row[start : start + 2] = [
                        _divided(1.0, denominator),
                        -_divided(numerator, denominator) * _divided(1.0, denominator),
                    ]
            rows.append(tuple(row))
        return rows[0], rows[1]

    @property
    def freedom(self) -> int:
        """What scatter is divided by: n − 1; n for a proportion, whose variance is p (1 − p)."""
        return max(self.n if self.kind is Kind.proportion and not self.covaried else self.n - 1, 1)

    def _level(self, which: int) -> float:
        if self.kind is Kind.ratio:
            return _divided(self.means[2 * which], self.means[2 * which + 1])
        return self.means[which]


@dataclass(frozen=True)
class Arm:
    """A variant of an experiment, by name, with what its subjects did. The first arm is the control."""

    name: str
    sample: Sample


def of_proportion(n: int, successes: float) -> Sample:
    """Return the sample of `successes` among `n` subjects (0 ≤ successes ≤ n, else `ValueError`)."""
    if n < 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} successes among {n} subjects are impossible.")
    mean = successes / n if n else 0.0
    return _sample(Kind.proportion, n, np.array([mean]), np.array([[n * mean * (1 - mean)]]))


def of_mean(n: int, total: float, squares: float) -> Sample:
    """Return the sample of `n` subjects whose values sum to `total`, and their squares to `squares`."""
    return of_sums(Kind.mean, n, [total], [[squares]])


def of_deviation(n: int, mean: float, deviation: float) -> Sample:
    """Return the sample of `n` subjects with this mean and standard deviation (the one divided by n − 1)."""
    return _sample(Kind.mean, n, np.array([mean]), np.array([[deviation**2 * max(n - 1, 0)]]))


def of_sums(kind: Kind, n: int, totals: Sequence[float], products: Sequence[Sequence[float]]) -> Sample:
    """Return the sample from raw sums.

    Args:
        kind: what is compared; it says what the columns are (see `Sample`).
        n: subjects.
        totals: sum of each column.
        products: k × k sums of products of two columns; squares on the diagonal.

    Raises:
        ValueError: the shapes differ, a number is missing, or squares are smaller than their mean allows.
    """
    sums, cross = np.asarray(totals, dtype=np.float64), np.asarray(products, dtype=np.float64)
    if cross.shape != (len(sums), len(sums)) or not (np.isfinite(sums).all() and np.isfinite(cross).all()):
        raise ValueError(
            "Sums and products must be numbers, one row and one column of products for each sum."
        )
    means = sums / n if n else np.zeros_like(sums)
    scatter = cross - np.outer(means, means) * n
    slack = 1e-9 * np.abs(cross.diagonal())
    if (scatter.diagonal() < -slack).any():
        raise ValueError("The sum of squares is smaller than the square of the sum allows.")
    np.fill_diagonal(scatter, np.maximum(scatter.diagonal(), 0.0))
    return _sample(kind, n, means, scatter)


def of_subjects(
    outcome: Numbers,
    denominator: Numbers | None = None,
    *,
    before: Sequence[Numbers] = (),
    kind: Kind | None = None,
) -> Sample:
    """Return the sample of subjects given one by one.

    Args:
        outcome: one number a subject; zero for those to whom nothing happened.
        denominator: of each subject, for a ratio of sums (orders over visits); subjects, not visits, are what chance
            dealt out, so the visits of one person hang together and are counted so.
        before: what the same subjects did before the experiment: (covariate,) or, for a ratio, (numerator,
            denominator).
        kind: said where it is not plain: `Kind.proportion` for an outcome of noughts and ones; its columns are then
            those of a mean.

    Raises:
        ValueError: the columns differ in length, or hold something that is no finite number.
    """
    kind = kind or (Kind.mean if denominator is None else Kind.ratio)
    columns = [outcome, *([] if denominator is None else [denominator]), *before]
    if len({len(column) for column in columns}) > 1:
        raise ValueError("Every column must hold one number for each subject.")
    table = np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])
    if not np.isfinite(table).all():
        raise ValueError("A subject without a finite number cannot be counted: leave nobody out, write zero.")
    n = len(table)
    means = table.mean(axis=0) if n else np.zeros(table.shape[1])
    apart = table - means
    return _sample(kind, n, means, apart.T @ apart)


def _sample(kind: Kind, n: int, means: Array, scatter: Array) -> Sample:
    rows = tuple(tuple(float(cell) for cell in row) for row in scatter)
    return Sample(kind, int(n), tuple(float(mean) for mean in means), rows)


def _divided(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else math.nan
