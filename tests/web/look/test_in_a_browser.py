"""The look in a real browser: no violation of WCAG 2.2 AA, no breach of the Content-Security-Policy, no sideways scroll."""

import os
from pathlib import Path
from typing import Any

import pytest

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("GOUVERNAIL_SHOTS", "")

pytestmark = [pytest.mark.urls("tests.web.look.urls"), pytest.mark.django_db(transaction=True)]


def violations(page: Any) -> list[str]:
    """Return what axe-core finds wrong on a page, one line a place."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", RULES)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found["violations"] for node in one["nodes"]
    ]


@pytest.mark.skipif(not AXE.exists(), reason="run npm ci in frontend")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("address", ["/look/acme/", "/sign-in/login/", "/account/", "/nowhere/"])
def test_a_page_is_accessible_in_both_themes_and_widths(
    address: str, width: int, theme: str, workspace: Workspace, join: Join, signed_in: SignedIn, live_server: Any, chromium: Any
) -> None:
    person = join(Role.owner)
    User.objects.filter(pk=person.pk).update(theme=theme, language="fr" if width == 375 else "en")
    language = "fr" if width == 375 else "en"
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale=language)
    if address != "/sign-in/login/":
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url} for cookie in signed_in(person).cookies.values()])
    page = context.new_page()
    page.set_default_timeout(5000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live_server.url + address)
    page.wait_for_load_state("networkidle")
    if SHOTS:
        name = address.strip("/").replace("/", "-") or "home"
        page.screenshot(path=f"{SHOTS}/{name}-{width}-{theme}.png", full_page=True)

    assert violations(page) == []
    assert [line for line in said if "404" not in line] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
