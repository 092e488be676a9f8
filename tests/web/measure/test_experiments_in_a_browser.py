"""Experiments in a real browser: accessible at both widths, and the way from a size to a decision without a reload too many."""

from typing import Any

import pytest

from gouvernail.plan.model import Choice, Experiment
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace
from tests.web.measure.browsing import faults

MEASURE = "/o/acme/measure/"
ASKED = "kind=proportion&baseline=5%25&uplift=10%25&traffic=2000&reading=group_sequential&value=40&cost=20000"
PAGES = {
    "list": f"{MEASURE}experiments/",
    "one": f"{MEASURE}experiments/of/checkout",
    "alarm": f"{MEASURE}experiments/of/Old banner",
    "size": f"{MEASURE}experiments/size/?{ASKED}",
    "wrong": f"{MEASURE}experiments/size/?kind=mean&baseline=x",
    "method": f"{MEASURE}methods/experiments/",
}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("width", "language"), [(375, "fr"), (1440, "en")])
def test_pages_are_accessible_and_fit(width: int, language: str, trying_out: Workspace, opened: Any) -> None:
    page, wrong = opened(width, language, patience=60_000)

    assert faults(page, PAGES, "experiments") == []
    assert wrong == []


@pytest.mark.parametrize(("width", "language"), [(375, "en"), (1440, "fr")])
def test_from_a_size_to_a_decision(width: int, language: str, trying_out: Workspace, opened: Any) -> None:
    page, wrong = opened(width, language, patience=60_000)
    page.goto(f"{MEASURE}experiments/size/")
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

    page.goto(f"{MEASURE}experiments/")
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
