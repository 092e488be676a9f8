"""Names of products are told from words of the language."""

import pytest

from gouvernail.checks.words.names import ProperNames
from gouvernail.checks.words.tokens import tokens


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("X200", "The X200 shows it.", ["X200"]),
        ("T-450", "La fiabilité du T-450", ["T-450"]),
        ("Calibre 7", "Calibre 7 is our movement.", ["Calibre 7"]),
        ("EasyStay", "EasyStay takes three clicks.", ["EasyStay"]),
        ("Azur", "Avec le matelas Azur, chacun dort.", ["Azur"]),
        ("Formation", "Formation | Chacun passe dix jours en formation.", []),
        ("Home insurance", "Our home insurance is a promise.", []),
        ("Heritage", "Heritage: old buildings are restored.", []),
        ("", "Anything", []),
    ],
)
def test_name_is_found_where_it_is_one(title: str, text: str, expected: list[str]) -> None:
    assert ProperNames([title]).find(tokens(text)) == expected
