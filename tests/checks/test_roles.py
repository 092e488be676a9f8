import pytest

from gouvernail.checks.roles import FUNCTIONS, functions


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Plant Manager", {"production"}),
        ("Chef d’usine", {"production"}),
        ("Werkleiter", {"production"}),
        ("Head of Purchasing", {"purchasing"}),
        ("Responsable des achats", {"purchasing"}),
        ("Einkäuferin", {"purchasing"}),
        ("Directeur technique", {"technical"}),
        ("Technischer Leiter", {"technical"}),
        ("Leiter IT", {"it"}),
        ("Étudiante", {"student"}),
        ("Geschäftsführer", {"general"}),
        ("Directrice", set()),
        ("", set()),
    ],
)
def test_functions_of_a_title(title: str, expected: set[str]) -> None:
    assert functions(title) == expected


def test_every_beginning_names_its_function() -> None:
    for function, starts in FUNCTIONS.items():
        assert all(function in functions(start) for start in starts.split())
