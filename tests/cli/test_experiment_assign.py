"""`gouvernail experiment assign`."""

from __future__ import annotations

import csv
import hashlib
from io import StringIO
from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.dealt_json import json_schema
from tests.cli.conftest import Run

PEOPLE = [f"person-{number}" for number in range(4000)]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("user_id;town\n" + "".join(f"{name};Lausanne\n" for name in PEOPLE), "utf-8")
    return path


def _rows(words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(words)))


def test_subjects_get_what_the_hash_says(run: Run) -> None:
    answer = run("experiment", "assign", "anna", "bruno", "chloé", "--experiment", "offer")

    def by_hand(subject: str) -> str:
        digest = hashlib.sha256(f"offer::{subject}".encode()).hexdigest()
        return "control" if int(digest[:13], 16) / 16**13 < 0.5 else "variant"

    assert answer.code == 0
    assert _rows(answer.out) == [
        {"experiment": "offer", "subject": name, "variant": by_hand(name)}
        for name in ("anna", "bruno", "chloé")
    ]
    assert "3 subjects dealt out." in answer.err


def test_a_file_is_dealt_as_its_subjects_are_alone(run: Run, people: Path) -> None:
    whole = _rows(
        run("experiment", "assign", "--file", people, "--experiment", "offer", "--shares", "3:1").out
    )
    alone = _rows(run("experiment", "assign", PEOPLE[17], "--experiment", "offer", "--shares", "3:1").out)

    assert [row["subject"] for row in whole] == PEOPLE
    assert whole[17] == alone[0]
    assert sum(row["variant"] == "variant" for row in whole) == pytest.approx(1000, abs=100)


def test_a_window_that_grows_moves_nobody(run: Run, people: Path) -> None:
    deal = ("experiment", "assign", "--file", people, "--experiment", "offer", "--window")
    small, large = (_rows(run(*deal, window).out) for window in ("0%-20%", "0%-50%"))

    taken = [row for row in small if row["variant"]]
    assert len(taken) == pytest.approx(800, abs=100)
    assert [row for row in taken if row not in large] == []


def test_json_has_the_documented_shape(run: Run) -> None:
    found = run(
        *("experiment", "assign", "a", "b", " a ", "--experiment", "X", "--seed", "2", "--layer", "home"),
        *("--window", "0-0.5", "--arms", "old, new, bold", "--shares", "1/1/2", "--json"),
    ).json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    assert [(one["arm"], one["share"]) for one in found["arms"]] == [
        ("old", 0.25),
        ("new", 0.25),
        ("bold", 0.5),
    ]
    assert [one["subject"] for one in found["subjects"]] == ["a", "b"]
    assert (found["repeated"], found["window"], found["seed"]) == (1, [0, 0.5], "2")
    assert found["aside"] + sum(one["subjects"] for one in found["arms"]) == 2


def test_cells_that_a_spreadsheet_would_run_are_made_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('subject\n=HYPERLINK("http://x")\n@sum\n+41 21\n"a,b"\n', "utf-8")

    answer = run(
        "experiment", "assign", "--file", path, "--experiment", "=1+1", "--arms", "-a,=b", "--shares", "1/1"
    )

    for row in csv.reader(StringIO(answer.out)):
        assert [cell for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert _rows(answer.out)[0]["subject"] == '\'=HYPERLINK("http://x")'


def test_a_file_is_written_whole_or_not_at_all(run: Run, people: Path, tmp_path: Path) -> None:
    out = tmp_path / "deal.csv"
    done = run("experiment", "assign", "--file", people, "--experiment", "X", "-o", out)
    again = run("experiment", "assign", "--file", people, "--experiment", "X", "--column", "no", "-o", out)

    assert (done.code, done.out, again.code) == (0, "", 2)
    assert len(_rows(out.read_text("utf-8"))) == 4000


def test_the_count_is_told_in_french(run: Run) -> None:
    answer = run("experiment", "assign", "a", "a", "b", "--experiment", "X", "--lang", "fr")

    assert "2 sujets répartis." in answer.err
    assert "1 nom figurait déjà." in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "one of the two"),
        (["a", "--file", "people.csv"], "one of the two"),
        (["a", "--column", "x"], "name the file with --file"),
        (["  "], "no subject to deal out"),
        (["a", "--experiment", " "], "--experiment is empty"),
        (["a", "--shares", "0/1"], "Shares are numbers above 0"),
        (["a", "--shares", "1"], "2 to 10 arms"),
        (["a", "--shares", "1/1/1", "--arms", "a,b"], "2 arms and 3 shares"),
        (["a", "--arms", "a,a"], "a name of its own"),
        (["a", "--arms", "a,"], "a name of its own"),
        (["a", "--window", "50%"], "no part of the traffic"),
        (["a", "--window", "0%-200%"], "no part of the traffic"),
        (["--file", "none.csv"], "cannot be opened"),
        (["--file", "binary.csv"], "The file is not text"),
        (["--file", "empty.csv"], "empty"),
    ],
)
def test_what_cannot_be_dealt_is_one_sentence(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty.csv").write_text("")
    named = [] if "--experiment" in arguments else ["--experiment", "X"]

    answer = run("experiment", "assign", *arguments, *named, cwd=tmp_path)

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.words
