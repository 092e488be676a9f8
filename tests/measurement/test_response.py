"""How results move with spend: against known truth, another implementation, and what must be refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.measurement.response import Array, elasticity, poisson

YEAR = 365.2425 / 7


def estimate(outcome: Outcome) -> Estimate:
    assert isinstance(outcome, Estimate), outcome
    return outcome


def simulated(rng: np.random.Generator, weeks: int, truth: float, level: float) -> tuple[Array, Array]:
    """Spend and results that share a season and a trend, with noise that hangs together in both."""
    week = np.arange(weeks)
    wave = np.sin(2 * math.pi * week / YEAR)
    spend = 1000 * np.exp(wandering(rng, weeks, 0.5, 0.4) + 0.2 * wave + 0.3 * week / weeks)
    mood = wandering(rng, weeks, 0.3, 0.15)
    mean = level * (spend / 1000) ** truth * np.exp(mood + 0.3 * wave + 0.2 * week / weeks)
    return spend, rng.poisson(mean).astype(np.float64)


def wandering(rng: np.random.Generator, count: int, memory: float, size: float) -> Array:
    steps = rng.normal(0, size, count)
    for place in range(1, count):
        steps[place] += memory * steps[place - 1]
    return steps


@pytest.mark.parametrize("weeks", [30, 52, 104])
def test_interval_holds_the_truth_about_as_often_as_it_says(weeks: int) -> None:
    """Nine in ten; with correlated moods and 120 trials, 82 to 98 % is what honest chance allows."""
    rng = np.random.default_rng(20260901)
    told = [estimate(elasticity(*simulated(rng, weeks, 0.4, 30))) for _ in range(120)]

    held = sum(one.low <= 0.4 <= one.high for one in told if one.low is not None and one.high is not None)
    assert 0.82 <= held / len(told) <= 0.98
    assert float(np.mean([one.value for one in told])) == pytest.approx(0.4, abs=0.05)
    assert {one.grade for one in told} == {Grade.model}


def test_no_effect_is_seldom_taken_for_one() -> None:
    rng = np.random.default_rng(3)
    told = [estimate(elasticity(*simulated(rng, 52, 0.0, 30))) for _ in range(120)]

    assert sum(one.low > 0 for one in told if one.low is not None) / len(told) <= 0.12


def test_exact_power_is_found_exactly() -> None:
    spend = 1000 * np.exp(0.8 * np.sin(2.1 * np.arange(60)))

    assert estimate(elasticity(spend.tolist(), (3 * spend**0.7).tolist())).value == pytest.approx(0.7)


def test_large_counts_agree_with_least_squares_on_logarithms() -> None:
    """Where counts are large and steady, ordinary least squares of log results tells nearly the same."""
    rng = np.random.default_rng(11)
    week = np.arange(80)
    spend = 1000 * np.exp(rng.normal(0, 0.5, 80))
    counts = rng.poisson(50_000 * (spend / 1000) ** 0.3).astype(np.float64)
    turn = 2 * math.pi * week / YEAR
    design = np.column_stack([np.log(spend), np.ones(80), week, np.sin(turn), np.cos(turn)])
    plain = np.linalg.lstsq(design, np.log(counts), rcond=None)[0][0]

    assert estimate(elasticity(spend, counts)).value == pytest.approx(plain, abs=0.002)


def test_fit_solves_the_likelihood_equations() -> None:
    """At the maximum, what is left over is orthogonal to every column (McCullagh and Nelder, § 2.2)."""
    rng = np.random.default_rng(5)
    design = np.column_stack([np.ones(40), rng.normal(size=40)])
    counts = rng.poisson(np.exp(design @ [1.0, 0.5])).astype(np.float64)

    fitted = poisson(design, counts)

    assert fitted is not None
    np.testing.assert_allclose(design.T @ (counts - np.exp(design @ fitted)), 0, atol=1e-7)


def alternate(weeks: int) -> list[float]:
    return [1000.0 * (1 + week % 3) for week in range(weeks)]


@pytest.mark.parametrize(
    ("spend", "results", "code"),
    [
        ([], [], "too_short"),
        (alternate(25), [9.0] * 25, "too_short"),
        (alternate(60), [0.5] * 60, "too_few_results"),
        # All in one week: an event.
        (alternate(60), [60.0] + [0.0] * 59, "too_few_results"),
        ([1000.0] * 60, [9.0] * 60, "too_little_variation"),
        # Four weeks of a sale do not make a law.
        ([1000.0] * 56 + [4000.0] * 4, [9.0] * 56 + [90.0] * 4, "too_little_variation"),
        ([1000.0 * 1.02**week for week in range(60)], [9.0] * 60, "confounded"),
        ([1000 * math.exp(math.sin(2 * math.pi * week / YEAR)) for week in range(104)], [9.0] * 104, "confounded"),
    ],
)  # fmt: skip
def test_refuses_what_cannot_be_told(spend: list[float], results: list[float], code: str) -> None:
    refused = elasticity(spend, results)

    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_weeks_without_spend_are_left_out() -> None:
    spend = alternate(40) + [0.0] * 10

    assert estimate(elasticity(spend, [9.0] * 50)).options["weeks"] == 40
