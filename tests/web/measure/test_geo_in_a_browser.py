"""Geo tests in a real browser, on a phone and on a desktop: accessible, no sideways scroll, no breach of the policy."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.http import urlencode

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import PASSWORD, Join
from tests.web.look.axe import violations
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
    width: int, language: str, scheme: Any, chain: Workspace, join: Join, live_server: Any, browser: Any
) -> None:
    person = join(Role.owner)
    User.objects.filter(pk=person.pk).update(language=language)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/sign-in/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/o/acme/")

    for name, address in PAGES.items():
        page.goto(f"{live_server.url}{address}", wait_until="networkidle")
        wrong += [f"{name}: {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{name}: scrolls sideways")

    assert wrong == []
