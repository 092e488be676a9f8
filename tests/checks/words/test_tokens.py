"""Texts become words, numbers and signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.checks.words.tokens import plain, stem, tokens


def test_elided_article_is_a_token_of_its_own() -> None:
    assert [token.word for token in tokens("L’atelier, aujourd’hui")] == ["l", "atelier", "aujourd", "hui"]


def test_hyphen_joins_and_a_dash_does_not() -> None:
    assert [(token.text, token.joined) for token in tokens("low-cost - not low")] == [
        ("low", False),
        ("cost", True),
        ("not", False),
        ("low", False),
    ]


def test_number_percent_and_code_are_tokens() -> None:
    assert [token.text for token in tokens("100% de 1\u202f500 au stand B12, 24h")] == [
        "100",
        "%",
        "de",
        "1\u202f500",
        "au",
        "stand",
        "B12",
        "24h",
    ]


def test_sentence_opens_after_a_stop_and_at_the_start() -> None:
    assert [token.text for token in tokens("Un pas. Cher voisin ? Oui") if token.opens] == [
        "Un",
        "Cher",
        "Oui",
    ]


@pytest.mark.parametrize(
    ("word", "expected"), [("Été", "ete"), ("Œuvre", "oeuvre"), ("ÇA", "ca"), ("Straße", "strasse")]
)
def test_plain_word_has_no_accent(word: str, expected: str) -> None:
    assert plain(word) == expected


@pytest.mark.parametrize(
    "family",
    [("réparable", "réparons", "réparer"), ("machine", "machines"), ("repairable", "repaired", "repairs")],
)
def test_words_of_a_family_share_their_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@given(st.text())
def test_every_token_stands_in_the_text(text: str) -> None:
    at = 0
    for token in tokens(text):
        at = text.index(token.text, at) + len(token.text)
