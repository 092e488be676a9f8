"""What people do with the plan and its figures, in a real browser over a real site.

At a telephone's width and at a desk's, in both languages. They follow names of fields and addresses, never words, so that
all four are walked alike.
"""

import re
from typing import Any

import pytest

from tests.web.journeys.walker import Walker

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ADS = """\
Campaign performance
September 1, 2026 - September 3, 2026
Day,Campaign,Currency code,Cost,Clicks,Impr.
2026-09-01,Ads CH,CHF,10.50,3,100
2026-09-02,Ads CH,CHF,11.50,4,120
2026-09-03,Mystery,CHF,oops,4,120
"""
ELEMENT = re.compile(r"/plan/element/[^/]+/[^/]+/$")
SAVE = "[data-element-form] button.btn-primary"


def test_audit(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "plan/audit/")
    walker.shoot(page)
    _next_question(page, "skip")
    answer = page.locator("textarea#answer, input#answer[type=text]").first
    while not answer.is_visible():
        _next_question(page, "skip")
    answer.fill("Entretien préventif, étalonnage")
    _next_question(page, "answer")
    page.locator(".effect").wait_for()
    walker.shoot(page)


def _next_question(page: Any, press: str) -> None:
    """Press a button of the audit, and wait for the next question."""
    before = page.locator("[data-audit] [name=step]").get_attribute("value")
    page.locator(f"[data-audit] [value={press}]").click()
    page.wait_for_function(
        "before => document.querySelector('[data-audit] [name=step]')?.value !== before", arg=before
    )


def test_import_and_undo(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "data/")
    file = {"name": "ads.csv", "mimeType": "text/csv", "buffer": ADS.encode()}
    page.set_input_files("#files", file)
    page.wait_for_url("**/data/files/*")
    page.locator("form[action$='/import'] button").wait_for()
    assert "oops" in page.locator("main").inner_text()
    walker.shoot(page)
    page.locator("form[action$='/import'] button").click()
    page.locator("main a[href*='/data/imports/']").first.click()
    page.locator("form[action$='/undo'] button").wait_for()
    walker.shoot(page)
    page.locator("form[action$='/undo'] button").click()
    page.wait_for_url("**/data/files/*")
    page.locator("main a[href*='/data/imports/']").first.click()
    page.wait_for_url("**/data/imports/*")
    assert page.locator("form[action$='/undo']").count() == 0
    walker.go(page, "data/imports")
    assert page.locator("tbody tr").count() == 1
    walker.shoot(page)


def test_fix_a_finding(walker: Walker) -> None:
    page = walker.sit_down("owner")
    walker.go(page, "findings/")
    commonplace = page.locator(".finding", has=page.locator("a[href*='/rules/VAL02']"))
    commonplace.first.wait_for()
    walker.shoot(page)
    commonplace.first.locator(".finding-meta a[href*='/plan/element/']").first.click()
    page.wait_for_url("**/plan/element/values/**")
    page.locator("a[href$='/edit/']").first.click()
    page.fill("[name=title]", "Quatre heures, pas une de plus")
    page.fill(
        "[name=text]", "Un four arrêté chez un verrier de Lausanne reçoit son technicien en quatre heures."
    )
    page.locator(SAVE).click()
    page.wait_for_url(ELEMENT)
    walker.shoot(page)
    walker.go(page, "plan/history/")
    walker.shoot(page)
    walker.go(page, "findings/")
    page.locator(".finding").first.wait_for()
    commonplace.first.wait_for(state="detached")
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
    walker.go(page, "objectives/ca-2026")
    assert "It still serves the mission." in page.locator("main").inner_text()
    walker.shoot(page)


def test_meeting(walker: Walker) -> None:
    """It is held, minuted and closed; what it decided comes back until it is done."""
    page, decided = walker.sit_down("management"), "Two fairs instead of three"
    walker.go(page, "rhythm/meetings/")
    walker.shoot(page)
    page.locator("main .owed-what a[href*='/rhythm/meetings/']").first.click()
    page.wait_for_url("**/rhythm/meetings/*")
    meeting = page.url
    page.locator("form[action$='/start'] button").click()
    page.wait_for_url("**/rhythm/minutes/*")
    page.locator("#notes-form textarea").first.fill("Everybody was there.")
    decision = page.locator("form[action$='/decide']")
    decision.locator("[name=title]").fill(decided)
    decision.locator("[name=owner]").select_option("celine")
    decision.locator("[name=due]").fill(walker.today)
    decision.locator("button.btn").click()
    page.locator("#decisions .owed-what", has_text=decided).wait_for()
    walker.shoot(page)
    page.locator("button[name=close]").click()
    page.locator("button[name=close]").wait_for(state="detached")
    assert "Everybody was there." in page.locator("main").inner_text()
    walker.shoot(page)

    page.goto(meeting)
    page.locator(".agenda li", has_text=decided).first.wait_for()
    walker.go(page, "rhythm/decisions/")
    row = page.locator("ul.owed > li", has_text=decided)
    row.locator("a[href$='/done']").click()
    dialog = page.locator("dialog[open] form[action$='/done']")
    dialog.locator("[name=follow_up]").fill("The third fair was given up.")
    walker.shoot(page)
    dialog.locator("button.btn-primary").click()
    page.locator("ul.owed > li.is-good", has_text=decided).wait_for()
    page.goto(meeting)
    assert decided not in page.locator("[aria-labelledby=agenda-title]").inner_text()


