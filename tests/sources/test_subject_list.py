"""Lists of subjects: a name a line, or a column of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.base.errors import SourceError
from gouvernail.sources import subject_list
from gouvernail.sources.subject_list import read_subjects


def _file(folder: Path, words: str | bytes, name: str = "subjects.csv") -> Path:
    path = folder / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("anna\nbruno\n\n chloé \n", ["anna", "bruno", "chloé"]),
        ("subject\nanna\nbruno\n", ["anna", "bruno"]),
        ("member code\nA1\n", ["A1"]),
        ("#1051\n\n#1052\n\n# x\n", ["#1051", "#1052", "# x"]),
        ('name of user\n"Doe, Jane"\n', ["Doe, Jane"]),
        ("user_id,town\nu1,a\n\nu2,b\n\nuser,c\n", ["u1", "u2", "user"]),
        ("visitor7\nvisitor8\n", ["visitor7", "visitor8"]),
        ("me@client.ch\nyou@client.ch\n", ["me@client.ch", "you@client.ch"]),
        ("country;user_id\nCH;u1\nFR;u2\n", ["u1", "u2"]),
        ("Date,Customer ID\n2026-01-01,007\n", ["007"]),
        ("\ufeffidentifiant\nzoé\n".encode("utf-16"), ["zoé"]),
    ],
)
def test_subjects_are_found(tmp_path: Path, words: str | bytes, found: list[str]) -> None:
    assert list(read_subjects(_file(tmp_path, words))) == found


def test_a_column_can_be_named(tmp_path: Path) -> None:
    path = _file(tmp_path, "user_id,Household\nu1,h1\nu2,h1\n")

    assert list(read_subjects(path, "household")) == ["h1", "h1"]


@pytest.mark.parametrize(
    ("words", "column", "said"),
    [
        ("", None, "empty"),
        ("a,b\n1,2\n", None, "Name it with --column"),
        ("a,b\n1,2\n", "c", "no column “c”: “a”, “b” found"),
        (bytes(range(256)) * 20, None, ""),
        ("user_id,name\nu1,a\n" + "x" * 600 + ",b\n", None, "no name of a subject"),
        ('anna\n"bruno\nchloe\n', None, "no name of a subject"),
        ("user_id\nanna\n", "town", "no column “town”"),
        ("town,user_id\nLausanne,u1\n\nalone\n", None, "Line 4: another table"),
        ('user_id,name\nu1,"a\nu2,b\n' + "u,v\n" * 50, None, "Line 2"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, words: str | bytes, column: str | None, said: str
) -> None:
    with pytest.raises(SourceError) as error:
        list(read_subjects(_file(tmp_path, words), column))

    assert said in str(error.value)


def test_long_lists_keep_their_order(tmp_path: Path) -> None:
    names = [f"person {number}" for number in range(60_000)]
    path = _file(tmp_path, "person,town\n" + "\n".join(f"{name},Lausanne" for name in names))

    assert list(read_subjects(path)) == names


def test_headings_are_written_as_they_are_compared() -> None:
    from gouvernail.sources.values.headers import normalise

    assert [name for name in subject_list.HEADERS if normalise(name) != name] == []
