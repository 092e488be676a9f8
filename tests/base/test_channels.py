"""The channel catalogue: whom a channel reaches, and how traffic is recognised."""

from __future__ import annotations

import pytest

from gouvernail.base.channels import CHANNELS, classify


def test_instagram_is_a_stranger_to_industrial_buyers_of_fifty() -> None:
    fit = CHANNELS["instagram_paid"].fit((45, 60), "b2b")

    assert fit.market is False
    assert fit.affinity == pytest.approx(0.425 / 0.78)


def test_linkedin_is_at_home_with_them() -> None:
    fit = CHANNELS["linkedin_paid"].fit((45, 60), "b2b")

    assert fit.market is True
    assert fit.affinity == pytest.approx((5 * 0.40 + 11 * 0.31) / 16 / 0.40)


def test_reach_of_a_band_is_its_own_share() -> None:
    assert CHANNELS["tiktok_paid"].reach((18, 29)) == pytest.approx(0.62)


def test_reach_of_an_unmeasured_channel_is_unknown() -> None:
    assert CHANNELS["events"].reach((45, 60)) is None


def test_every_channel_with_figures_names_its_source_and_year() -> None:
    unsourced = [
        id for id, channel in CHANNELS.items() if channel.ages and not (channel.source and channel.year)
    ]

    assert unsourced == []


@pytest.mark.parametrize(
    ("source", "medium", "channel"),
    [
        ("(direct)", "(none)", "direct"),
        ("google", "cpc", "search_paid"),
        ("google", "organic", "search_organic"),
        ("bing", "cpc", "search_paid"),
        ("linkedin", "paid_social", "linkedin_paid"),
        ("linkedin.com", "referral", "linkedin_organic"),
        ("instagram", "cpc", "instagram_paid"),
        ("l.instagram.com", "referral", "instagram_organic"),
        ("Meta", "paid_social", "facebook_paid"),
        ("newsletter", "email", "email"),
        ("partner.ch", "referral", "referral"),
        ("some-app", "push", None),
    ],
)
def test_classify_follows_ga4_rules(source: str, medium: str, channel: str | None) -> None:
    assert classify(source, medium) == channel


def test_classify_falls_back_on_the_tools_own_group() -> None:
    assert classify("", "", channel_group="Paid Search") == "search_paid"


@pytest.mark.parametrize(
    ("campaign", "channel"),
    [("de-linkedin-technische-leiter", "linkedin_paid"), ("herbst", "social_paid")],
)
def test_classify_finds_the_network_in_the_campaign_of_social_traffic(campaign: str, channel: str) -> None:
    assert classify("", "", campaign, "Paid Social") == channel
