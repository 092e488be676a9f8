"""Closed forms against other implementations: SciPy 1.17.1 and statsmodels 0.14 gave the figures below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.checks.proportions import at_most, difference, student, trend, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.39885409330490806),
        (3, 40, 0.019163255329385148, 0.2517689761520616),
        (81, 263, 0.24013690268760768, 0.3852825023182298),
        (40, 40, 0.8577267864924156, 1.0),
        (5000, 100000, 0.04825439507970587, 0.0518053150279994),
    ],
)
def test_wilson_as_scipy_binomtest(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials) == pytest.approx((low, high), abs=1e-14)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.05243147240236498, 0.33387265403690614),  # as in Newcombe's own table
        ((9, 10), (3, 10), 0.1705227239345029, 0.809017973535488),
        ((10, 10), (0, 20), 0.6790860371419145, 1.0),
    ],
)
def test_difference_as_statsmodels_newcomb(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert difference(first, second, 0.95) == pytest.approx((low, high), abs=1e-12)


@pytest.mark.parametrize(
    ("t", "freedom", "probability"),
    [
        (-2.1, 1, 0.141463028121509),
        (1.3, 2, 0.8383764840919798),
        (-2.7, 3, 0.03689301892003029),
        (0.4, 4, 0.6452013692850016),
        (2.2, 10, 0.9737794657753234),
        (-3.1, 11, 0.005052069456222735),
    ],
)
def test_student_as_scipy(t: float, freedom: int, probability: float) -> None:
    assert student(t, freedom) == pytest.approx(probability, abs=1e-13)


@pytest.mark.parametrize(
    ("count", "expected", "probability"),
    [(0, 3.0, 0.04978706836786395), (4, 9.2, 0.04857958274023157), (20, 15.0, 0.9170290899685397)],
)
def test_at_most_as_scipy_poisson(count: int, expected: float, probability: float) -> None:
    assert at_most(count, expected) == pytest.approx(probability, abs=1e-13)


def test_at_most_is_smooth_where_the_normal_takes_over() -> None:
    assert at_most(480, 500.0) == pytest.approx(at_most(480, 499.999), abs=2e-3)


def test_trend_as_the_weighted_line_of_statsmodels() -> None:
    found = trend([(0, 120, 10000), (1, 110, 11000), (2, 80, 9000), (3, 90, 12000), (4, 70, 10000)])

    assert found is not None
    assert found.z == pytest.approx(-4.248791838774058, abs=1e-12)
    assert (found.start, found.end) == pytest.approx((0.01156863, 0.00655649), abs=1e-8)
    assert found.dispersion == 1.0


def test_trend_counts_scatter_beyond_chance_in() -> None:
    calm = trend([(k, 400 - 40 * k, 10000) for k in range(6)])
    wild = trend([(k, 400 - 40 * k + 150 * (-1) ** k, 10000) for k in range(6)])

    assert calm is not None
    assert wild is not None
    assert calm.dispersion == 1.0 < wild.dispersion
    assert calm.falling < 0.01 < wild.falling


@pytest.mark.parametrize(
    "groups", [[], [(0, 1, 10), (1, 2, 10)], [(0, 0, 9)] * 5, [(k, 9, 9) for k in range(5)], [(1, 2, 9)] * 5]
)
def test_trend_of_nothing_is_none(groups: list[tuple[float, float, float]]) -> None:
    assert trend(groups) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.floats(0.5, 0.999))
def test_wilson_holds_the_rate(successes: int, trials: int, level: float) -> None:
    low, high = wilson(successes, trials, level)

    assert 0 <= low <= min(successes / trials, 1) + 1e-12
    assert min(successes / trials, 1) - 1e-12 <= high <= 1
