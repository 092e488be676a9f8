"""The look in a real browser: no violation of WCAG 2.2 AA, no breach of the Content-Security-Policy, no sideways scroll."""

import os
from pathlib import Path
from typing import Any

import pytest

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import PASSWORD, Join

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("GOUVERNAIL_SHOTS", "")

pytestmark = [pytest.mark.urls("tests.web.look.urls"), pytest.mark.django_db(transaction=True)]


def violations(page: Any) -> list[str]:
    """Return what axe-core finds wrong on a page, one line a place."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", RULES)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


PAGES = [
    "/look/acme/",
    "/account/",
    "/sign-in/email/",
    "/sign-in/2fa/",
    "/sign-in/2fa/totp/activate/",
    "/sign-in/sessions/",
    "/nowhere/",
]
VISITORS = ["/sign-in/login/", "/sign-in/signup/", "/sign-in/password/reset/"]


@pytest.mark.skipif(not AXE.exists(), reason="run npm ci in frontend")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "language"), [(375, "fr"), (1440, "en")])
def test_pages_are_accessible_in_both_themes_and_widths(
    width: int,
    language: str,
    theme: str,
    workspace: Workspace,
    join: Join,
    live_server: Any,
    chromium: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOUVERNAIL_SIGNUP", "1")
    person = join(Role.owner)
    User.objects.filter(pk=person.pk).update(theme=theme, language=language)
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, locale=language
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(f"{error} {error.stack}"))
    wrong: list[str] = []

    for address in [*VISITORS, *PAGES]:
        if address == PAGES[0]:
            page.goto(live_server.url + VISITORS[0])
            page.fill("[name=login]", person.email)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/o/acme/")
        page.goto(live_server.url + address, wait_until="networkidle")
        if "totp" in address:
            wrong += [f"reauthenticate: {line}" for line in violations(page)]
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/totp/activate/")
        if SHOTS:
            name = address.strip("/").replace("/", "-")
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{theme}.png", full_page=True)
        wrong += [f"{address}: {line}" for line in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{address} is {wide} wide"] if wide > width else []

    wrong += [line for line in said if "404" not in line]
    assert wrong == [], "\n".join(wrong)
