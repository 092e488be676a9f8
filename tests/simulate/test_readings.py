"""Every finding of every demo, as it was read aloud: false of the story, badly put or said twice, it shows here.

`make readings` writes `readings/` anew; read what changed as its marketing head would before it is committed.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gouvernail.base.text import LANGUAGES
from gouvernail.simulate.catalogue import COMPANIES
from tests.simulate.conftest import Taker
from tests.simulate.reading import read_aloud

FOLDER = Path(__file__).parent / "readings"
REVISIONS = [
    (company.id, number) for company in COMPANIES.values() for number, _ in enumerate(company.plans, 1)
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("company", "revision"), REVISIONS)
def test_demo_says_what_was_read_aloud(
    company: str, revision: int, language: str, bearing: Taker, rewrite_readings: bool
) -> None:
    path = FOLDER / f"{company}-{revision}.{language}.md"
    told = read_aloud(bearing(company, revision), language)
    if rewrite_readings:
        path.write_text(told, "utf-8")
    assert told.splitlines() == path.read_text("utf-8").splitlines(), (
        "`make readings`, then read what changed"
    )


@pytest.mark.parametrize(("company", "revision"), REVISIONS)
def test_no_finding_of_a_demo_is_said_twice(company: str, revision: int, bearing: Taker) -> None:
    taken = bearing(company, revision)
    said = Counter(located.finding.message.render("en") for located in taken.findings)
    assert [message for message, times in said.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_readings_are_those_of_the_demos(language: str) -> None:
    expected = {f"{company}-{revision}.{language}.md" for company, revision in REVISIONS}
    assert {path.name for path in FOLDER.glob(f"*.{language}.md")} == expected
