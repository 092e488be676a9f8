"""The text rules agree with people: precision on labelled sentences, and pages that say so."""

from datetime import date
from pathlib import Path

import pytest
import yaml

import gouvernail
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.runner import check
from gouvernail.plan.model import Plan
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


@pytest.mark.parametrize(
    ("demo", "expected"),
    [
        (
            "antoine/revision-1",
            "VAL02:innovation VAL02:qualite VIS03:vision STR05:positionnement:rheinsensor ACT07:google-ads-marque "
            "ACT10:instagram-coulisses ACT07:concours-rentree:capteur-sur-mesure "
            "ACT07:instagram-generation-tech:capteur-sur-mesure",
        ),
        ("antoine/revision-2", "VAL02:proximite"),
        ("eco/revision-1", "VAL02:responsable"),
        ("watches/revision-1", "ACT10:flash-sale"),
    ],
)
def test_demo_plan_shows_what_its_story_calls_for_and_nothing_else(demo: str, expected: str) -> None:
    path = Path(gouvernail.__file__).parent / "simulate" / "plans" / f"{demo}.yaml"
    plan = Plan.model_validate(yaml.safe_load(path.read_text("utf-8")))

    found = check(plan, today=date(2026, 9, 15), rules={code: RULES[code] for code in CODES}).findings

    assert [finding.identity for finding in found] == expected.split()
