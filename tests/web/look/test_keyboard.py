"""By keyboard and by thumb: every control is reached and seen, dialogs give focus back, nothing is too small to hit."""

from typing import Any

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from tests.web.conftest import Window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

PAGES = ["", "chain", "findings/", "actions/?as=board", "data/", "measure/"]
FORM = "plan/new/actions/"
MOST = 400

STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const again = at.dataset.walked, box = at.getBoundingClientRect();
  at.dataset.walked = "1";
  const lined = (one) => one && getComputedStyle(one).outlineStyle !== "none";
  // A search draws its line around all of it, a hidden file field on its label; a part of a date draws its own.
  const seen = again || lined(at) || lined(at.closest(".side-search")) || lined(at.nextElementSibling);
  const bar = document.querySelector(".sticky-actions")?.getBoundingClientRect();
  const hidden = bar && at.closest("main") && !at.closest(".sticky-actions") && box.top >= bar.top - 1 && box.bottom <= bar.bottom + 1;
  return { name: `${at.tagName} ${at.className} ${(at.innerText || at.name || "").slice(0, 40)}`, seen, hidden };
}"""

LEFT = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((one) => !one.dataset.walked && !one.disabled && one.type !== "radio" && one.type !== "hidden")
  .filter((one) => one.tabIndex >= 0 && !one.closest("dialog:not([open])"))
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 0)
  .map((one) => `${one.tagName} ${one.className} ${(one.innerText || one.name || "").slice(0, 40)}`)"""

# WCAG 2.2, 2.5.8: 24 pixels each way, or so far from all others that circles of 24 pixels do not meet;
# links within a sentence are exempt. A tick is hit by its label too.
SMALL = """() => {
  const found = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".visually-hidden, .skip"))
    .map((one) => {
      const label = one.matches("[type=checkbox], [type=radio]") && one.labels?.[0];
      const all = [one, ...(label ? [label] : [])].map((each) => each.getBoundingClientRect());
      const left = Math.min(...all.map((b) => b.left)), right = Math.max(...all.map((b) => b.right));
      const top = Math.min(...all.map((b) => b.top)), bottom = Math.max(...all.map((b) => b.bottom));
      return { one, left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2,
        small: right - left < 23.5 || bottom - top < 23.5, there: right - left > 1 && bottom - top > 1 };
    }).filter((b) => b.there);
  const inText = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((node) => node !== one && node.textContent.trim());
  const near = (a, b) => b.small ? Math.hypot(a.x - b.x, a.y - b.y) < 24
    : Math.hypot(Math.max(b.left - a.x, 0, a.x - b.right), Math.max(b.top - a.y, 0, a.y - b.bottom)) < 12;
  const wrong = found.filter((a) => a.small && !inText(a.one) && found.some((b) =>
    b !== a && !b.one.contains(a.one) && !a.one.contains(b.one) && near(a, b)));
  return wrong.map(({ one }) => `${one.tagName} ${one.className} ${(one.innerText || one.name || "").slice(0, 40)}`);
}"""


@pytest.fixture
def page(plan: Plan, owner: Client, window: Window) -> Any:
    """A desk-wide window of somebody who may do everything, who asked for nothing to move."""
    viewport = {"width": 1440, "height": 900}
    return window(owner, patience=60_000, viewport=viewport, reduced_motion="reduce")


def test_every_control_is_reached_by_tab_and_seen(page: Any) -> None:
    wrong: list[str] = []
    for place in [*PAGES, FORM]:
        page.goto(f"/o/acme/{place}")
        for _ in range(MOST):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop is None:
                break
            wrong += [f"{place}: focus not seen on {stop['name']}"] if not stop["seen"] else []
            wrong += [f"{place}: behind the bar, {stop['name']}"] if stop["hidden"] else []
        wrong += [f"{place}: not reached, {one}" for one in page.evaluate(LEFT)]
    assert wrong == [], "\n".join(wrong)


def test_the_first_tab_leads_past_the_menu(page: Any) -> None:
    page.goto("/o/acme/findings/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"

    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_dialog_holds_the_keyboard_and_gives_it_back(page: Any) -> None:
    page.goto("/o/acme/settings/people")
    page.locator("[data-dialog]").first.focus()
    page.keyboard.press("Enter")
    inside = "!document.hasFocus() || document.activeElement === document.body"
    inside += " || !!document.activeElement.closest('dialog[open]')"
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)

    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("'dialog' in document.activeElement.dataset")


def test_arrows_pass_by_choices_of_a_filter_until_one_is_meant(page: Any) -> None:
    page.goto("/o/acme/actions/")
    before = page.url
    choice = page.locator("#action-filters select[name=status]")
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert choice.input_value()
    assert page.url == before

    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url != before


def test_nothing_is_too_small_for_a_thumb(page: Any) -> None:
    wrong: list[str] = []
    for width in (375, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for place in [*PAGES, FORM]:
            page.goto(f"/o/acme/{place}")
            wrong += [f"{place} at {width}: {one}" for one in page.evaluate(SMALL)]
    assert wrong == [], "\n".join(wrong)


def test_lists_of_settings_stand_row_by_row_on_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    for place in ("settings/rules", "settings/records/people", "settings/records/teams"):
        page.goto(f"/o/acme/{place}")
        wide = (
            "[...document.querySelectorAll('.table-scroll')].map((one) => one.scrollWidth - one.clientWidth)"
        )
        assert set(page.evaluate(wide)) <= {0, 1}, place
