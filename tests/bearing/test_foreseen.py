"""What is foreseen of objectives: frozen in the bearing, the same every time, through formulas, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import Grain, Period, parse_period
from gouvernail.base.units import Direction
from gouvernail.bearing.chances import Chances
from gouvernail.bearing.export import to_dict
from gouvernail.bearing.foreseen import Foreseen, span
from gouvernail.bearing.foreseen_json import foreseen as as_json
from gouvernail.bearing.foreseen_schema import FORECAST
from gouvernail.bearing.measures import Course, Measures
from gouvernail.bearing.model import Bearing, Health, ObjectiveStatus
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.model import Cadence, Plan
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import PERIOD, bearing_of

DUE = date(2026, 12, 31)


class Made(Measures):
    """Measures whose series are made up: metric → values that end with September 2026, by the window's grain."""

    made: dict[str, list[float | None]]

    def series(self, metric: str, period: Period, grain: Grain = Grain.month) -> Course:
        buckets = tuple(period.buckets(grain))
        values = [None] * len(buckets) + self.made.get(metric, [])
        return tuple(zip(buckets, values[-len(buckets) :], strict=True))


def made(plan: dict[str, object], **series: list[float | None]) -> Chances:
    """Return the chances of a plan whose metrics went as `series` tells."""
    measures = Made(Plan.model_validate({"version": 1, **plan}), None, parse_period("2026-09"))
    object.__setattr__(measures, "made", series)
    return Chances(measures)


def foresee(chances: Chances, metric: str, window: Cadence, target: float) -> tuple[Estimate, Foreseen]:
    outcome, found = chances.foresee(metric, window, target, DUE, Direction.up)
    assert isinstance(outcome, Estimate), outcome
    assert found is not None
    return outcome, found


def waves(count: int, level: float, seed: int = 1) -> list[float | None]:
    noise = np.random.default_rng(seed).normal(0, level / 30, count)
    return [float(level * (1 + n / 200 + 0.1 * np.sin(n / 6 * np.pi)) + noise[n]) for n in range(count)]


def status(bearing: Bearing, id: str) -> ObjectiveStatus:
    return next(one for one in bearing.objectives if one.id == id)


def test_a_bearing_made_twice_is_the_same(bearing: Bearing, workspace: Path, lake: Lake) -> None:
    again = bearing_of(workspace / "plan.yaml", lake)

    assert [one.forecast for one in again.objectives] == [one.forecast for one in bearing.objectives]
    assert [one.probability for one in again.objectives] == [one.probability for one in bearing.objectives]
    told = (to_dict(one, "fr") | {"made_at": ""} for one in (bearing, again))
    assert len({str(each) for each in told}) == 1


def test_the_bearing_holds_a_forecast_of_each_objective(bearing: Bearing) -> None:
    """Revenue was 138,600 over the last twelve months, and goes on by 100 a month."""
    found = status(bearing, "grow").forecast
    assert found

    assert [str(point.period) for point in found.points] == ["2026-10", "2026-11", "2026-12"]
    assert all(point.low <= point.value <= point.high for point in found.points)
    assert (found.so_far, found.left, found.kind) == (105_300, 3, "sum")
    assert found.at_due.value == found.points[-1].value == pytest.approx(142_200, rel=1e-3)
    assert found.missing == pytest.approx(150_000 - found.at_due.value)
    assert status(bearing, "grow").health is Health.off_course


def test_its_json_obeys_the_schema(bearing: Bearing) -> None:
    told = [as_json(one.forecast, "en") for one in bearing.objectives if one.forecast]

    assert told
    for one in told:
        jsonschema.validate(one, FORECAST, jsonschema.Draft202012Validator)


def test_a_rate_over_a_year_is_foreseen_from_its_sums(bearing: Bearing) -> None:
    """Deals are won each month and lost every second one: December's quarter holds three won, two lost."""
    found = status(bearing, "win-more").forecast
    assert found

    assert (found.kind, found.model) == ("rate", "drivers")
    assert found.drivers == ("won_deals", "lost_deals")
    assert found.at_due.value == pytest.approx(0.6, abs=0.01)


def test_two_years_of_months_and_a_year_half_done() -> None:
    orders = waves(24, 100.0)
    outcome, found = foresee(made({}, orders=orders), "orders", Cadence.yearly, 1_300.0)

    so_far = sum(value for value in orders[-9:] if value is not None)
    assert found.so_far == pytest.approx(so_far)
    assert found.tested is not None
    assert found.known == 24
    assert so_far < (found.at_due.low or 0) < found.at_due.value < (found.at_due.high or 0) < so_far + 500
    assert outcome.value == found.probability
    assert outcome.options["expected"] == found.at_due.value


