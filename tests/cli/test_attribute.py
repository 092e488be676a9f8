"""`gouvernail attribute`."""

from __future__ import annotations

import sys
from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.attributed_json import json_schema
from gouvernail.measurement.attribution.models import MODELS
from tests.bearing.selling import shop
from tests.cli.conftest import Run

TABLE = "path,conversions,value,nulls\nads > mail,3,30,1\nmail,2,10,4\nads,0,0,5\n"


@pytest.fixture(scope="module")
def selling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop(tmp_path_factory.mktemp("selling"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "paths.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_bare_table_needs_no_workspace(run: Run, table: Path, tmp_path: Path) -> None:
    answer = run("attribute", "--paths", table, "--json", cwd=tmp_path)
    found = answer.json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    assert (answer.code, answer.err, tuple(found["options"]["models"])) == (0, "", MODELS)
    assert set(found["models"]) == set(MODELS)
    assert found["models"]["last"] == {
        "ads": {"conversions": 0, "value": 0},
        "mail": {"conversions": 5, "value": 40},
    }
    for shares in found["models"].values():
        assert sum(share["conversions"] for share in shares.values()) == pytest.approx(5, abs=1e-9)
        assert sum(share["value"] for share in shares.values()) == pytest.approx(40, abs=1e-9)


def test_the_same_answer_every_run(run: Run, table: Path) -> None:
    assert (
        run("attribute", "--paths", table, "--json").out == run("attribute", "--paths", table, "--json").out
    )


def test_words_for_people_say_credit_not_cause(run: Run, table: Path, selling: Path) -> None:
    english = run("attribute", "--paths", table, "--lang", "en")
    french = run("attribute", "--lang", "fr", "--level", "action", cwd=selling)

    assert "Credit, not cause" in english.words
    assert "Crédit, pas cause" in french.words
    assert "100.0% of all" in english.words
    assert "Aucune action" in french.words


def test_the_lake_answers_at_every_level(run: Run, selling: Path) -> None:
    found = run(
        "attribute", "--level", "action", "--model", "shapley", "--model", "first", "--json", cwd=selling
    ).json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    assert list(found["options"]["models"]) == ["first", "shapley"]
    assert found["models"]["first"]["ads"]["return"] == 2
    assert set(found["objectives"]["first"]["objectives"]) == {"grow", "more-leads", "win-more"}
    assert "Unlinked" in run("attribute", "--level", "action", cwd=selling).words


def test_what_is_missing_is_one_sentence(run: Run, selling: Path, empty: Path) -> None:
    early = run("attribute", "--period", "2025-01", cwd=selling)
    never = run("attribute", "--json", cwd=empty)

    assert (early.code, never.code) == (1, 1)
    assert "Nothing was sold in January 2025" in early.out
    assert never.json["refusal"]["code"] == "no_data"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--model", "best"], "There is no model “best”. Name one of: first, last"),
        (["--window", "0"], "--window is a number of days"),
        (["--window", "nan"], "--window is a number of days"),
        (["--separator", ">"], "name the table with --paths"),
        (["--paths", "paths.csv", "--level", "action"], "--level cannot be asked of a table"),
        (["--paths", "paths.csv", "--separator", ""], "--separator is empty"),
        (["--paths", "none.csv"], "cannot be opened"),
        (["--paths", "barren.csv"], "barren.csv: no path has a conversion"),
        (["--paths", "blank.csv"], "blank.csv: its 3 conversions stand in rows without a path"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(
    run: Run, selling: Path, arguments: list[str], said: str
) -> None:
    (selling / "paths.csv").write_text(TABLE, "utf-8")
    (selling / "barren.csv").write_text("path,conversions\na > b,0\n", "utf-8")
    (selling / "blank.csv").write_text("path,conversions\na > b,\n,3\n", "utf-8")

    answer = run("attribute", *arguments, cwd=selling)

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.words


def test_help_stays_light(run: Run) -> None:
    before = set(sys.modules)
    run("attribute", "--help")

    assert not {"scipy", "duckdb", "pyarrow"} & (set(sys.modules) - before)


@pytest.mark.parametrize("page", ["docs/attribution.md", "docs/fr/attribution.md"])
def test_the_guide_names_every_model(page: str) -> None:
    words = (Path(__file__).parent.parent.parent / page).read_text("utf-8")

    assert [model for model in MODELS if f"`{model}`" not in words] == []
