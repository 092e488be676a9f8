"""The language of short texts, and silence where it is not sure."""

import pytest

from gouvernail.checks.words.language import language, ours
from gouvernail.checks.words.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The customer is at the heart of everything we do.", "en"),
        ("La qualité de nos produits avant tout.", "fr"),
        ("Qualité", "fr"),
        ("Präzisionssensoren aus der Schweiz.", "de"),
        ("La qualità è nel nostro lavoro.", "it"),
        ("Quality", None),
        ("", None),
    ],
)
def test_language_is_told_by_function_words(text: str, expected: str | None) -> None:
    assert language(tokens(text)) == expected


def test_language_without_lists_is_none_of_ours() -> None:
    assert ours(tokens("Wir sind für Sie da.")) is None
