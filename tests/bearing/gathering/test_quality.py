"""Holes, breaks, currencies; values, courses and days of metrics."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.bearing.gathering import gather
from gouvernail.bearing.gathering.quality import Quality
from gouvernail.bearing.gathering.values import courses, metric_last_day, values, yearly
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.measuring_evidence import SeriesBreak, SeriesGap
from tests.bearing.gathering.world import HEAD, Row, day, francs, stand

PLAN = (
    HEAD
    + """\
objectives:
  - {id: more, title: More visits, level: digital, metric: sessions, window: quarterly, target: 1}
"""
)
FIRST = date(2025, 10, 1)


def web(days: int, level: float, *, until: int = 0, after: float = 0.0) -> list[Row]:
    """Visits by day, alike from week to week, of another level from day `until` on."""
    week = (1.2, 1.1, 1.0, 1.0, 1.1, 0.8, 0.7)
    return [
        {"day": FIRST + timedelta(days=n), "cut": "date",
         "sessions": round((after if until and n >= until else level) * week[n % 7])}
        for n in range(days)
    ]  # fmt: skip


def test_a_hole_is_told_and_a_usual_day_off_is_not(tmp_path: Path) -> None:
    rows = [row for row in web(365, 100) if row["day"] not in (day(3, 3), day(3, 4), day(3, 5), day(6, 1))]

    data = Quality(stand(tmp_path, ("ga4", "web", rows)))

    assert data.gaps() == (SeriesGap("ga4", "web", "main", day(3, 3), day(3, 5), 3),)
    assert data.breaks() == ()


def test_visits_that_fall_from_one_day_to_the_next_are_a_break(tmp_path: Path) -> None:
    data = Quality(stand(tmp_path, ("ga4", "web", web(365, 100, until=200, after=30))))

    # A week holds 690 visits before and 207 after.
    changed = FIRST + timedelta(days=200)
    assert data.breaks() == (SeriesBreak("ga4", "web", "sessions", changed, 690 / 7, 207 / 7),)


def test_visits_that_rise_with_clicks_that_are_paid_for_are_no_riddle(tmp_path: Path) -> None:
    clicks = [
        {
            "day": row["day"],
            "campaign": "Sale",
            "clicks": row["sessions"],
            "cost": francs(1),
            "currency": "CHF",
        }
        for row in web(365, 40, until=200, after=190)
    ]
    visits = web(365, 100, until=200, after=260)

    ground = stand(tmp_path, ("ga4", "web", visits), ("google_ads", "spend", clicks))

    assert Quality(ground).breaks() == ()


def test_currencies_are_told_by_source_and_those_without_a_rate_on_their_day(tmp_path: Path) -> None:
    plan = HEAD.replace(
        "language: en", "language: en, exchange_rates: [{currency: EUR, day: 2026-09-02, rate: 0.95}]"
    )
    rows = [
        {"day": day(9, n), "campaign": "A", "cost": francs(1), "currency": code}
        for n, code in ((1, "CHF"), (3, "EUR"), (3, "USD"))
    ]
    late = [{"day": day(9, 1), "campaign": "A", "cost": francs(1), "currency": "EUR"}]

    data = Quality(stand(tmp_path, ("google_ads", "spend", rows), plan=plan))
    assert data.currencies() == {"google_ads": ("CHF", "EUR", "USD")}
    assert data.unconverted() == ("USD",)

    (tmp_path / "late").mkdir()
    assert Quality(stand(tmp_path / "late", ("meta_ads", "spend", late), plan=plan)).unconverted() == ("EUR",)


def test_values_courses_and_days_of_metrics(tmp_path: Path) -> None:
    ground = stand(tmp_path, ("ga4", "web", web(365, 100)), plan=PLAN)

    month, year = values(ground)["sessions"], yearly(ground)["sessions"]
    assert isinstance(month, Estimate)
    assert isinstance(year, Estimate)
    assert year.value == sum(row["sessions"] for row in web(365, 100))
    assert isinstance(values(ground)["cac"], Refusal)
    # A quarter is known from the third month on: December to September.
    course = courses(ground)["more"]
    assert [str(course[0][0]), str(course[-1][0]), len(course)] == ["2025-12", "2026-09", 10]
    assert metric_last_day(ground)["sessions"] == day(9, 30)
    assert "leads" not in metric_last_day(ground)


def test_nothing_raises_without_a_lake_and_every_record_is_empty(tmp_path: Path) -> None:
    ground = stand(tmp_path, plan=PLAN)

    evidence = gather(ground.measures, ground.deeds, (), day(10, 1))

    bare = Evidence(ground.period, day(10, 1))
    differing = [
        each.name for each in fields(bare) if getattr(evidence, each.name) != getattr(bare, each.name)
    ]
    assert differing == ["values", "yearly"]
    assert all(isinstance(outcome, Refusal) for outcome in evidence.values.values())


def test_nothing_raises_on_tables_that_hold_hardly_anything(tmp_path: Path) -> None:
    """One bare row a table: what every importer may leave empty is empty."""
    bare: Row = {"day": day(9, 1)}
    tables = (
        "spend",
        "web",
        "conversions",
        "deals",
        "search",
        "email",
        "keywords",
        "touchpoints",
        "observations",
    )
    imports = [("a_source", table, [bare]) for table in tables]
    plan = PLAN + "competitors: [{id: rival, title: Rival, domain: rival.ch}]\n"
    plan += "teams: [{id: sales, title: Sales, function: sales, follow_up_hours: 24}]\n"

    ground = stand(tmp_path, *imports, plan=plan)
    evidence = gather(ground.measures, ground.deeds, (), day(10, 1))

    assert evidence.sources == ("a_source",)
    assert (evidence.funnel, evidence.follow_up, evidence.keyword_gaps) == (None, None, None)
    assert evidence.unlinked_revenue in (None, evidence.revenue)
    assert Decimal(0) == sum(one.cost.amount for one in evidence.campaigns if one.cost)
