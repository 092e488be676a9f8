"""The channel catalogue: whom a channel reaches, and how traffic is recognised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.channels import CHANNELS, classify
from gouvernail.base.ga4 import GROUPS


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
        ("youtube.com", "cpc", "youtube_paid"),
        ("vimeo.com", "referral", "video"),
        ("ch.linkedin.com", "referral", "linkedin_organic"),
        ("Google Ads", "cpc", "search_paid"),
        ("newsletter", "newsletter", "email"),
        ("crm", "sms", "sms"),
        ("spotify", "audio", "podcast"),
        ("reddit.com", "referral", "social_organic"),
        ("xing", "paid", "xing_paid"),
        ("galaxus.ch", "referral", "shopping"),
    ],
)
def test_classify_follows_ga4_rules(source: str, medium: str, channel: str | None) -> None:
    assert classify(source, medium) == channel


@pytest.mark.parametrize(
    ("source", "channel"),
    [
        ("partner.ch", "partners"),
        ("www.Partner.ch", "partners"),
        ("notpartner.ch", "referral"),
        ("xing", "fairs"),
        ("ch", "referral"),
    ],
)
def test_classify_believes_what_the_organisation_says_of_a_source(source: str, channel: str) -> None:
    own = {"partner.ch": "partners", "xing": "fairs"}

    assert classify(source, "referral", own=own) == channel


DOMAIN_LIST = """
    search_organic search_paid shopping display facebook_paid facebook_organic instagram_paid instagram_organic
    linkedin_paid linkedin_organic x_paid x_organic tiktok_paid tiktok_organic youtube_paid youtube_organic
    pinterest_paid pinterest_organic snapchat_paid snapchat_organic whatsapp_paid whatsapp xing_paid xing email
    automation content video podcast webinar events pr print tv radio out_of_home direct_mail affiliates partners
    marketplaces referral direct outbound stores sms social_paid social_organic
"""


def test_the_catalogue_holds_the_channels_of_the_domain_and_no_other() -> None:
    assert set(CHANNELS) == set(DOMAIN_LIST.split())


def test_every_channel_names_metrics_of_the_catalogue() -> None:
    from gouvernail.metrics.catalogue import METRICS

    unknown = {
        (id, metric)
        for id, channel in CHANNELS.items()
        for metric in channel.metrics
        if metric not in METRICS
    }

    assert unknown == set()


def test_every_channel_has_a_market_a_term_and_stages_of_the_journey() -> None:
    from gouvernail.plan.model import Market, Stage, Term

    for channel in CHANNELS.values():
        Market(channel.market), Term(channel.term)
        assert channel.stages
        assert {Stage(stage) for stage in channel.stages}


def test_figures_that_were_not_read_twice_are_marked() -> None:
    instagram = CHANNELS["instagram_organic"]

    assert instagram.unverified == {(30, 49), (50, 64)}
    assert all(channel.unverified <= set(channel.ages) for channel in CHANNELS.values())


def test_age_bands_average_to_the_totals_that_the_survey_reports() -> None:
    """Totals as read in accounts of the survey of 2023; weights: about the ages of US adults in that year."""
    totals = {
        "youtube_paid": 0.83, "facebook_paid": 0.68, "instagram_paid": 0.47, "pinterest_paid": 0.35, "tiktok_paid": 0.33,
        "linkedin_paid": 0.30, "whatsapp": 0.29, "snapchat_paid": 0.27, "x_paid": 0.22,
    }  # fmt: skip
    weights = {(18, 29): 0.20, (30, 49): 0.33, (50, 64): 0.24, (65, 120): 0.23}
    averages = {id: sum(share * weights[band] for band, share in CHANNELS[id].ages.items()) for id in totals}

    assert averages == pytest.approx(totals, abs=0.01)


@given(st.text(max_size=30), st.text(max_size=20), st.text(max_size=30), st.text(max_size=20))
def test_classify_gives_a_channel_of_the_catalogue_or_none(
    source: str, medium: str, campaign: str, group: str
) -> None:
    assert classify(source, medium, campaign, group) in {None, *CHANNELS}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("source", ["", "facebook.com", "xing", "youtube", "reddit", "partner.ch"])
def test_classify_by_ga4s_own_group_gives_a_channel_of_the_catalogue_or_none(group: str, source: str) -> None:
    assert classify("", "", source, group) in {None, *CHANNELS}


def test_shares_of_a_country_name_their_source() -> None:
    assert CHANNELS["linkedin_paid"].countries == {"CH": 0.43}
    assert not [id for id, one in CHANNELS.items() if one.countries and not one.countries_source]


def test_classify_falls_back_on_the_tools_own_group() -> None:
    assert classify("", "", channel_group="Paid Search") == "search_paid"


@pytest.mark.parametrize(
    ("campaign", "channel"),
    [("de-linkedin-technische-leiter", "linkedin_paid"), ("herbst", "social_paid")],
)
def test_classify_finds_the_network_in_the_campaign_of_social_traffic(campaign: str, channel: str) -> None:
    assert classify("", "", campaign, "Paid Social") == channel
