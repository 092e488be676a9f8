"""Identifiers and the names made of them."""

from __future__ import annotations

import pytest

from gouvernail.base.ids import source_name


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("google_ads", "Google Ads"),
        ("search_console", "Search Console"),
        ("linkedin_ads", "LinkedIn Ads"),
        ("ga4", "GA4"),
        ("hubspot", "HubSpot"),
        ("tableau_de_bord", "Tableau de bord"),
    ],
)
def test_source_names_read_well(id: str, name: str) -> None:
    assert source_name(id) == name
