"""Samples add up, whatever the grouping, and say what their subjects said."""

from __future__ import annotations

import math
from functools import reduce
from itertools import pairwise
from operator import add

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.measurement.experiments.sample import (
    Kind,
    Sample,
    of_deviation,
    of_mean,
    of_proportion,
    of_subjects,
    of_sums,
)

number = st.floats(-1e3, 1e3, allow_nan=False)
person = st.tuples(number, st.floats(0.5, 1e2), number, st.floats(0.5, 1e2))


def close(one: Sample, other: Sample) -> None:
    assert (one.kind, one.n) == (other.kind, other.n)
    assert one.means == pytest.approx(other.means, rel=1e-9, abs=1e-9)
    assert np.array(one.scatter) == pytest.approx(np.array(other.scatter), rel=1e-7, abs=1e-4)


@given(st.lists(person, min_size=1, max_size=30), st.lists(st.integers(0, 30), max_size=4))
def test_samples_add_up_in_any_grouping(people: list[tuple[float, ...]], cuts: list[int]) -> None:
    edges = sorted({0, len(people), *(cut for cut in cuts if cut < len(people))})
    table = np.array(people)

    def sample(rows: np.ndarray) -> Sample:
        return of_subjects(rows[:, 0], rows[:, 1], before=(rows[:, 2], rows[:, 3]))

    parts = [sample(table[low:high]) for low, high in pairwise(edges)]
    close(reduce(add, parts), sample(table))
    close(reduce(add, parts[::-1]), sample(table))


@given(st.lists(number, min_size=2, max_size=40))
def test_sums_and_subjects_give_the_same_sample(values: list[float]) -> None:
    close(of_mean(len(values), sum(values), sum(value**2 for value in values)), of_subjects(values))


def test_variance_of_a_large_mean_keeps_its_digits() -> None:
    days = [of_subjects(np.array([0.0, 1.0, 2.0]) + 1e9) for _ in range(100)]

    assert reduce(add, days).spread[0] == pytest.approx(200 / 299, rel=1e-12)


def test_proportion_of_noughts_and_ones() -> None:
    assert of_proportion(10, 3).spread[0] == pytest.approx(0.21)
    assert of_subjects([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], kind=Kind.proportion).spread[0] == pytest.approx(0.21)
    close(of_proportion(10, 3) + of_proportion(20, 9), of_proportion(30, 12))


def test_deviation_is_that_of_the_subjects() -> None:
    values = [1.0, 4.0, 7.0]
    close(of_deviation(3, 4.0, 3.0), of_subjects(values))


def test_ratio_spread_is_that_of_its_linearised_subjects() -> None:
    rng = np.random.default_rng(1)
    visits = rng.integers(1, 9, 400)
    orders = rng.binomial(visits, 0.3)
    ratio = of_subjects(orders, visits)
    linear = (orders - ratio.value * visits) / visits.mean()

    assert ratio.value == pytest.approx(orders.sum() / visits.sum())
    assert ratio.spread[0] == pytest.approx(linear.var(ddof=1))


def test_empty_arm_adds_nothing() -> None:
    empty = of_subjects([])

    assert empty + of_subjects([1.0, 2.0]) == of_subjects([1.0, 2.0]) + empty == of_subjects([1.0, 2.0])
    assert math.isnan(of_subjects([0.0], [0.0]).value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: of_proportion(3, 4),
        lambda: of_mean(10, 100.0, 10.0),
        lambda: of_sums(Kind.ratio, 3, [1.0, 2.0], [[1.0]]),
        lambda: of_subjects([1.0, math.nan]),
        lambda: of_subjects([1.0], [1.0, 2.0]),
        lambda: of_subjects([1.0]) + of_proportion(1, 1),
    ],
)
def test_impossible_numbers_are_refused(make: object) -> None:
    with pytest.raises(ValueError, match=r"\."):
        make()  # type: ignore[operator]
