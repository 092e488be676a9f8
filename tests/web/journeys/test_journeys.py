"""The ten journeys that people make, in a real browser over a real site, at a telephone's width and at a desk's.

They follow names of fields and addresses, never words, so that both languages are walked alike.
"""

import re

import pytest

from tests.web.journeys.conftest import Walker

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ADS = """\
Campaign performance
September 1, 2026 - September 3, 2026
Day,Campaign,Currency code,Cost,Clicks,Impr.
2026-09-01,Ads CH,CHF,10.50,3,100
2026-09-02,Ads CH,CHF,11.50,4,120
2026-09-03,Mystery,CHF,oops,4,120
"""


def test_first_start(newcomer: Walker) -> None:
    page = newcomer.sit_down()
    page.goto("/")
    page.wait_for_url("**/setup/")
    newcomer.shoot(page)
    found = re.search(r"code: (\S+)", newcomer.site.told.read_text())
    assert found
    page.fill("[name=code]", found[1])
    page.fill("[name=organisation]", "Maison Élan")
    page.fill("[name=name]", "Ada Élan")
    page.fill("[name=email]", "ada@elan.example")
    page.fill("[name=password]", "brouette lilas canal")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/o/maison-elan/")
    newcomer.shoot(page)


def test_audit(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "plan/audit/")
    walker.shoot(page)
    step = page.locator("[data-audit] [name=step]")
    before = step.first.get_attribute("value")
    page.locator("[data-audit] [value=skip]").click()
    page.wait_for_function(
        "before => document.querySelector('[data-audit] [name=step]')?.value !== before", arg=before
    )
    walker.shoot(page)


def test_import(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "data/")
    page.set_input_files("#files", {"name": "ads.csv", "mimeType": "text/csv", "buffer": ADS.encode()})
    page.wait_for_url("**/data/files/*")
    page.locator("form[action$='/import'] button").wait_for()
    walker.shoot(page)
    page.locator("form[action$='/import'] button").click()
    page.locator("a[href*='/data/imports']").first.wait_for()
    walker.go(page, "data/imports")
    assert "ads.csv" in page.locator("main").inner_text()
    walker.shoot(page)


def test_fix_a_finding(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "findings/")
    page.locator(".finding").first.wait_for()
    walker.shoot(page)
    page.locator(".finding-meta a[href*='/plan/element/']").first.click()
    page.wait_for_url("**/plan/element/**")
    page.locator("a[href$='/edit/']").first.click()
    page.fill("[name=title]", "Put into our own words")
    page.locator("[data-element-form] button.btn-primary").click()
    page.wait_for_url(re.compile(r"/plan/element/[^/]+/[^/]+/$"))
    assert "Put into our own words" in page.locator("main").inner_text()
    walker.shoot(page)
    walker.go(page, "plan/history/")
    walker.shoot(page)


def test_review_an_objective(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "objectives/ca-2026")
    walker.shoot(page)
    walker.go(page, "rhythm/objectives/ca-2026/review")
    page.check("[name=verdict][value=keep]")
    page.fill("[name=note]", "It still serves the mission.")
    walker.shoot(page)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(lambda address: not address.endswith("/review"))
    walker.shoot(page)


def test_meeting(walker: Walker) -> None:
    page = walker.sit_down("management")
    walker.go(page, "rhythm/meetings/")
    walker.shoot(page)
    page.locator("main .owed-what a[href*='/rhythm/meetings/']").first.click()
    page.locator("form[action$='/start'] button").click()
    page.wait_for_url("**/rhythm/minutes/*")
    page.locator("#notes-form textarea").first.fill("Everybody was there.")
    walker.shoot(page)
    page.locator("button[name=close]").click()
    page.locator("button[name=close]").wait_for(state="detached")
    assert "Everybody was there." in page.locator("main").inner_text()
    walker.shoot(page)


def test_report(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "findings/")
    page.locator(".finding").first.wait_for()
    walker.go(page, "reports/")
    page.fill("[name=title]", "For the board")
    walker.shoot(page)
    page.locator("form[action$='/reports/make'] button.btn-primary").click()
    page.wait_for_url(re.compile(r"/reports/\d+$"))
    page.locator("a[href$='/page']").first.wait_for()
    page.locator("form[action$='/share'] button.btn-primary").click()
    link = page.locator("input[id^='link-']").first
    link.wait_for()
    walker.shoot(page)
    stranger = walker.sit_down()
    stranger.goto(link.input_value())
    walker.shoot(stranger)


def test_invite(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "settings/people")
    page.locator("[data-dialog=invite]").first.click()
    page.fill("[name=email]", "new@friend.example")
    walker.shoot(page)
    page.locator("form[action$='/invite'] button.btn-primary").click()
    page.wait_for_load_state("load")
    assert "new@friend.example" in page.locator("main").inner_text()
    walker.shoot(page)


def test_scenario(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "plan/scenarios/")
    page.fill("[name=name]", "Half the fairs")
    walker.shoot(page)
    page.locator("form[action$='/scenarios/open/'] button").click()
    page.wait_for_load_state("load")
    walker.go(page, "plan/element/objectives/ca-2026/edit/")
    page.fill("[name=title]", "Half as much")
    page.locator("[data-element-form] button.btn-primary").click()
    page.wait_for_url(re.compile(r"/plan/element/[^/]+/[^/]+/$"))
    walker.go(page, "plan/scenarios/")
    page.locator("main .ordered-row a").first.click()
    page.locator("form[action$='/merge/'] button.btn-primary").wait_for()
    walker.shoot(page)
    page.locator("form[action$='/merge/'] button.btn-primary").click()
    walker.go(page, "plan/element/objectives/ca-2026/")
    assert "Half as much" in page.locator("h1").inner_text()


def test_two_people_on_one_element(walker: Walker) -> None:
    one, other = walker.sit_down("owner"), walker.sit_down("management")
    place = "plan/element/objectives/prospects-2026/edit/"
    place = place if _there(walker, one, place) else "plan/element/objectives/ca-2026/edit/"
    for page, words in ((one, "As the owner wrote it"), (other, "As management wrote it")):
        walker.go(page, place)
        page.fill("[name=title]", words)
    save = "[data-element-form] button.btn-primary"
    one.locator(save).click()
    one.wait_for_url(re.compile(r"/plan/element/[^/]+/[^/]+/$"))
    other.locator(save).click()
    other.locator("form[action$='/merge/']").wait_for()
    shown = other.locator("main").inner_text()
    assert "As the owner wrote it" in shown
    assert "As management wrote it" in shown
    walker.shoot(other)


def _there(walker: Walker, page: object, place: str) -> bool:
    """Whether there is such a place: the plans of the demo may change."""
    answer = page.request.get(f"/o/{walker.slug}/{place}")  # type: ignore[attr-defined]
    return bool(answer.ok)
