"""GA4's default channel group, rule by rule, and on the source and medium pairs of real exports."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from gouvernail.base.channels import classify
from gouvernail.base.ga4 import GROUPS, ga4_default_channel, source_category

TABLE = [
    ("(direct)", "(none)", "", "Direct"),
    ("(direct)", "(not set)", "", "Direct"),
    ("(direct)", "referral", "", "Referral"),
    ("google", "cpc", "2026 cross-network", "Cross-network"),
    ("(direct)", "(none)", "cross-network", "Direct"),
    ("google", "organic", "Cross-Network", "Cross-network"),
    ("amazon.com", "cpc", "", "Paid Shopping"),
    ("google", "cpc", "de-shopping-brand", "Paid Shopping"),
    ("google", "cpc", "shop-herbst", "Paid Shopping"),
    ("google", "cpc", "workshop-herbst", "Paid Search"),
    ("google", "cpc", "bishop-tour", "Paid Search"),
    ("google", "cpc", "eshop-herbst", "Paid Shopping"),
    ("google", "cpc", "", "Paid Search"),
    ("google", "cpm", "", "Paid Search"),
    ("bing", "ppc", "", "Paid Search"),
    ("duckduckgo", "retargeting", "", "Paid Search"),
    ("qwant.com", "paid-search", "", "Paid Search"),
    ("facebook.com", "paid_social", "", "Paid Social"),
    ("ig", "cpc", "", "Paid Social"),
    ("xing", "paid", "", "Paid Social"),
    ("youtube.com", "cpv", "", "Paid Video"),
    ("youtube.com", "cpc", "", "Paid Video"),
    ("vimeo", "paidvideo", "", "Paid Video"),
    ("sonntagszeitung.ch", "display", "", "Display"),
    ("sonntagszeitung.ch", "banner", "", "Display"),
    ("sonntagszeitung.ch", "expandable", "", "Display"),
    ("sonntagszeitung.ch", "interstitial", "", "Display"),
    ("sonntagszeitung.ch", "cpm", "", "Display"),
    ("google", "display", "", "Display"),
    ("newsletter", "cpc", "", "Paid Other"),
    ("newsletter", "paid", "", "Paid Other"),
    ("etsy", "referral", "", "Organic Shopping"),
    ("partner.ch", "referral", "shopping guide", "Organic Shopping"),
    ("l.instagram.com", "referral", "", "Organic Social"),
    ("partner.ch", "social-media", "", "Organic Social"),
    ("partner.ch", "sm", "", "Organic Social"),
    ("partner.ch", "social network", "", "Organic Social"),
    ("m.youtube.com", "referral", "", "Organic Video"),
    ("partner.ch", "online-video", "", "Organic Video"),
    ("ecosia.org", "referral", "", "Organic Search"),
    ("search.ch", "organic", "", "Organic Search"),
    ("partner.ch", "referral", "", "Referral"),
    ("partner.ch", "app", "", "Referral"),
    ("partner.ch", "link", "", "Referral"),
    ("email", "referral", "", "Referral"),
    ("mailing-03", "e-mail", "", "Email"),
    ("e_mail", "mailing", "", "Email"),
    ("newsletter", "newsletter", "", "Unassigned"),
    ("partner.ch", "affiliate", "", "Affiliates"),
    ("partner.ch", "affiliates", "", "Unassigned"),
    ("spotify", "audio", "", "Audio"),
    ("sms", "message", "", "SMS"),
    ("crm", "sms", "", "SMS"),
    ("crm", "web-push", "", "Mobile Push Notifications"),
    ("crm", "mobile-app", "", "Mobile Push Notifications"),
    ("crm", "notification-7", "", "Mobile Push Notifications"),
    ("firebase", "fcm", "", "Mobile Push Notifications"),
    ("(not set)", "(not set)", "", "Unassigned"),
    ("", "", "", "Unassigned"),
]


@pytest.mark.parametrize(("source", "medium", "campaign", "group"), TABLE)
def test_ga4_default_channel_of_one_pair(source: str, medium: str, campaign: str, group: str) -> None:
    assert ga4_default_channel(source, medium, campaign) == group


def test_every_group_of_ga4_has_a_row_in_the_table() -> None:
    assert {group for *_, group in TABLE} == set(GROUPS)


def test_case_and_outer_spaces_do_not_count() -> None:
    assert ga4_default_channel(" Facebook.com ", "Paid_Social", "") == "Paid Social"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Google Shopping", "shopping"),
        ("fr.search.yahoo.com", "search"),
        ("pinterest.ch", "social"),
        ("ted", "video"),
        ("twitch.tv", "video"),
        ("partner.ch", None),
    ],
)
def test_source_category_reads_googles_list(source: str, kind: str | None) -> None:
    assert source_category(source) == kind


def test_direct_pairs_of_a_real_ga4_export_are_direct(shared_data: Path) -> None:
    path = shared_data / "vendor/ga4/data-api-json/ga4_report_imported_sources.json"
    pairs = Counter[str]()
    for report in json.loads(path.read_text("utf-8"))["reports"]:
        names = [header["name"] for header in report.get("dimensionHeaders", ())]
        for row in report.get("rows", ()):
            told = dict(zip(names, (cell["value"] for cell in row["dimensionValues"]), strict=True))
            pairs[ga4_default_channel(told["sessionSource"], told["sessionMedium"])] += 1

    assert pairs == {"Direct": 8}


def test_classify_agrees_with_the_traffic_category_of_a_public_ga4_event_table(shared_data: Path) -> None:
    """No export in the shared data carries GA4's own group beside source and medium; this category is the nearest."""
    path = shared_data / "datasets/attribution-sandbox-zoo/ga4_events.csv"
    kinds = {
        "search_paid": "paid",
        "facebook_paid": "paid",
        "direct": "direct",
        "search_organic": "organic",
        None: "unknown",
    }
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["traffic_category"] != "conversion"]
    agreed = sum(kinds[classify(row["source"], row["medium"])] == row["traffic_category"] for row in rows)

    assert (agreed, len(rows)) == (1857, 1857)