def test_report(walker: Walker) -> None:
    """It is made, shared by link, read by a visitor; once the link is revoked, it is gone."""
    page = walker.sit_down("owner")
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

    visitor, address = walker.sit_down(), link.input_value()
    visitor.goto(address)
    assert "Lémantech" in visitor.locator("body").inner_text()
    assert visitor.locator("html").get_attribute("lang") == walker.language
    walker.shoot(visitor)
    page.locator("form[action$='/revoke'] button").click()
    link.wait_for(state="detached")
    walker.expect(404, "/shared/")
    visitor.goto(address)
    assert "Lémantech" not in visitor.locator("body").inner_text()
    walker.shoot(visitor)


def test_scenario(walker: Walker) -> None:
    """A branch is opened, worked in, looked at and merged; the plan itself waits until then."""
    page, other = walker.sit_down("owner"), walker.sit_down("management")
    walker.go(page, "plan/scenarios/")
    page.fill("[name=name]", "Half the fairs")
    walker.shoot(page)
    page.locator("form[action$='/scenarios/open/'] button").click()
    page.locator("form[action$='/scenarios/choose/']").first.wait_for()
    walker.go(page, "plan/element/objectives/affaires-gagnees/edit/")
    page.fill("[name=title]", "Half as much")
    page.locator(SAVE).click()
    page.wait_for_url(ELEMENT)
    walker.go(other, "plan/element/objectives/affaires-gagnees/")
    assert "Half as much" not in other.locator("h1").inner_text()
    walker.go(page, "plan/scenarios/")
    page.locator("main .ordered-row a").first.click()
    page.locator("form[action$='/merge/'] button.btn-primary").wait_for()
    walker.shoot(page)
    page.locator("form[action$='/merge/'] button.btn-primary").click()
    page.locator("form[action$='/merge/']").wait_for(state="detached")
    walker.go(other, "plan/element/objectives/affaires-gagnees/")
    assert "Half as much" in other.locator("h1").inner_text()
    walker.shoot(other)


def test_two_people_on_one_element(walker: Walker) -> None:
    """The second to write is shown both versions, and chooses field by field."""
    pages = {"owner": walker.sit_down("owner"), "management": walker.sit_down("management")}
    for who, page in pages.items():
        walker.go(page, "plan/element/objectives/ca-2026/edit/")
        page.fill("[name=title]", f"Title by {who}")
        page.fill("[name=text]", f"Text by {who}")
    one, other = pages["owner"], pages["management"]
    one.locator(SAVE).click()
    one.wait_for_url(ELEMENT)
    walker.expect(409, "/plan/element/objectives/ca-2026/edit/")
    other.locator(SAVE).click()
    choice = other.locator("form[action$='/merge/']")
    choice.wait_for()
    for words in ("Title by owner", "Title by management", "Text by owner", "Text by management"):
        assert words in choice.inner_text()
    walker.shoot(other)
    choice.locator("[name='pick.title'][value=theirs]").check()
    choice.locator("[name='pick.text'][value=mine]").check()
    choice.locator("button.btn-primary").click()
    other.wait_for_url(ELEMENT)
    kept = other.locator("main").inner_text()
    assert "Title by owner" in other.locator("h1").inner_text()
    assert "Text by management" in kept
    walker.shoot(other)


def test_board(walker: Walker) -> None:
    """A card is dragged to another column, or its state chosen; the plan knows."""
    page = walker.sit_down("owner")
    walker.go(page, "actions/?as=board")
    page.locator("[data-board-ready]").wait_for()
    card = page.locator("[data-board-lane=planned] [data-board-card]").first
    path = card.get_attribute("data-board-card")
    walker.shoot(page)
    with page.expect_response(lambda answer: answer.url.endswith(path)) as told:
        if walker.small:
            card.locator("select").select_option("idea")
        else:
            _drag(page, card, page.locator("[data-board-lane=idea]"))
    assert told.value.status == 204
    walker.go(page, "actions/?as=board")
    page.locator(f"[data-board-lane=idea] [data-board-card='{path}']").wait_for()
    walker.shoot(page)


def _drag(page: Any, what: Any, to: Any) -> None:
    """Drag by hand: press, move in small steps, let go."""
    start, end = what.bounding_box(), to.bounding_box()
    page.mouse.move(start["x"] + 6, start["y"] + 6)
    page.mouse.down()
    for step in range(1, 11):
        x = start["x"] + 6 + (end["x"] + end["width"] / 2 - start["x"]) * step / 10
        y = start["y"] + 6 + (end["y"] + min(end["height"] / 2, 60) - start["y"]) * step / 10
        page.mouse.move(x, y)
    page.mouse.up()
