import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.checks.distances import core, part_apart, spread, years_apart

AGES = st.dictionaries(st.integers(15, 90), st.integers(1, 50), min_size=1, max_size=8)


def test_years_apart_of_two_ages_is_their_difference() -> None:
    assert years_apart(spread([(25, 25, 3.0)]), spread([(52, 52, 1.0)])) == pytest.approx(27)


def test_years_apart_as_scipy_wasserstein_distance() -> None:
    # SciPy's wasserstein_distance of these ages and weights says 28.0.
    money, buyers = spread([(18, 30, 1.0)]), spread([(45, 45, 2.0), (50, 50, 5.0), (60, 60, 3.0)])

    assert years_apart(money, buyers) == pytest.approx(28.0)


def test_years_apart_from_nobody_is_nothing() -> None:
    assert years_apart(spread([]), spread([(20, 30, 1.0)])) == 0


def test_part_apart_is_what_must_move() -> None:
    assert part_apart({"DE": 70, "CH": 30}, {"CH": 88, "DE": 10, "FR": 2}) == pytest.approx(0.6)


def test_core_is_the_shortest_run() -> None:
    assert core({20: 1, 45: 4, 50: 3, 60: 1, 80: 1}, 0.7) == (45, 50, 0.7)


def test_core_of_nobody_is_none() -> None:
    assert core({}, 0.8) is None


@given(AGES, st.floats(0.1, 1.0))
def test_core_holds_its_share_and_no_shorter_run_does(ages: dict[int, int], share: float) -> None:
    found = core(ages, share)
    whole = sum(ages.values())

    def held(low: int, high: int) -> int:
        return sum(count for age, count in ages.items() if low <= age <= high)

    assert found is not None
    low, high, part = found
    assert part == held(low, high) / whole
    assert part >= share - 1e-12
    assert all(
        held(first, first + width) < share * whole for width in range(high - low) for first in range(15, 91)
    )


@given(AGES, AGES)
def test_years_apart_is_the_same_both_ways(first: dict[int, int], second: dict[int, int]) -> None:
    one, other = (spread((age, age, n) for age, n in ages.items()) for ages in (first, second))

    assert years_apart(one, other) == pytest.approx(years_apart(other, one))
    assert years_apart(one, one) == 0
