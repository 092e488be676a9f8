"""What only a browser does with the plan's forms."""

from typing import Any

import pytest
from django.urls import reverse

from gouvernail.plan.model import Plan
from gouvernail.web.workspaces.models import Role
from tests.web.conftest import Join, SignedIn, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(plan: Plan, join: Join, signed_in: SignedIn, window: Window) -> Any:
    """A phone in the hands of somebody of marketing."""
    return window(signed_in(join(Role.marketing)), viewport={"width": 375, "height": 800})


def test_a_weight_is_typed_on_a_phone(phone: Any) -> None:
    phone.goto(reverse("element-new", args=["acme", "actions"]))

    box = phone.locator("#f-serves-field .box").first
    box.locator("input[type=checkbox]").check()

    chosen = phone.locator("#f-serves-field .box", has=phone.locator("input:checked"))
    label = chosen.locator(".weight > span").bounding_box()
    assert label["width"] > label["height"], "the word stands in one line"
    chosen.locator(".weight input").fill("0.5")
    assert chosen.locator(".weight input").input_value() == "0.5"


def test_a_formula_is_put_together_with_a_thumb(phone: Any) -> None:
    page = phone
    page.goto(reverse("element-new", args=["acme", "drivers"]))

    page.select_option("[data-formula-add]", "leads")
    page.click("[data-formula-mark='*']")
    page.select_option("[data-formula-add]", "win_rate")

    assert page.input_value("#f-formula") == "leads * win_rate"
    assert page.input_value("[data-formula-add]") == ""
    page.locator(".formula-said", has_text="Leads × Win rate").wait_for()
    page.evaluate("document.getElementById('f-formula').setSelectionRange(0, 5)")
    page.select_option("[data-formula-add]", "mql")
    assert page.input_value("#f-formula") == "mql * win_rate"
