"""Objectives: how far, on what path, and when nothing can be told."""

from __future__ import annotations

from datetime import date

import pytest

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import parse_period
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import Health, ObjectiveStatus
from gouvernail.bearing.objectives import Purse, path_value, progress, statuses
from gouvernail.bearing.soundness import Ways
from gouvernail.plan.graph import Graph
from gouvernail.plan.model import Objective, Plan
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import fill, rows


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Three months of two leads each: too few to foresee anything."""
    folder = tmp_path_factory.mktemp("short")
    lake = Lake.open(folder / "lake")
    fill(lake, {"conversions": rows(range(19, 22))["conversions"]})
    return lake


def status(lake: Lake | None, period: str = "2026-09", **objective: object) -> ObjectiveStatus:
    year = {
        "start": "2026-01-01",
        "due": "2026-12-31",
        "metric": "leads",
        "window": "monthly",
        "evaluated": "monthly",
    }
    plan = Plan.model_validate({"objectives": [{"id": "o", **year, **objective}]})
    ways = Ways(Graph(plan), ())
    return statuses(Measures(plan, lake, parse_period(period)), Purse(ways, {}, {}, "EUR"), {})[0]


@pytest.mark.parametrize(
    ("baseline", "target", "health"),
    [
        (1, 2, Health.on_course),
        (2, 2.2, Health.at_risk),
        (2, 20, Health.off_course),
        (4, 3, Health.on_course),
    ],
    ids=["ahead of the path", "within a tenth of it", "behind", "under a falling path"],
)
def test_health_is_told_against_the_path_where_no_chance_can_be(
    short: Lake, baseline: float, target: float, health: Health
) -> None:
    found = status(short, baseline=baseline, target=target)

    assert isinstance(found.probability, Refusal)
    assert found.health is health


def test_health_is_unknown_where_the_data_are_older_than_the_cadence(short: Lake) -> None:
    """The last lead came on 3 September; by the end of November, monthly evaluation is long overdue."""
    assert status(short, "2026-09", baseline=1, target=2).health is Health.on_course
    assert status(short, "2026-11", baseline=1, target=2).health is Health.unknown
    assert status(short, "2026-09", baseline=1, target=2, evaluated="weekly").health is Health.unknown


@pytest.mark.parametrize(
    ("missing", "code"),
    [("metric", "no_metric"), ("target", "no_target"), ("due", "no_due_date")],
)
def test_objective_that_lacks_a_part_says_which(short: Lake, missing: str, code: str) -> None:
    found = status(short, **{"baseline": 1, "target": 2, missing: None})

    assert isinstance(found.probability, Refusal)
    assert found.probability.code == code


def test_due_date_out_of_all_measure_is_refused_and_has_no_course(short: Lake) -> None:
    found = status(short, baseline=1, target=2, due="9999-12-31")

    assert isinstance(found.probability, Refusal)
    assert (found.probability.code, found.points) == ("due_out_of_range", ())


def test_objective_due_before_it_starts_has_no_course(short: Lake) -> None:
    assert status(short, baseline=1, target=2, due="2025-01-01").points == ()


def objective(baseline: float, target: float) -> Objective:
    return Objective.model_validate(
        {"id": "o", "baseline": baseline, "target": target, "start": "2026-01-01", "due": "2026-01-11"}
    )


@pytest.mark.parametrize(
    ("baseline", "target", "now", "share"),
    [
        (100, 200, 150, 0.5),
        (200, 100, 150, 0.5),
        (100, 200, 50, -0.5),
        (100, 200, 300, 2),
        (0, 0.4, 0.1, 0.25),
    ],
)
def test_progress_is_the_share_of_the_way_either_way(
    baseline: float, target: float, now: float, share: float
) -> None:
    assert progress(objective(baseline, target), Estimate(now, "facts")) == pytest.approx(share)


def test_progress_on_a_way_of_no_length_cannot_be_told() -> None:
    assert progress(objective(5, 5), Estimate(5, "facts")) is None


def test_path_is_straight_and_stays_at_its_ends() -> None:
    days = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 11), date(2027, 1, 1)]

    assert [path_value(objective(0, 10), day) for day in days] == [0, 0, 5, 10, 10]


def test_objectives_of_one_day_have_a_path() -> None:
    one = objective(0, 10).model_copy(update={"due": date(2026, 1, 1)})

    assert path_value(one, date(2026, 1, 1)) == 0


def test_without_facts_health_is_unknown() -> None:
    assert status(None, baseline=1, target=2).health is Health.unknown
