"""Geo tests in a real browser, on a phone and on a desktop: accessible, no sideways scroll, no breach of the policy."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.http import urlencode

from gouvernail.web.workspaces.models import Workspace
from tests.web.measure.browsing import faults
from tests.web.measure.test_geo import PANEL, asked, chain

__all__ = ["chain"]

CHOOSE = urlencode(
    {"panel": PANEL, "days": [14, 28], "counts": [1, 17], "budget": 3000, "margin": "60%"}, doseq=True
)
PAGES = {
    "choose": f"/o/acme/measure/geo/?{CHOOSE}",
    "read": asked(),
    "planned": "/o/acme/measure/geo/read/?experiment=radio",
    "wrong": asked(margin="x", treated=()),
    "refused": asked(start="2026-03-08"),
    "unasked": "/o/acme/measure/geo/read/",
}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("width", "language", "scheme"), [(375, "fr", "dark"), (1440, "en", "light")])
def test_geo_pages_are_accessible_and_fit(
    width: int, language: str, scheme: Any, chain: Workspace, opened: Any
) -> None:
    page, wrong = opened(width, language, color_scheme=scheme)

    assert faults(page, PAGES, "geo") == []
    assert wrong == []
