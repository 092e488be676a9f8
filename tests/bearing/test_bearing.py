"""The bearing of a company small enough to reckon by hand: every number here can be checked with a pencil."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.bearing.alignment import OrphanSpend
from gouvernail.bearing.model import Bearing, Health, ObjectiveStatus
from tests.bearing.company import PERIOD, PLAN


def chf(amount: str) -> Money:
    return Money(Decimal(amount), "CHF")


def number(outcome: Outcome) -> float:
    assert isinstance(outcome, Estimate), outcome
    return outcome.value


def objective(bearing: Bearing, id: str) -> ObjectiveStatus:
    return next(one for one in bearing.objectives if one.id == id)


def test_bearing_is_of_its_period_and_the_one_before(bearing: Bearing) -> None:
    assert (bearing.organisation, bearing.currency, bearing.language) == ("Atelier Zoé", "CHF", "en")
    assert (bearing.period, str(bearing.previous)) == (PERIOD, "2026-08")


def test_yearly_target_is_measured_over_the_twelve_months_to_the_period_s_end(bearing: Bearing) -> None:
    """Months 10 to 21: 12 × 10,000 + 100 × (10 + … + 21) = 138,600, of a way from 120,000 to 150,000."""
    grow = objective(bearing, "grow")

    assert number(grow.current) == 138_600
    assert grow.progress == pytest.approx(0.62)


def test_monthly_and_quarterly_windows_take_the_last_one_and_three_months(bearing: Bearing) -> None:
    """September alone has two leads; July to September won three deals and lost one."""
    assert number(objective(bearing, "more-leads").current) == 2
    assert number(objective(bearing, "win-more").current) == 0.75
    assert objective(bearing, "win-more").progress == pytest.approx(0.25 / 0.3)


def test_course_rolls_with_the_window_and_stops_where_the_facts_do(bearing: Bearing) -> None:
    points = {str(point.period): point for point in objective(bearing, "grow").points}

    assert list(points) == [f"2026-{month:02}" for month in range(1, 13)]
    # January 2026: months 2 to 13. 30 of 364 days of the way are done.
    assert points["2026-01"].actual == 12 * 10_000 + 100 * sum(range(2, 14))
    assert points["2026-01"].path == pytest.approx(120_000 + 30_000 * 30 / 364)
    assert points["2026-09"].actual == 138_600
    assert [points[f"2026-{month}"].actual for month in (10, 11, 12)] == [None, None, None]
    assert points["2026-12"].path == 150_000


def test_rate_rolls_from_its_parts_not_as_a_mean_of_rates(bearing: Bearing) -> None:
    """December to February: 3 won, 2 lost, 0.6; the mean of 0.5, 1 and 0.5 would be 0.667."""
    points = {str(point.period): point.actual for point in objective(bearing, "win-more").points}

    assert (points["2026-01"], points["2026-02"]) == (0.75, pytest.approx(0.6))


def test_straight_course_that_cannot_arrive_is_off_course(bearing: Bearing) -> None:
    """Sales grow by 100 a month for sure: 2026 ends at 142,200, under the 150,000 aimed at."""
    chance = objective(bearing, "grow").probability
    assert isinstance(chance, Estimate)

    assert chance.options["expected"] == pytest.approx(142_200, rel=1e-3)
    assert chance.value < 0.01
    assert objective(bearing, "grow").health is Health.off_course


def test_confidence_is_the_last_said_by_the_period_s_end(bearing: Bearing) -> None:
    """Summer's 0.6, not spring's 0.8, nor winter's 0.1, which was still to come."""
    assert objective(bearing, "grow").confidence == Decimal("0.6")
    assert objective(bearing, "more-leads").confidence is None


def test_on_course_tells_business_objectives_first(bearing: Bearing) -> None:
    assert [one.id for one in bearing.figures.on_course] == ["grow", "more-leads", "win-more"]


def test_planned_money_falls_in_the_period_day_by_day(bearing: Bearing) -> None:
    """3,650 over 365 days, of which September has 30; posts that serve nothing have 730."""
    assert {one.id: one.planned for one in bearing.actions} == {
        "ads": chf("300.00"),
        "posts": chf("60.00"),
        "letter": chf("0.00"),
    }
    planned = bearing.figures.aligned_spend.planned
    assert (planned.aligned, planned.weak, planned.orphan) == (chf("300.00"), chf("0"), chf("60.00"))


def test_real_money_is_aligned_or_orphan_to_the_cent(bearing: Bearing) -> None:
    """Month 21 spent 121 on the action's campaign and 10 on one that no action claims."""
    spend = bearing.figures.aligned_spend
    assert spend.actual is not None

    assert (spend.actual.aligned, spend.actual.weak, spend.actual.orphan) == (chf("121"), chf("0"), chf("10"))
    assert spend.unmatched == chf("10")
    assert bearing.orphans == (OrphanSpend("google_ads", "Mystery", chf("10")),)


