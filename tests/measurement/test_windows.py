"""What a figure comes to over its span: laws of sums, rates and driver trees, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.formula import parse
from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Grain, Period
from gouvernail.base.units import Direction
from gouvernail.measurement.forecast.outlook import Known, learn
from gouvernail.measurement.forecast.smoothing import Array
from gouvernail.measurement.forecast.ways import Drivers, Itself, RateOf, Sums, Way, leaves_of, sums
from gouvernail.measurement.forecast.windows import Ahead, look_ahead

MONTHS = tuple(Period(date(2023, 1, 1), date(2035, 12, 31)).buckets(Grain.month))
DUE = date(2026, 12, 31)


def _series(count: int = 40, level: float = 100.0, seed: int = 3) -> list[float]:
    noise = np.random.default_rng(seed).normal(0, 4, count)
    return [float(level + n / 2 + 12 * math.sin(n / 6 * math.pi) + noise[n]) for n in range(count)]


def _ahead(
    ways: Sequence[Way], courses: Mapping[str, Sequence[float]], width: int, due: date = DUE
) -> Ahead | Refusal:
    arrays = {name: np.array(values, dtype=np.float64) for name, values in courses.items()}

    def learned(name: str) -> Known | Refusal:
        values = [None if math.isnan(value) else value for value in courses[name]]
        return learn(list(zip(MONTHS, values, strict=False)), due)

    return look_ahead(ways, arrays, learned, width)


def _found(found: Ahead | Refusal) -> Ahead:
    assert isinstance(found, Ahead), found
    return found


def test_a_year_half_done_adds_what_is_there_to_what_is_foreseen() -> None:
    """Forty months known, to April 2026: four of the year's twelve are there, eight are foreseen."""
    values = _series()

    year = _found(_ahead([Itself("a")], {"a": values}, 12))
    month = _found(_ahead([Itself("a")], {"a": values}, 1))

    assert year.so_far == pytest.approx(sum(values[36:]))
    assert year.paths[:, -1] == pytest.approx(sum(values[36:]) + month.paths.sum(axis=1))
    # The year that ends with May holds eleven known months.
    assert year.paths[:, 0] == pytest.approx(sum(values[29:]) + month.paths[:, 0])
    assert (month.so_far, len(month.buckets)) == (None, 8)


def test_a_formula_of_one_leaf_is_the_leaf() -> None:
    courses = {"a": _series(), "root": _series()}
    tree = Drivers("root", {"root": parse("a")})

    assert np.array_equal(
        _found(_ahead([tree], courses, 12)).paths, _found(_ahead([Itself("a")], courses, 12)).paths
    )


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_mean_of_a_sum_of_leaves_is_the_sum_of_their_means(one: int, other: int) -> None:
    a, b = _series(seed=one), _series(30, 40, seed=other)
    b = [*(b[0] for _ in range(10)), *b]
    courses = {"a": a, "b": b, "root": [x + y for x, y in zip(a, b, strict=True)]}

    root = _found(_ahead([Drivers("root", {"root": parse("a + b")})], courses, 12))

    leaves = [_found(_ahead([Itself(name)], courses, 12)).paths.mean(axis=0) for name in ("a", "b")]
    assert root.paths.mean(axis=0) == pytest.approx(leaves[0] + leaves[1], rel=0.01)


def test_a_rate_over_a_year_is_weighted_by_its_volume() -> None:
    """A rate of one half, foreseen as one half whatever the volume: the year's is one half."""
    volume = _series()
    courses = {"rate": [0.5] * 40, "volume": volume, "above": [value / 2 for value in volume]}
    node = parse("above / volume")

    found = _found(_ahead([RateOf("rate", {}, parse("above"), "volume")], courses, 12))
    plain = _found(_ahead([Sums("rate", {"rate": node})], courses, 12))

    assert found.paths == pytest.approx(0.5)
    assert found.at(7).value == pytest.approx(plain.at(7).value, abs=0.02)
    assert found.so_far is None


