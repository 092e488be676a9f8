"""The text rules agree with people: precision on labelled sentences, and pages that say so."""

from pathlib import Path

import pytest

import gouvernail
from gouvernail.checks.catalogue import RULES
from tests.checks.sentences import CODES, LANGUAGES, PAGE, confidence, measured, sentences, stated, table

FRENCH = Path(gouvernail.__file__).parent / "locale" / "fr" / "rules"
LEAST = 0.85


@pytest.mark.parametrize("language", LANGUAGES)
def test_labelled_set_has_two_hundred_sentences_a_language_and_a_third_held_out(language: str) -> None:
    of = [one for one in sentences() if one.language == language]

    assert len(of) >= 200
    assert sum(one.held_out for one in of) >= 0.3 * len(of)
    assert len({(one.rule, one.told) for one in of}) == len(of)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_rule_is_mostly_right_in_what_it_finds(code: str, language: str) -> None:
    assert measured(code, language).precision >= LEAST
    assert measured(code, language, held_out=True).precision >= LEAST


@pytest.mark.parametrize("code", CODES)
def test_rule_is_as_confident_as_it_was_right_on_sentences_held_out(code: str) -> None:
    assert RULES[code].confidence == confidence(code)


@pytest.mark.parametrize("code", CODES)
def test_rule_page_states_precision_and_recall(code: str) -> None:
    assert stated(code, "en") in RULES[code].doc
    assert stated(code, "fr") in (FRENCH / f"{code}.md").read_text("utf-8")


def test_page_on_text_rules_has_the_table_as_measured() -> None:
    assert table() in PAGE.read_text("utf-8"), table()
