"""The look in a real browser: no violation of WCAG 2.2 AA, no breach of the Content-Security-Policy, no sideways scroll."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import PASSWORD, Join, Window
from tests.web.look.axe import violations

SHOTS = os.environ.get("GOUVERNAIL_SHOTS", "")

pytestmark = [
    pytest.mark.urls("tests.web.look.urls"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "language"), [(375, "fr"), (1440, "en")])
def test_pages_are_accessible_in_both_themes_and_widths(
    width: int,
    language: str,
    theme: str,
    workspace: Workspace,
    join: Join,
    live_server: Any,
    browser: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOUVERNAIL_SIGNUP", "1")
    person = join(Role.owner)
    User.objects.filter(pk=person.pk).update(theme=theme, language=language)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, locale=language
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
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


@pytest.fixture
def parts(owner: Client, window: Window) -> Any:
    """The page of all components, open in a phone-wide window."""
    page = window(owner, viewport={"width": 375, "height": 800}, accept_downloads=True)
    page.goto("/look/acme/", wait_until="networkidle")
    return page


def test_menu_search_and_dialog_work_by_keyboard(parts: Any) -> None:
    parts.focus(".side-toggle")
    parts.keyboard.press("Enter")
    assert parts.get_attribute(".side-toggle", "aria-expanded") == "true"
    assert parts.is_visible(".places a >> nth=0")

    parts.keyboard.press("Escape")
    assert parts.is_hidden(".places a >> nth=0")

    parts.keyboard.press("/")
    assert parts.evaluate("document.activeElement.name") == "q"

    parts.keyboard.press("Escape")
    parts.focus("[data-dialog=aside] >> nth=0")
    parts.keyboard.press("Enter")
    assert parts.is_visible("#aside")

    parts.keyboard.press("Escape")
    assert parts.is_hidden("#aside")
    assert parts.evaluate("document.activeElement.dataset.dialog") == "aside"


def test_a_chart_is_drawn_follows_the_theme_and_gives_its_numbers(parts: Any) -> None:
    line = "#course-option"
    assert parts.locator(f"figure:has({line}) svg path").count() > 5

    def stroke() -> str:
        return parts.evaluate(
            "[...document.querySelectorAll('figure svg path')].map(p => p.getAttribute('stroke')).join()"
        )

    before = stroke()
    parts.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    parts.wait_for_timeout(200)
    assert stroke() != before

    with parts.expect_download() as download:
        parts.click("[data-csv=course-table]")
    rows = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert rows[:2] == ["Month,Reached,Target path", "2026-01,120,120"]
    assert rows[5] == "2026-05,,160"


def test_on_paper_there_are_no_controls_and_nothing_is_folded_away(parts: Any) -> None:
    parts.emulate_media(media="print")
    parts.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    if SHOTS:
        parts.screenshot(path=f"{SHOTS}/print.png", full_page=True)

    assert parts.is_hidden(".side")
    assert parts.is_hidden(".page-head .btn >> nth=0")
    assert parts.is_visible("#course-table")

    parts.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert parts.is_hidden("#course-table")