def test_the_way_that_missed_least_is_gone_and_the_other_is_told() -> None:
    """The product of two steady drivers is surer than their product with a tenth of noise on top."""
    noise = np.random.default_rng(1).normal(1, 0.1, 40)
    courses = {"a": [10.0] * 40, "b": [3.0] * 40, "root": (30 * noise).tolist()}

    found = _found(_ahead([Drivers("root", {"root": parse("a * b")}), Itself("root")], courses, 12))

    assert found.quality["model"] == min(found.quality["tried"], key=found.quality["tried"].__getitem__)
    assert set(found.quality["tried"]) == {"drivers", "ensemble"}
    assert found.quality["error"] == found.quality["tried"][found.quality["model"]]


def test_what_was_foreseen_and_its_error_make_what_came() -> None:
    values = _series()
    known = learn(list(zip(MONTHS, values, strict=False)), DUE)
    assert isinstance(known, Known)

    origins, told = known.told()

    for row, origin in enumerate(origins):
        for step in range(told.shape[1]):
            at = len(values) + origin + step
            assert math.isnan(told[row, step]) == (at >= len(values))
    scale = np.log if known.ensemble.logs else np.asarray
    real = np.array([values[len(values) + origin] for origin in origins])
    assert scale(real) - scale(told[:, 0]) == pytest.approx(known.ensemble.errors[:, 0])


def test_the_back_test_error_is_that_of_the_year_not_of_a_month() -> None:
    """Where most of a year is there already, its sum is missed by less than a month is."""
    values = _series(45)
    year = _found(_ahead([Itself("a")], {"a": values}, 12))
    month = _found(_ahead([Itself("a")], {"a": values}, 1))

    assert year.quality["error_ahead"] == month.quality["error_ahead"] == 3
    assert 0 < year.quality["error"] < month.quality["error"]


def test_chances_add_up_and_fall_with_the_target() -> None:
    found = _found(_ahead([Itself("a")], {"a": _series()}, 12))
    middle = found.at(7).value

    assert found.chance(middle * 0.8) > found.chance(middle) > found.chance(middle * 1.2) > 0
    up, down = found.chance(middle), found.chance(middle, Direction.down)
    assert up + down == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("ways", "courses", "code"),
    [
        ([Itself("a")], {"a": _series(12)}, "too_short"),
        ([Itself("a")], {"a": [*_series(38), math.nan, 100.0]}, "not_finite"),
        (
            [Drivers("a", {"a": parse("b / c")})],
            {"a": _series(), "b": _series(), "c": [0.0] * 40},
            "not_finite",
        ),
        (
            [Drivers("a", {"a": parse("b + c")})],
            {"a": _series(), "b": _series(), "c": [*_series(39), math.nan]},
            "not_aligned",
        ),
        ([], {}, "no_data"),
    ],
)
def test_what_cannot_be_foreseen_is_refused(
    ways: Sequence[Way], courses: Mapping[str, Sequence[float]], code: str
) -> None:
    found = _ahead(ways, courses, 12)

    assert isinstance(found, Refusal)
    assert found.code == code


def test_a_due_date_too_far_away_is_refused() -> None:
    found = _ahead([Itself("a")], {"a": _series(20)}, 1, date(2030, 12, 31))

    assert isinstance(found, Refusal)
    assert (found.code, found.reason.values["n"]) == ("too_far", 76)


def test_sums_of_a_span_by_hand() -> None:
    past: Array = np.array([[1.0, 2.0]])
    ahead: Array = np.array([[3.0, 4.0], [5.0, 6.0]])

    assert sums(past, ahead, 3).tolist() == [[6, 9], [8, 13]]
    assert sums(past, ahead, 1) is ahead


def test_leaves_stand_under_nested_formulas_in_reading_order() -> None:
    nodes = {"root": parse("won * value"), "won": parse("leads * rate")}

    assert leaves_of("root", nodes) == ("leads", "rate", "value")
    assert leaves_of("spend", nodes) == ("spend",)
