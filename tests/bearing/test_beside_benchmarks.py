"""An indicator stands beside a published figure, or the plan's own, that speaks of the company."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.bearing.checking import open_plan
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import MetricReading
from gouvernail.bearing.readings import Readings
from gouvernail.plan.model import Benchmark, Plan
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import PERIOD


@pytest.fixture
def plan(workspace: Path) -> Plan:
    return open_plan(workspace / "plan.yaml").plan


def beside(plan: Plan, lake: Lake, metric: str) -> MetricReading:
    """Return the reading of one metric of the company in the period."""
    readings = Readings(Measures(plan, lake, PERIOD))
    return readings.reading(readings.measures.metrics[metric])


def test_a_published_figure_stands_beside_the_indicator(plan: Plan, lake: Lake) -> None:
    found = beside(plan, lake, "bounce_rate")

    assert (found.benchmark, found.benchmark_source) == (
        Decimal("0.459"),
        "SmartMetrics, GA4 bounce rate, 2024",
    )
    assert found.named is False


def test_the_plans_own_figure_comes_before_a_published_one(plan: Plan, lake: Lake) -> None:
    own = Benchmark(id="b", metric="bounce_rate", value=Decimal("0.4"), source="Our panel", year=2020)
    found = beside(plan.model_copy(update={"benchmarks": (own,)}), lake, "bounce_rate")

    assert (found.benchmark, found.benchmark_source) == (Decimal("0.4"), "Our panel, 2020")
    assert found.named is True


def test_a_figure_of_another_region_is_not_offered(plan: Plan, lake: Lake) -> None:
    own = Benchmark(id="b", metric="nps", value=Decimal(41), source="A panel", year=2025, region="us")

    assert beside(plan.model_copy(update={"benchmarks": (own,)}), lake, "nps").benchmark is None
