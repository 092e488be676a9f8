"""Student's t against printed tables."""

from __future__ import annotations

import pytest

from gouvernail.measurement.student import cdf, quantile

# Two-sided 95 % and 99 % points (Fisher and Yates, Statistical Tables, table III).
TABLE = [(1, 0.975, 12.706), (4, 0.975, 2.776), (10, 0.975, 2.228), (10, 0.995, 3.169), (30, 0.975, 2.042)]


@pytest.mark.parametrize(("freedom", "probability", "point"), TABLE)
def test_quantile_is_the_printed_one(freedom: int, probability: float, point: float) -> None:
    assert quantile(probability, freedom) == pytest.approx(point, abs=6e-4)


def test_one_degree_is_cauchy() -> None:
    assert cdf(1.0, 1) == pytest.approx(0.75, abs=1e-12)


def test_two_degrees_have_a_closed_form() -> None:
    assert cdf(1.5, 2) == pytest.approx(0.5 + 1.5 / (2 * (2 + 1.5**2) ** 0.5), abs=1e-12)


def test_cdf_is_symmetric() -> None:
    assert cdf(-2.3, 7) == pytest.approx(1 - cdf(2.3, 7), abs=1e-14)
    assert cdf(0.0, 7) == 0.5
