"""Looks over time: printed bounds, power of agreed looks, and intervals that hold at every look."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.outcome import Estimate
from gouvernail.measurement.experiments.analysis import analyse
from gouvernail.measurement.experiments.plan import Analysis, Method, Side
from gouvernail.measurement.experiments.sample import Arm, of_proportion
from gouvernail.measurement.experiments.sequential import bounded_effect, multiplier, p_value
from gouvernail.measurement.experiments.spending import Spending, bounds, crossing, drift_for, spent_by

FIFTHS = (0.2, 0.4, 0.6, 0.8, 1.0)


@pytest.mark.parametrize(
    ("spending", "printed"),
    [
        (Spending.obrien_fleming, (4.8769, 3.3569, 2.6803, 2.2898, 2.0310)),
        (Spending.pocock, (2.4380, 2.4268, 2.4101, 2.3966, 2.3859)),
    ],
)
def test_five_looks_have_the_printed_bounds(spending: Spending, printed: tuple[float, ...]) -> None:
    """As Lan and DeMets' program prints them (Reboussin, DeMets, Kim and Lan 2000; R package ldbounds)."""
    assert bounds(FIFTHS, spending=spending).bounds == pytest.approx(printed, abs=2e-4)


def test_worked_tables_of_the_page(root: Path) -> None:
    page = (root / "docs" / "methods" / "sequential.md").read_text(encoding="utf-8")
    columns = [
        bounds(FIFTHS, spending=spending).bounds for spending in (Spending.obrien_fleming, Spending.pocock)
    ]

    for look, (cautious, even) in enumerate(zip(*columns, strict=True), 1):
        assert f"| {look} | {cautious:.4f} | {even:.4f} |" in page
    for subjects in (500, 5000, 50_000):
        assert f"| {subjects:,} | {multiplier(subjects, 0.95):.2f} |" in page


def test_one_look_is_a_plain_test() -> None:
    assert bounds([1.0]).bounds[0] == pytest.approx(1.959964, abs=1e-6)
    assert bounds([1.0], two_sided=False).bounds[0] == pytest.approx(1.644854, abs=1e-6)
    assert drift_for(bounds([1.0]), 0.9) == pytest.approx(1.959964 + 1.281552, abs=1e-5)


def test_two_looks_by_the_bivariate_normal_law() -> None:
    """Pocock's constant for two looks, .05: 2.178 at both; spent .0294 at the first."""
    found = bounds([0.5, 1.0], spending=Spending.power, exponent=math.log(0.05 / 0.0294) / math.log(2))

    assert found.bounds == pytest.approx((2.178, 2.178), abs=2e-3)


@given(
    st.lists(st.floats(0.02, 1), min_size=1, max_size=8, unique=True),
    st.sampled_from(list(Spending)),
    st.booleans(),
)
def test_walk_spends_what_it_was_given(cuts: list[float], spending: Spending, two_sided: bool) -> None:
    fractions = sorted({round(cut, 2) for cut in cuts} | {1.0})
    found = bounds(fractions, spending=spending, two_sided=two_sided)
    alpha = 0.025 if two_sided else 0.05

    assert crossing(found, 0.0) == pytest.approx(
        [spent_by(at, alpha, spending) for at in fractions], abs=1e-9
    )


def test_bounds_do_not_depend_on_looks_to_come() -> None:
    assert bounds(FIFTHS[:3]).bounds == pytest.approx(bounds(FIFTHS).bounds[:3], abs=1e-8)


def test_two_looks_close_together_by_the_bivariate_normal_law() -> None:
    """Half, and a thousandth more: P(first within, second above), summed over a fine grid of the first."""
    from scipy.special import ndtr

    found = bounds([0.5, 0.501, 1.0], spending=Spending.pocock)
    (early, late, _), rho = found.bounds, math.sqrt(0.5 / 0.501)
    step = 2 * early / 400_000
    z = -early + step * (np.arange(400_000) + 0.5)
    above = np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * ndtr((rho * z - late) / math.sqrt(1 - rho**2))

    assert 2 * above.sum() * step == pytest.approx(found.spent[1] - found.spent[0], rel=1e-6)


