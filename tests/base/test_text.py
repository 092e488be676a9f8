"""Sentences as data, rendered for an English or a French reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.periods import parse_period
from gouvernail.base.text import LANGUAGES, TN, T, Text, verbatim
from gouvernail.base.values import Country, Number, Points, Ratio


def shown(value: object, language: str) -> str:
    """`value` in a sentence, spaces that do not break shown as plain ones."""
    return T("{x}", x=value).render(language).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (Money(Decimal("12500"), "CHF"), "CHF 12,500", "12 500 CHF"),
        (Money(Decimal("12.5"), "EUR"), "EUR 12.50", "12,50 EUR"),
        (Ratio(0.042), "4.2%", "4,2 %"),
        (Ratio(0.5, 0), "50%", "50 %"),
        (Points(0.004), "0.4", "0,4"),
        (Ratio(-0.061), "−6.1%", "−6,1 %"),
        (Money(Decimal("-8000"), "CHF"), "−CHF 8,000", "−8 000 CHF"),
        (Ratio(-0.001, 0), "0%", "0 %"),
        (Number(-2.16, 2), "−2.16", "−2,16"),
        (Number(1234.567, 1), "1,234.6", "1 234,6"),
        (1234567, "1,234,567", "1 234 567"),
        (Decimal("0.25"), "0.25", "0,25"),
        (date(2026, 9, 14), "September 14, 2026", "14 septembre 2026"),
        (parse_period("2026-09"), "September 2026", "septembre 2026"),
        (parse_period("2026"), "2026", "2026"),
        (("a", "b", "c"), "a, b and c", "a, b et c"),
        (("a",), "a", "a"),
        ((), "", ""),
        ("1,234", "1,234", "1,234"),
    ],
)
def test_value_is_written_for_its_reader(value: object, english: str, french: str) -> None:
    assert (shown(value, "en"), shown(value, "fr")) == (english, french)


def test_sentence_within_a_sentence_speaks_the_same_language() -> None:
    inner = T("{n} of {all}", n=Ratio(0.5, 0), all=1000)

    assert shown(inner, "fr") == "50 % of 1 000"


def test_plural_follows_the_count() -> None:
    assert [str(TN("{n} row", "{n} rows", n)) for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


@given(st.text(), st.sampled_from(LANGUAGES))
def test_words_of_the_user_are_never_changed(words: str, language: str) -> None:
    assert verbatim(words).render(language) == words


@given(st.text(), st.integers())
def test_equal_sentences_hash_alike(words: str, n: int) -> None:
    one, same = T("{a} {b}", a=words, b=n), Text("{a} {b}", {"b": n, "a": words})

    assert one == same
    assert hash(one) == hash(same)


def test_country_is_called_by_its_name_and_an_unknown_code_stays() -> None:
    said = T("{home}, {away}", home=Country("DE"), away=Country("XQ"))
    assert (said.render("en"), said.render("fr")) == ("Germany, XQ", "Allemagne, XQ")