def test_a_driver_tree_is_gone_through_where_it_misses_less() -> None:
    """Revenue is orders times their value, but for noise of its own that drivers do not know."""
    plan = {"drivers": [{"id": "tree", "metric": "revenue", "formula": "orders * average_order_value"}]}
    orders, value = waves(36, 100.0), waves(36, 50.0, seed=2)
    revenue = [(a or 0) * (b or 0) for a, b in zip(orders, value, strict=True)]
    chances = made(plan, orders=orders, average_order_value=value, revenue=revenue)

    _, found = foresee(chances, "revenue", Cadence.yearly, 60_000.0)

    assert found.tested
    assert found.tested.other is not None
    assert found.tested.error is not None
    assert found.tested.error <= found.tested.other
    assert found.drivers == (("orders", "average_order_value") if found.model == "drivers" else ())


def test_a_formula_of_one_leaf_is_foreseen_as_the_leaf() -> None:
    plan = {"drivers": [{"id": "tree", "metric": "revenue", "formula": "orders"}]}
    orders = waves(36, 100.0)
    chances = made(plan, orders=orders, revenue=orders)

    _, root = foresee(chances, "revenue", Cadence.yearly, 1_300.0)
    _, leaf = foresee(chances, "orders", Cadence.yearly, 1_300.0)

    assert root.model == "drivers"
    assert (root.points, root.probability) == (leaf.points, leaf.probability)


def test_holidays_of_the_organisation_s_country_are_put_where_they_fall() -> None:
    """Weeks with a Swiss holiday lose a third: they are foreseen lower, and it is said."""
    weeks = tuple(Period(date(2024, 10, 7), date(2026, 9, 27)).buckets(Grain.week))[-104:]
    import holidays

    feasts = holidays.country_holidays("CH", years=range(2024, 2027))
    noise = np.random.default_rng(4).normal(0, 1, len(weeks))
    visits: list[float | None] = [
        float((70 if any(each in week for each in feasts) else 100) + noise[n])
        for n, week in enumerate(weeks)
    ]

    with_country = made({"organisation": {"country": "ch"}}, sessions=visits)
    _, found = foresee(with_country, "sessions", Cadence.weekly, 90.0)
    _, plain = foresee(made({}, sessions=visits), "sessions", Cadence.weekly, 90.0)

    assert (found.country, found.holidays, plain.holidays) == ("CH", True, False)
    assert "Switzerland" in found.feasts().render("en")
    assert "no country is set" in plain.feasts().render("en")
    christmas = next(one for one in found.points if date(2026, 12, 25) in one.period)
    before = next(one for one in found.points if date(2026, 12, 2) in one.period)
    assert christmas.value < before.value - 15


def test_a_short_history_falls_back_to_a_trend_that_says_why() -> None:
    _, found = foresee(made({}, orders=waves(10, 100.0)), "orders", Cadence.yearly, 1_300.0)

    assert (found.model, found.tested) == ("line", None)
    assert "18 or more" in found.error().render("en")
    assert found.held() is None


@pytest.mark.parametrize(
    ("series", "due", "code"),
    [([], DUE, "no_data"), (waves(3, 10.0), DUE, "too_short"), (waves(24, 10.0), date(1990, 1, 1), "passed")],
)
def test_what_is_not_there_is_not_foreseen(series: list[float | None], due: date, code: str) -> None:
    outcome, found = made({}, orders=series).foresee("orders", Cadence.monthly, 5.0, due, Direction.up)

    assert found is None
    assert isinstance(outcome, Refusal)
    assert outcome.code == code


@pytest.mark.parametrize(
    "values",
    [[0.0] * 36, [1e12] * 36, [-5.0, 5.0] * 18, [0.0] * 35 + [1e9], [None, 3.0] * 18],
)
@pytest.mark.parametrize("window", [Cadence.monthly, Cadence.quarterly, Cadence.yearly])
def test_hostile_series_give_finite_numbers_or_a_refusal(values: list[float | None], window: Cadence) -> None:
    outcome, found = made({}, orders=values).foresee("orders", window, 10.0, DUE, Direction.up)

    assert isinstance(outcome, Refusal) or 0 <= outcome.value <= 1
    if found:
        assert np.isfinite([found.at_due.value, found.at_due.low or 0, found.at_due.high or 0]).all()


def test_every_sentence_is_told_in_french(bearing: Bearing) -> None:
    found = status(bearing, "grow").forecast
    assert found

    models = ("ensemble", "drivers", "line", "drift", "same_month_last_year")
    for one in (*(replace(found, model=model) for model in models), replace(found, grain=Grain.week)):
        said = [
            one.method(),
            one.error(),
            one.feasts(),
            *(each for each in (one.held(), one.rival()) if each),
        ]
        assert not {each.render("en") for each in said} & {each.render("fr") for each in said}
    assert span(Grain.week, 1).render("fr") == "1 semaine"
    assert span(Grain.quarter, 2).render("en") == "2 quarters"


def test_catalogue_metrics_used_here_are_what_these_tests_take_them_for() -> None:
    assert METRICS["orders"].additive
    assert not METRICS["average_order_value"].additive
    assert parse_period("2026-09") == PERIOD
