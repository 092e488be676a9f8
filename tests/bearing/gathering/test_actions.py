"""Actions, campaigns and ads: what each cost and brought."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.base.money import Money
from gouvernail.bearing.gathering.actions import actions, campaigns, channel_of, creatives
from gouvernail.checks.campaign_evidence import AdWeek, CampaignFacts
from tests.bearing.gathering.world import HEAD, day, francs, stand

PLAN = (
    HEAD
    + """\
actions:
  - id: ads
    title: Ads
    channel: search_paid
    budget: 3650
    start: 2026-01-01
    end: 2026-12-31
    tracking: [{value: brand, field: campaign}]
  - {id: someday, title: Some day}
"""
)


def test_campaigns_are_told_with_their_action_and_channel_dearest_first(tmp_path: Path) -> None:
    rows = [
        {"day": day(9, n), "campaign": "Brand", "cost": francs(10), "currency": "CHF", "clicks": 3,
         "impressions": 100, "conversions": 1.5}
        for n in (1, 2)
    ]  # fmt: skip
    rows.append(
        {
            "day": day(9, 3),
            "campaign": "Reel",
            "campaign_type": "Video",
            "cost": francs(50),
            "currency": "USD",
        }
    )
    mails = [{"day": day(9, 4), "campaign": "Letter", "sent": 90, "delivered": 80, "clicks": 8}]
    ground = stand(tmp_path, ("google_ads", "spend", rows), ("mailchimp", "email", mails), plan=PLAN)

    assert campaigns(ground) == (
        CampaignFacts("google_ads", "Brand", "ads", "search_paid", 200, 6, Money(Decimal(20), "CHF"), Decimal(3)),
        # Dollars without a rate are not told as francs.
        CampaignFacts("google_ads", "Reel", None, "youtube_paid"),
        CampaignFacts("mailchimp", "Letter", None, "email", 80, 8),
    )  # fmt: skip


def test_planned_to_date_is_the_budget_of_the_days_gone_by(tmp_path: Path) -> None:
    """3,650 over 365 days; the 273rd day is 30 September."""
    rows = [{"day": day(9, 1), "campaign": "Brand", "cost": francs(7), "currency": "CHF"}]

    found = actions(stand(tmp_path, ("google_ads", "spend", rows), plan=PLAN))

    assert found["ads"].planned_to_date == Money(Decimal(2730), "CHF")
    assert found["ads"].spend_to_date == Money(Decimal(7), "CHF")
    assert found["someday"].planned_to_date is None


@pytest.mark.parametrize(
    ("source", "kind", "channel"),
    [
        ("google_ads", "Search", "search_paid"),
        ("google_ads", "Réseau de Recherche", "search_paid"),
        ("google_ads", "Performance Max", None),
        ("google_ads", None, None),
        ("meta_ads", "Outcome leads", "social_paid"),
        ("linkedin_ads", None, "linkedin_paid"),
    ],
)
def test_channel_of_a_campaign_is_told_where_there_is_no_doubt(
    source: str, kind: str | None, channel: str | None
) -> None:
    assert channel_of(source, kind) == channel


def test_ads_are_told_week_by_week_and_reach_only_where_it_does_not_add_up(tmp_path: Path) -> None:
    """The weeks of September 2026 begin on 31 August, 7, 14 and 21; that of the 28th is not over."""
    rows = [
        {"day": day(9, n), "campaign": "Brand", "ad": "Blue", "cost": francs(10), "currency": "CHF",
         "clicks": 1, "impressions": 100, "reach": 70}
        for n in (7, 8, 14, 28)
    ]  # fmt: skip

    (ad,) = creatives(stand(tmp_path, ("google_ads", "spend", rows), plan=PLAN))

    assert (ad.source, ad.campaign, ad.ad, ad.action) == ("google_ads", "Brand", "Blue", "ads")
    assert ad.weeks == (
        AdWeek(day(9, 7), 200, 2, Decimal(20), None),
        AdWeek(day(9, 14), 100, 1, Decimal(10), 70),
    )


def test_nothing_imported_nothing_told(tmp_path: Path) -> None:
    ground = stand(tmp_path, plan=PLAN)

    assert (actions(ground), campaigns(ground), creatives(ground)) == ({}, (), ())
