"""The page as a file: whole, escaped, self-contained, the same every time."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from gouvernail.bearing.alignment import Soundness
from gouvernail.bearing.located import SetAside
from gouvernail.bearing.model import Bearing
from gouvernail.report import labels
from gouvernail.report.html import render
from tests.report.sample import HOSTILE, LONG, antoine, hardly_begun

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Outline(HTMLParser):
    """What an assistive reader would find: headings, ids, table headers, images, and elements left open."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.scopes: list[str | None] = []
        self.images: list[dict[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in values:
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values.get("href")))
        if tag == "th":
            self.scopes.append(values.get("scope"))
        if values.get("role") == "img":
            self.images.append(values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()


def outline(page: str) -> Outline:
    parsed = Outline()
    parsed.feed(page)
    return parsed


@pytest.fixture(scope="module", params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(language: str) -> str:
    return render(antoine(language), language)


def test_page_is_the_same_every_time(page: str, language: str) -> None:
    assert render(antoine(language), language) == page


def test_page_loads_nothing_and_runs_nothing(page: str) -> None:
    parsed = outline(page)

    assert not {"script", "link", "img", "iframe", "object"} & set(parsed.tags)
    assert not re.search(r"url\((?!#)|@import|javascript:", page)
    assert [link for link in parsed.links if not link.startswith("#")] == []


def test_page_escapes_what_people_wrote(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#39;titre&#39;)&lt;/script&gt;" in page


@pytest.mark.parametrize("field", ["organisation", "titles", "ignored", "options"])
def test_hostile_words_are_escaped_wherever_they_stand(field: str) -> None:
    bearing = antoine("en")
    changes: dict[str, object] = {
        "organisation": HOSTILE,
        "titles": dict.fromkeys(bearing.titles, HOSTILE),
        "ignored": (SetAside(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    }
    if field == "options":
        hostile = replace(
            bearing, made_from=replace(bearing.made_from, options={HOSTILE: HOSTILE}, data=HOSTILE)
        )
    else:
        hostile = replace(bearing, **{field: changes[field]})  # type: ignore[arg-type]

    assert "<script" not in render(hostile, "en")


def test_page_is_well_formed(page: str) -> None:
    assert outline(page).open == []


def test_ids_are_unique_and_links_arrive(page: str) -> None:
    parsed = outline(page)

    assert len(parsed.ids) == len(set(parsed.ids))
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)


def test_headings_never_skip_a_level(page: str) -> None:
    headings = outline(page).headings

    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(headings))


def test_every_table_header_says_its_scope(page: str) -> None:
    assert set(outline(page).scopes) == {"row", "col"}


def test_every_chart_is_named_and_described(page: str) -> None:
    parsed = outline(page)

    assert len(parsed.images) >= 6
    for image in parsed.images:
        names = str(image.get("aria-labelledby") or "").split()
        assert image.get("aria-label") or (len(names) == 2 and set(names) <= set(parsed.ids))


def test_every_heading_stands_on_the_page(page: str, language: str) -> None:
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    missing = [key for key, words in labels.HEADINGS.items() if words.render(language) not in shown]

    assert missing == []


def test_long_titles_are_written_in_full(page: str, language: str) -> None:
    assert LONG[language] in page


def test_french_page_holds_no_english_sentence() -> None:
    page = render(antoine("fr"), "fr")
    shown = re.sub(r"<(style|title|desc)[^>]*>.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)

    assert re.findall(r"\b(?:the|and|which|without|reaches|nothing)\b", shown) == []


def test_refusals_are_sentences_without_chart_or_zero(language: str) -> None:
    page = render(hardly_begun(), language)

    assert 'class="chart' not in page
    assert "NaN" not in page
    assert labels.HEADINGS["decide"].render(language) in page


def test_links_in_a_circle_are_said_and_not_drawn() -> None:
    bearing = antoine("en")
    circle = replace(bearing.flows[0], source="revenue-20", target="linkedin-abm", soundness=Soundness.weak)

    page = render(replace(bearing, flows=(*bearing.flows, circle)), "en")

    assert "turn in a circle" in page
    assert "money-wide" not in page


def test_many_actions_are_put_together_in_the_drawing() -> None:
    bearing = antoine("en")
    first = bearing.flows[0]
    many = tuple(
        flow
        for index in range(40)
        for flow in (
            replace(first, target=f"action-{index}"),
            replace(first, source=f"action-{index}", target="revenue-20"),
        )
    )

    page = render(replace(bearing, flows=many), "en")

    assert "Other actions" in page


@pytest.mark.parametrize(
    "part",
    [
        "chain",
        "objectives",
        "metrics",
        "actions",
        "flows",
        "orphans",
        "coverage",
        "findings",
        "not_checked",
        "ignored",
        "drivers",
    ],
)
def test_any_part_may_be_missing(part: str) -> None:
    bearing: Bearing = antoine("fr")

    assert render(replace(bearing, **{part: ()}), "fr").startswith("<!DOCTYPE html>")  # type: ignore[arg-type]
