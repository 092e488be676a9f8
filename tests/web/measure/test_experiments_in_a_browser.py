"""Experiments in a real browser: accessible at both widths, and the way from a size to a decision without a reload too many."""

import os
from pathlib import Path
from typing import Any

import pytest

from gouvernail.plan.model import Choice, Experiment
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import PASSWORD, Join
from tests.web.look.axe import violations

SHOTS = os.environ.get("GOUVERNAIL_SHOTS", "")
ASKED = "kind=proportion&baseline=5%25&uplift=10%25&traffic=2000&reading=group_sequential&value=40&cost=20000"
PAGES = {
    "list": "experiments/",
    "one": "experiments/of/checkout",
    "alarm": "experiments/of/Old banner",
    "size": f"experiments/size/?{ASKED}",
    "wrong": "experiments/size/?kind=mean&baseline=x",
    "method": "methods/experiments/",
}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def opened(trying_out: Workspace, join: Join, live_server: Any, browser: Any) -> Any:
    """Open a page of Measure as the owner: `opened(width, language)` gives a browser's page and what went wrong."""

    def start(width: int, language: str) -> tuple[Any, list[str]]:
        person = join(Role.owner)
        User.objects.filter(pk=person.pk).update(language=language)
        page = browser.new_context(viewport={"width": width, "height": 900}, locale=language).new_page()
        page.set_default_timeout(60_000)
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(f"{live_server.url}/sign-in/login/")
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/o/acme/")
        return page, wrong

    return start


@pytest.mark.parametrize(("width", "language"), [(375, "fr"), (1440, "en")])
def test_pages_are_accessible_and_fit(width: int, language: str, opened: Any, live_server: Any) -> None:
    page, wrong = opened(width, language)
    for name, address in PAGES.items():
        page.goto(f"{live_server.url}/o/acme/measure/{address}", wait_until="networkidle")
        wrong += [f"{name}: {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{name}: scrolls sideways")
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"experiments-{name}-{width}.png"), full_page=True)

    assert wrong == []


@pytest.mark.parametrize(("width", "language"), [(375, "en"), (1440, "fr")])
def test_from_a_size_to_a_decision(
    width: int, language: str, opened: Any, live_server: Any, trying_out: Workspace
) -> None:
    page, wrong = opened(width, language)
    page.goto(f"{live_server.url}/o/acme/measure/experiments/size/")
    for name, value in (("baseline", "5 %"), ("uplift", "10 %"), ("traffic", "2000")):
        page.fill(f"[name={name}]", value)
        page.keyboard.press("Tab")
    # The answer comes by itself; the address keeps what was asked.
    page.wait_for_selector("#answer .figure-number")
    page.wait_for_url("**traffic=2000**")
    page.wait_for_selector("#answer svg, #answer .chart-canvas svg")
    page.fill("#answer [name=title]", "Two headlines")
    page.fill("#answer [name=variants]", "long, short")
    page.click("#answer form button.btn-primary")
    page.wait_for_url("**/experiments/of/two-headlines")
    assert "Two headlines" in page.inner_text("h1")

    page.goto(f"{live_server.url}/o/acme/measure/experiments/")
    page.click("text=Short checkout")
    page.wait_for_url("**/experiments/of/checkout")
    page.wait_for_selector("#rows table")
    assert page.is_checked("[name=choice][value='adopt:short']")
    page.fill("[name=reason]", "It pays.")
    page.click("#decide button.btn-primary")
    page.wait_for_selector(".decided")

    found = store.read(trying_out).get("checkout")
    assert isinstance(found, Experiment)
    assert (found.decision, found.winner, found.result) == (Choice.adopt, "short", "It pays.")
    assert wrong == []
