"""Channels over the year: spend, results of record or claims, and how results moved with spend."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.bearing.gathering.channels import channels
from tests.bearing.gathering.world import HEAD, Row, day, francs, stand

PLAN = (
    HEAD
    + """\
actions:
  - {id: ads, title: Ads, channel: search_paid, tracking: [{value: brand, field: campaign}]}
"""
)


def spend(on: date, campaign: str, cost: int, **more: object) -> Row:
    return {"day": on, "campaign": campaign, "cost": francs(cost), "currency": "CHF", **more}


def test_results_of_record_count_before_claims(tmp_path: Path) -> None:
    rows = [
        spend(day(9, 1), "Brand", 100, conversions=9.0),
        spend(day(9, 1), "Wall", 40, campaign_type="Display", conversions=4.0),
        # A year and more ago: not of this year.
        spend(day(9, 1, 2025), "Brand", 500, conversions=50.0),
    ]
    orders = [
        {"day": day(9, 2), "kind": "order", "order_id": f"o{n}", "campaign": "brand", "value": francs(30),
         "currency": "CHF", "person": f"p{n}"}
        for n in (1, 1, 2)
    ]  # fmt: skip

    found = channels(
        stand(tmp_path, ("google_ads", "spend", rows), ("shopify", "conversions", orders), plan=PLAN)
    )

    paid, wall = found["search_paid"], found["display"]
    assert (paid.spend, paid.conversions, paid.claimed) == (Money(Decimal(100), "CHF"), Decimal(2), False)
    assert paid.revenue == Money(Decimal(90), "CHF")
    assert (wall.spend, wall.conversions, wall.claimed) == (Money(Decimal(40), "CHF"), Decimal(4), True)
    assert isinstance(paid.elasticity, Refusal)
    assert paid.elasticity.code == "too_short"


def test_claims_of_two_platforms_are_not_added(tmp_path: Path) -> None:
    plan = PLAN.replace("value: brand", "value: b, match: prefix")
    google = [spend(day(9, 1), "Brand", 100, conversions=9.0)]
    bing = [spend(day(9, 1), "Bing", 100, conversions=9.0)]

    found = channels(
        stand(tmp_path, ("google_ads", "spend", google), ("microsoft_ads", "spend", bing), plan=plan)
    )

    assert (found["search_paid"].spend, found["search_paid"].conversions) == (
        Money(Decimal(200), "CHF"),
        None,
    )


def test_elasticity_finds_the_power_by_which_claims_followed_spend(tmp_path: Path) -> None:
    """Sixty weeks whose claims are the square root of spend, spend moving with no season."""
    monday = date(2025, 8, 4)
    rows = []
    for week in range(60):
        cost = round(1000 * math.exp(0.8 * math.sin(2.1 * week)))
        rows.append(spend(monday + timedelta(weeks=week), "Wall", cost, campaign_type="Display",
                          conversions=2 * math.sqrt(cost)))  # fmt: skip

    found = channels(stand(tmp_path, ("google_ads", "spend", rows), plan=PLAN))["display"].elasticity

    assert isinstance(found, Estimate), found
    assert found.value == pytest.approx(0.5)
    assert found.options["weeks"] == 60


def test_no_lake_no_channels(tmp_path: Path) -> None:
    assert channels(stand(tmp_path, plan=PLAN)) == {}
