"""The picture of a geo experiment says what its reading says."""

from __future__ import annotations

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate
from gouvernail.measurement.geo.panel import Panel, Plan
from gouvernail.measurement.geo.picture import picture
from gouvernail.measurement.geo.reading import analyse


def drawn(seed: int, lift: float, trend: float = 0.0) -> Panel:
    rng = np.random.default_rng(seed)
    week = 1 + 0.1 * np.sin(2 * np.pi * np.arange(75) / 7)
    sales = rng.lognormal(7, 0.6, 12) * week[:, None] * rng.lognormal(0, 0.05, (75, 12))
    sales *= np.exp(trend * np.arange(75)[:, None] / 75 * rng.normal(size=12))
    sales[60:, :2] *= 1 + lift
    return Panel(tuple(f"m{place}" for place in range(12)), sales)


@pytest.mark.parametrize(("seed", "lift", "trend"), [(1, 0.2, 0.0), (2, 0.0, 0.0), (3, -0.1, 0.3)])
def test_what_was_expected_sums_to_sales_less_what_the_test_brought(
    seed: int, lift: float, trend: float
) -> None:
    panel = drawn(seed, lift, trend)
    reading = analyse(panel, Plan(("m0", "m1"), 60))
    shown = picture(panel, reading)

    assert shown is not None
    assert isinstance(reading.incremental, Estimate)
    assert isinstance(reading.lift, Estimate)
    brought = reading.incremental
    assert (shown.sold - shown.expected)[60:].sum() == pytest.approx(brought.value)
    assert (shown.sold - shown.high)[60:].sum() == pytest.approx(brought.low)
    assert (shown.sold - shown.low)[60:].sum() == pytest.approx(brought.high)
    assert np.log(shown.sold / shown.expected)[60:].mean() == pytest.approx(
        np.log1p(reading.lift.value), abs=0.005
    )
    assert np.log(shown.sold / shown.expected)[:60].mean() == pytest.approx(0, abs=1e-9)
    assert (shown.low[:60] == shown.high[:60]).all()
    assert np.abs(np.log(shown.sold / shown.expected))[:60].mean() < 0.08


def test_a_refused_reading_has_no_picture() -> None:
    panel = drawn(4, 0.0)
    assert picture(panel, analyse(panel, Plan(("m0",), 10))) is None
