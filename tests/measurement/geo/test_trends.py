"""The model of market trends: laws, and what its parts become where they can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.measurement.geo.noise import correlation, noise
from gouvernail.measurement.geo.trends import Belief, fit

NO_TRENDS = Belief(none=1.0)


def logs(seed: int, days: int = 60, markets: int = 9, rho: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    steps = rng.normal(0.0, 0.1, (days, markets))
    for day in range(1, days):
        steps[day] += rho * steps[day - 1]
    return steps + rng.normal(8.0, 1.0, markets) + 0.05 * np.sin(np.arange(days))[:, None]


def test_lift_adds_its_logarithm_and_leaves_the_width() -> None:
    before = logs(1)
    after = before.copy()
    after[45:, 0] += np.log(1.3)
    first, second = fit(before, 45), fit(after, 45)

    assert second.value - first.value == pytest.approx(np.log(1.3), abs=1e-12)
    assert second.error == pytest.approx(first.error, abs=1e-12)
    assert second.quantile(0.025) - first.quantile(0.025) == pytest.approx(np.log(1.3), abs=1e-9)


@given(seed=st.integers(2, 20), factor=st.floats(0.01, 100))
def test_size_of_a_market_and_common_moves_change_nothing(seed: int, factor: float) -> None:
    plain = logs(seed)
    moved = plain + np.log(factor) * (np.arange(9) == seed % 9) + np.linspace(0, 3, 60)[:, None] ** 2
    first, second = fit(plain, 45), fit(moved, 45)

    assert second.value == pytest.approx(first.value, abs=1e-8)
    assert second.error == pytest.approx(first.error, abs=1e-8)


@given(seed=st.integers(2, 20))
def test_order_of_the_controls_changes_nothing(seed: int) -> None:
    plain = logs(seed)
    order = np.concatenate([[0], 1 + np.random.default_rng(seed).permutation(8)])
    first, second = fit(plain, 45), fit(plain[:, order], 45)

    assert second.value == pytest.approx(first.value, abs=1e-10)
    assert second.weights == pytest.approx(first.weights[order[1:] - 1], abs=1e-8)


def test_weights_sum_to_one_and_quiet_markets_count_for_more() -> None:
    series = logs(3, days=200)
    series[:, 1] += np.random.default_rng(4).normal(0, 0.5, 200)
    weights = fit(series, 150).weights

    assert weights.sum() == pytest.approx(1)
    assert weights[0] == weights.min()


def test_without_trends_the_error_is_that_of_two_means() -> None:
    found = fit(logs(5, days=400, markets=21), 300, belief=NO_TRENDS)
    variance = found.noise.variances
    parts = 1 / 300 + 1 / 100

    assert found.noise.rho <= 0.05
    assert found.trend == found.shift == 0
    assert found.errors[0] ** 2 == pytest.approx(
        parts * (variance[0] + 1 / (1 / variance[1:]).sum()), rel=0.12
    )


def test_trends_of_their_own_are_seen_and_widen_the_interval() -> None:
    plain = logs(6, markets=21)
    slopes = np.random.default_rng(7).normal(0, 0.3, 21)
    tilted = plain + slopes * np.linspace(0, 1, 60)[:, None]

    assert fit(tilted, 45).trend > 3 * fit(plain, 45).trend
    assert fit(tilted, 45).error > fit(plain, 45).error
    assert fit(tilted, 45).error < 0.3  # its own past foretells the better part of the treated market's trend


def test_local_events_among_controls_are_seen_as_shifts() -> None:
    plain = logs(8, markets=21)
    struck = plain.copy()
    struck[45:] += np.random.default_rng(9).normal(0, 0.2, 21)

    assert fit(struck, 45).shift > 0.1 > fit(plain, 45).shift


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.7])
def test_noise_is_found_as_it_was_drawn(rho: float) -> None:
    found = noise(logs(10, days=90, markets=40, rho=rho))

    assert found.rho == pytest.approx(rho, abs=0.06)
    assert np.mean(found.variances) == pytest.approx(0.01 / (1 - rho**2), rel=0.1)


def test_correlation_falls_with_the_distance() -> None:
    assert correlation(3, 0.5).tolist() == [[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]]


@pytest.mark.parametrize("probability", [0.001, 0.025, 0.5, 0.9])
def test_a_quantile_has_its_chance_below_it(probability: float) -> None:
    found = fit(logs(11, markets=7), 45)

    assert found.below(found.quantile(probability)) == pytest.approx(probability, abs=1e-8)
