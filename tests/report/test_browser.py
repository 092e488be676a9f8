"""The page in a real browser: quiet, without network, readable on a phone, complete in print."""

from __future__ import annotations

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
        "[...document.querySelectorAll('details')].filter(d => "
        "[...d.children].some(c => c.tagName !== 'SUMMARY' && !c.checkVisibility())).length"
    )

    assert hidden == 0
    page.close()
