"""A forbidden word is found in its forms, and in no other word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.checks.words.inflection import Forbidden, forms
from gouvernail.checks.words.tokens import tokens


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("cher", "Chères montres"),
        ("exclusif", "des offres exclusives"),
        ("luxueux", "une suite luxueuse"),
        ("génial", "GENIAUX"),
        ("handicapée", "des handicapées"),
        ("synergy", "synergies"),
        ("easy", "the easiest way"),
        ("profiter", "profitez-en"),
        ("100 % vert", "100% verte"),
        ("low-cost", "Low cost"),
        ("low cost", "low-cost"),
    ],
)
def test_form_of_a_forbidden_word_is_found(word: str, message: str) -> None:
    assert Forbidden([word]).find(tokens(message)) != []


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("sale", "du caramel salé"),
        ("pur", "une purée"),
        ("deal", "a dealer"),
        ("free", "sugar-free"),
        ("deal", "a deal-breaker"),
        ("pas cher", "pas si cher"),
        ("pas cher", "Un pas. Cher voisin"),
        ("promo", "une promotion"),
        ("...", "anything ..."),
    ],
)
def test_other_word_is_not_found(word: str, message: str) -> None:
    assert Forbidden([word]).find(tokens(message)) == []


def test_ending_in_er_is_no_verb_in_english() -> None:
    assert Forbidden(["consumer"], verbs=False).find(tokens("consume less")) == []
    assert Forbidden(["consumer"], verbs=False).find(tokens("consumers")) == [("consumer", 0, 1)]


def test_longest_phrase_is_told() -> None:
    assert Forbidden(["low", "low cost"]).find(tokens("low cost"))[0] == ("low cost", 0, 2)


@given(st.from_regex(r"[a-zéèç]{1,12}", fullmatch=True))
def test_forms_hold_the_word_itself(word: str) -> None:
    assert word in forms(word)
    assert Forbidden([word]).find(tokens(f"Aa {word} bb")) != []