def test_return_is_credited_revenue_over_all_money_spent(bearing: Bearing) -> None:
    """The CRM puts September's deal of 12,100 down to “Ads CH”; 131 were spent, Mystery's 10 included."""
    returns = bearing.figures.returns

    assert number(returns.value) == pytest.approx(12_100 / 131)
    assert (returns.revenue, returns.cost, returns.coverage) == (chf("12100"), chf("131"), 1.0)
    assert str(returns.grade) == "credit_rule"


def test_action_that_matches_no_fact_is_silent_only_where_it_has_a_key(bearing: Bearing) -> None:
    assert {one.id: one.silent for one in bearing.actions} == {"ads": False, "posts": False, "letter": True}


def test_money_of_an_objective_is_that_of_the_actions_below(bearing: Bearing) -> None:
    grow = objective(bearing, "grow")

    assert (grow.money_planned, grow.money_spent) == (chf("300.00"), chf("121.00"))


def test_metric_is_told_against_last_period_last_year_and_target(bearing: Bearing) -> None:
    revenue = next(one for one in bearing.metrics if one.id == "revenue")

    assert [number(one) for one in (revenue.value, revenue.previous, revenue.year_before)] == [
        12_100,
        12_000,
        10_900,
    ]
    # The target is a year's sum: beside a month it would say nothing.
    assert (revenue.target, revenue.objective) == (None, "grow")
    assert next(one for one in bearing.metrics if one.id == "leads").target == 20
    assert [value for _, value in revenue.series][:5] == [None, None, None, 10_100, 10_200]


def test_translation_is_the_derivative_of_yearly_revenue(bearing: Bearing) -> None:
    """Revenue = deals × average value. Over the year: 12 deals at 11,550.

    A tenth of a deal more each month: 0.1 × 12 × 11,550. A thousand more a deal: 1,000 × 12 deals.
    """
    readings = {one.id: one for one in bearing.metrics}

    assert (readings["won_deals"].worth_step, readings["won_deals"].worth) == (0.1, chf("13860.00"))
    assert (readings["average_deal_value"].worth_step, readings["average_deal_value"].worth) == (
        1000,
        chf("12000.00"),
    )
    assert readings["won_deals"].worth_root == "revenue"
    assert readings["leads"].worth is None
    assert readings["revenue"].worth is None


def test_judging_adds_findings_that_only_facts_can_tell(bearing: Bearing) -> None:
    codes = {one.finding.code: one.finding for one in bearing.findings}

    # One campaign outside the plan is told once, by its name.
    assert "BUD04" not in codes
    assert codes["DAT01"].money == chf("10")
    assert {one.finding.element for one in bearing.findings if one.finding.code == "PER01"} == {
        "grow", "more-leads", "win-more"
    }  # fmt: skip


def test_measured_findings_cost_no_coherence_and_the_losses_sum_to_what_is_lost(bearing: Bearing) -> None:
    coherence = bearing.figures.coherence

    assert sum((loss.cost for loss in coherence.losses), Decimal(0)) == 100 - coherence.score
    assert sum(coherence.by_layer.values()) == coherence.score
    assert {one.cost for one in bearing.findings if one.finding.code in ("BUD04", "DAT01", "PER01")} == {
        Decimal(0)
    }


def test_findings_stand_where_their_element_does(bearing: Bearing) -> None:
    located = next(one for one in bearing.findings if one.finding.element == "posts")
    assert located.location is not None

    assert located.location.file.endswith("plan.yaml")
    assert PLAN.splitlines()[located.location.line - 1] == "  - id: posts"


def test_gravest_findings_come_first_then_the_most_money(bearing: Bearing) -> None:
    order = ["blocking", "warning", "advice"]
    keys = [
        (order.index(one.finding.severity), -(one.finding.money.amount if one.finding.money else 0))
        for one in bearing.findings
    ]

    assert keys == sorted(keys)


def test_chain_shows_objectives_under_those_they_serve(bearing: Bearing) -> None:
    assert [(row.id, row.depth) for row in bearing.chain] == [
        ("grow", 0),
        ("more-leads", 1),
        ("win-more", 1),
        ("ads", 0),
        ("posts", 0),
        ("letter", 0),
    ]


def test_coverage_says_what_the_data_are(bearing: Bearing) -> None:
    spend = next(one for one in bearing.coverage if one.table == "spend")

    assert (spend.source, spend.rows, spend.start, spend.end) == (
        "google_ads", 42, date(2025, 1, 10), date(2026, 9, 10)
    )  # fmt: skip
    # 21 × 100 + (1 + … + 21) + 21 × 10
    assert spend.totals["cost"] == 2100 + 231 + 210


def test_what_the_bearing_was_made_from_is_enough_to_make_it_again(bearing: Bearing) -> None:
    assert bearing.made_from.options == {"period": "2026-09", "today": "2026-10-05", "window_days": 90}
    assert bearing.made_from.data.startswith("3-")
    assert len(bearing.made_from.plan) == 64


def test_every_objective_that_cannot_be_told_says_why(bearing: Bearing) -> None:
    assert [one for one in bearing.objectives if isinstance(one.probability, Refusal)] == []
