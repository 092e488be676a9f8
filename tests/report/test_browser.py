"""The page in a real browser: quiet, without network, readable on a phone, complete in print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gouvernail.report.html import render
from tests.report.sample import antoine, hardly_begun

pytestmark = pytest.mark.browser


def opened(browser: Any, file: Path, width: int, **options: Any) -> tuple[Any, list[str]]:
    """Open the file; return the page and whatever it complained of or asked the network for."""
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("dialog", lambda dialog: (noise.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: noise.append(request.url) if request.url != file.as_uri() else None)
    page.goto(file.as_uri())
    return page, noise


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("made", [antoine, lambda language: hardly_begun()], ids=["antoine", "begun"])
def test_page_is_quiet_and_fits(browser: Any, page_file: Path, language: str, width: int, made: Any) -> None:
    page_file.write_text(render(made(language), language), "utf-8")
    page, noise = opened(browser, page_file, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert noise == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_charts_suit_the_screen(browser: Any, page_file: Path) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    for width, screen in ((375, "narrow"), (1440, "wide")):
        page, _ = opened(browser, page_file, width)
        shown = page.evaluate(
            "[...document.querySelectorAll('svg.chart')].filter(s => s.getClientRects().length)"
            ".map(s => s.classList[1])"
        )

        assert set(shown) == {screen}
        page.close()


def test_words_in_charts_stay_readable_on_a_phone(browser: Any, page_file: Path) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    page, _ = opened(browser, page_file, 375)

    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('svg.chart.narrow')].map(s => "
        "Math.min(...[...s.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize)))"
        " * s.getBoundingClientRect().width / s.viewBox.baseVal.width))"
    )

    assert smallest >= 9
    page.close()


def test_a_figure_opens_its_explanation_without_script(browser: Any, page_file: Path) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    page, _ = opened(browser, page_file, 1440)

    page.click("a[href='#why-coherence']")

    assert page.locator("#why-coherence").is_visible()
    page.close()


def test_everything_is_open_in_print(browser: Any, page_file: Path) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    page, _ = opened(browser, page_file, 1000)
    page.emulate_media(media="print")

    hidden = page.evaluate(
        "[...document.querySelectorAll('details')].filter(d => d.getClientRects().length && "
        "[...d.children].some(c => c.tagName !== 'SUMMARY' && !c.checkVisibility())).length"
    )

    assert hidden == 0
    page.close()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("width", "most"), [(375, 18_000), (1440, 10_000)])
def test_page_is_short_enough_to_read_together(
    browser: Any, page_file: Path, language: str, width: int, most: int
) -> None:
    page_file.write_text(render(antoine(language), language), "utf-8")
    page, _ = opened(browser, page_file, width)

    assert page.evaluate("document.documentElement.scrollHeight") < most
    page.close()


def test_print_stays_within_fourteen_sheets(browser: Any, page_file: Path) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    page, _ = opened(browser, page_file, 1000)

    sheets = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 14
    page.close()


def test_a_link_arrives_at_a_finding_that_is_folded(browser: Any, page_file: Path) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    page, _ = opened(browser, page_file, 1440)
    anchor = page.locator("details.rule .hit > span").first.get_attribute("id")

    page.evaluate(f"location.hash = '{anchor}'")

    assert page.locator(f"details.rule:has(#{anchor}) .hits").is_visible()
    page.close()


def test_the_layer_that_lost_most_is_open_on_a_desk_and_folded_on_a_phone(
    browser: Any, page_file: Path
) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    for width, layers in ((375, 0), (1440, 1)):
        page, _ = opened(browser, page_file, width)
        open_ones = "[...document.querySelectorAll('.layer[open]')].filter(d => d.getClientRects().length)"

        assert page.evaluate(f"{open_ones}.length") == layers
        page.close()


def test_contents_stay_in_sight_and_leave_the_print(browser: Any, page_file: Path) -> None:
    page_file.write_text(render(antoine("fr"), "fr"), "utf-8")
    page, _ = opened(browser, page_file, 1440)

    page.click("nav a[href='#findings']")
    page.wait_for_function("document.querySelector('#findings').getBoundingClientRect().top < 200")

    assert page.locator("nav.contents").bounding_box()["y"] == 0
    page.emulate_media(media="print")
    assert not page.locator("nav.contents").is_visible()
    page.close()
