"""Measure in a real browser, on a phone and on a desktop: accessible, no sideways scroll, no breach of the policy."""

from typing import Any

import pytest

from gouvernail.web.workspaces.models import Workspace
from tests.web.measure.browsing import faults

PAGES = {
    "credit": "/o/acme/measure/?level=action",
    "models": "/o/acme/measure/?models=all",
    "journeys": "/o/acme/measure/journeys/",
}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("width", "language"), [(375, "fr"), (1440, "en")])
def test_pages_are_accessible_and_fit(width: int, language: str, selling: Workspace, opened: Any) -> None:
    page, wrong = opened(width, language)

    assert faults(page, PAGES, "measure") == []
    assert wrong == []
