"""Measure in a real browser, on a phone and on a desktop: accessible, no sideways scroll, no breach of the policy."""

import os
from pathlib import Path
from typing import Any

import pytest

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import PASSWORD, Join
from tests.web.look.axe import violations

SHOTS = os.environ.get("GOUVERNAIL_SHOTS", "")
PAGES = {"credit": "measure/?level=action", "models": "measure/?models=all", "journeys": "measure/journeys/"}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("width", "language"), [(375, "fr"), (1440, "en")])
def test_pages_are_accessible_and_fit(
    width: int, language: str, selling: Workspace, join: Join, live_server: Any, browser: Any
) -> None:
    person = join(Role.owner)
    User.objects.filter(pk=person.pk).update(language=language)
    page = browser.new_context(viewport={"width": width, "height": 900}, locale=language).new_page()
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/sign-in/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/o/acme/")

    for name, address in PAGES.items():
        page.goto(f"{live_server.url}/o/acme/{address}", wait_until="networkidle")
        wrong += [f"{name}: {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{name}: scrolls sideways")
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"measure-{name}-{width}.png"), full_page=True)

    assert wrong == []
