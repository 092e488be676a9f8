"""Bare tables of paths, as other tools and analysts write them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from gouvernail.base.errors import SourceError
from gouvernail.sources.path_table import PathTable, read_paths


def _read(folder: Path, words: str, separator: str | None = None, name: str = "paths.csv") -> PathTable:
    path = folder / name
    path.write_text(words, "utf-8")
    return read_paths(path, separator)


def _told(table: PathTable) -> list[list[str]]:
    bounds = table.bounds.tolist()
    steps = [table.names[step] for step in table.steps.tolist()]
    return [steps[start:end] for start, end in itertools.pairwise(bounds)]


def test_steps_counts_and_columns_are_read(tmp_path: Path) -> None:
    table = _read(tmp_path, "path,conversions,value,nulls\nads > mail,3,12.5,1\nmail,2,,4\n")

    assert table.names == ("ads", "mail")
    assert _told(table) == [["ads", "mail"], ["mail"]]
    assert (table.conversions.tolist(), table.value.tolist(), table.nulls.tolist()) == (
        [3, 2],
        [12.5, 0],
        [1, 4],
    )
    assert (table.has_value, table.has_nulls, table.separator) == (True, True, ">")


@pytest.mark.parametrize(
    "words",
    [
        "path;total_conversions;total_conversion_value;total_null\na > b;1;0,5;2\n",
        "Path\tConversions\tRevenue\tNull\na > b\t1\t0.5\t2\n",
        "Made on Monday\nnulls,value,conversions,path\n2,0.5,1,a > b\n",
        "parcours;conversions;valeur;nulls\na > b;1;0,5;2\n",
    ],
)
def test_headers_order_and_delimiter_may_differ(tmp_path: Path, words: str) -> None:
    table = _read(tmp_path, words)

    assert (_told(table), table.conversions.tolist()) == ([["a", "b"]], [1])
    assert (table.value.tolist(), table.nulls.tolist()) == ([0.5], [2])


@pytest.mark.parametrize(
    ("paths", "separator", "first"),
    [
        (["google / cpc > x / y", "google / cpc"], ">", ["google / cpc", "x / y"]),
        (["a -> b"], "->", ["a", "b"]),
        (["a | b-c", "b-c"], "|", ["a", "b-c"]),
        (["a/b"], "/", ["a", "b"]),
        (["a → b"], "→", ["a", "b"]),
        (["Paid - brand > Mail", *["Paid - brand"] * 9], ">", ["Paid - brand", "Mail"]),
    ],
)
def test_the_surest_separator_is_found(
    tmp_path: Path, paths: list[str], separator: str, first: list[str]
) -> None:
    table = _read(tmp_path, "path;conversions\n" + "".join(f"{path};1\n" for path in paths))

    assert (table.separator, _told(table)[0]) == (separator, first)


def test_a_given_separator_wins_and_may_stand_nowhere(tmp_path: Path) -> None:
    assert _told(_read(tmp_path, "path,conversions\na > b::c,1\n", "::")) == [["a > b", "c"]]
    assert _told(_read(tmp_path, "path,conversions\na,1\nb,2\n", ">")) == [["a"], ["b"]]


def test_what_has_no_step_is_counted_apart(tmp_path: Path) -> None:
    table = _read(tmp_path, "path,conversions,value\na > b,1,5\n,2,7\n > ,3,1\n")

    assert (_told(table), table.without_path, table.value_without_path) == ([["a", "b"]], 5, 8)


def test_one_row_a_person_with_converted_or_not(tmp_path: Path) -> None:
    table = _read(tmp_path, "path,converted\na > b,1\na,0\n")

    assert (table.conversions.tolist(), table.nulls.tolist(), table.has_nulls) == ([1, 0], [0, 1], True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "The file is empty"),
        ("a,b\n1,2\n", "the columns “path” and “conversions” are expected, “a”, “b” found"),
        ("path,conversions\n", "The column “path” holds no path"),
        ("path,conversions\na > b,3\nb,-2\n", "Line 3, column “conversions”: “-2” is no number of 0 or more"),
        (
            "path,conversions,value\na > b,3,x\nb,1,y\n",
            "Line 2, column “value”: “x” is no number of 0 or more, and 2",
        ),
        ("path,conversions\na > b,nan\n", "“nan” is no number"),
        ("path,conversions\na > b,1e400\n", "“1e400” is no number"),
        ("path,conversions\na,2\nb,3\n", "Line 2, column “path”: “a” is one step"),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        _read(tmp_path, words)

    assert said in str(caught.value)
    assert caught.value.message.render("fr") != str(caught.value)


def test_no_text_and_no_file_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.csv"
    binary.write_bytes(bytes(range(256)) * 8)

    for path in (binary, tmp_path / "none.csv", tmp_path):
        with pytest.raises(SourceError):
            read_paths(path)