def test_196_bounds_take_less_than_a_second() -> None:
    """Processor time, as others share the machine."""
    steps = np.random.default_rng(1).gamma(4.0, size=196)
    fractions = np.cumsum(steps) / steps.sum()
    start = time.process_time()
    found = bounds([*fractions[:-1], 1.0])

    assert time.process_time() - start < 1
    assert crossing(found, 0.0)[-1] == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize("looks", [[], [0.0, 1.0], [0.5, 0.4], [0.5, 1.1]])
def test_looks_must_rise_to_one(looks: list[float]) -> None:
    with pytest.raises(ValueError, match="Looks must rise"):
        bounds(looks)


def test_simulated_looks_pass_as_often_as_told() -> None:
    found = bounds(FIFTHS, spending=Spending.pocock)
    rng = np.random.default_rng(20261101)
    walk = np.cumsum(rng.normal(size=(100_000, 5)), axis=1) / np.sqrt(np.arange(1, 6))
    outside = (np.abs(walk) > np.array(found.bounds)).any(axis=1).mean()

    assert outside == pytest.approx(0.05, abs=0.0025)


# --- at any time -----------------------------------------------------------------------------------------


@given(st.floats(0.01, 8), st.integers(100, 10**6), st.sampled_from([0.9, 0.95, 0.99]))
def test_p_value_falls_with_the_interval(statistic: float, subjects: int, level: float) -> None:
    reach = multiplier(subjects, level)
    if abs(statistic - reach) > 1e-6:
        assert (statistic > reach) == (p_value(statistic, subjects, level) < 1 - level)


def test_interval_is_narrowest_about_its_tuning() -> None:
    widths = {n: multiplier(n, 0.95, tuning=5000) for n in (500, 5000, 50_000)}

    assert widths[5000] == min(widths.values())
    assert widths[5000] == pytest.approx(3.0352, abs=5e-5)


def test_looks_at_any_time_seldom_cry_wolf() -> None:
    """100 A/A experiments, 20 looks each; `make truth` does 2,000 of 200."""
    rng = np.random.default_rng(5)
    plan = Analysis(Method.always_valid, split_level=0.0)
    alarms = 0
    for _ in range(100):
        told = np.cumsum(rng.binomial(250, 0.1, size=(2, 20)), axis=1)
        alarms += any(
            analyse([Arm("a", of_proportion(250 * (look + 1), int(a))), Arm("b", of_proportion(250 * (look + 1), int(b)))], plan)
            .comparisons[0].found
            for look, (a, b) in enumerate(told.T)
        )  # fmt: skip

    assert alarms <= 5


@pytest.mark.parametrize(("successes", "found"), [(1120, False), (1180, True)])
def test_agreed_look_is_read_by_its_bound(successes: int, found: bool) -> None:
    """At the second of five looks the interval reaches 3.357 errors; 1,120 against 1,000 lie 2.68 apart."""
    plan = Analysis(Method.group_sequential, fractions=FIFTHS[:2])
    arms = [Arm("a", of_proportion(20_000, 1000)), Arm("b", of_proportion(20_000, successes))]
    told = analyse(arms, plan).comparisons[0]

    assert isinstance(told.absolute, Estimate)
    assert told.absolute.high is not None
    assert told.absolute.high - told.absolute.value == pytest.approx(3.3570 * (told.error or 0), rel=1e-4)
    assert told.absolute.options["fractions"] == FIFTHS[:2]
    assert told.found is found
    assert told.p is None
    one_sided = analyse(
        arms, Analysis(Method.group_sequential, Side.greater, fractions=FIFTHS[:2])
    ).comparisons[0]
    assert isinstance(one_sided.absolute, Estimate)
    assert one_sided.absolute.high is None


def test_bounded_interval_narrows_on_the_truth() -> None:
    rng = np.random.default_rng(11)
    treated = rng.integers(0, 2, 4000)
    told = bounded_effect(rng.binomial(1, 0.2 + 0.1 * treated), treated, noise=0.2, tuning=2000)

    assert ((told.low <= 0.1) & (told.high >= 0.1)).all()
    assert told.high[-1] - told.low[-1] < 0.2


def test_bounded_interval_refuses_what_leaves_its_limits() -> None:
    with pytest.raises(ValueError, match="outside the limits"):
        bounded_effect([0.0, 2.0], [0, 1])
    with pytest.raises(ValueError, match="chance of treatment"):
        bounded_effect([0.0, 1.0], [0, 1], propensity=1.0)
