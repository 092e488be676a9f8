"""`gouvernail geo`."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.geo_json import json_schema
from gouvernail.simulate.markets import MarketTest, write
from tests.cli.conftest import Run

TOLD = MarketTest()
TEST = ("--treated", "dijon, Lausanne,Valence", "--from", TOLD.start, "--to", TOLD.end)


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(TOLD, tmp_path_factory.mktemp("geo") / "sales_by_city.csv")


def test_the_published_figures_come_through_the_command(run: Run, shared_data: Path) -> None:
    folder = shared_data / "truth" / "geo"
    published = json.loads((folder / "published_expected.json").read_text("utf-8"))
    expected = published["matched_markets_tbr"]["expected"]
    with (folder / "matched_markets_geoassignment.csv").open(encoding="utf-8") as file:
        treated = ",".join(row["geo"] for row in csv.DictReader(file) if row["geo.group"] == "2")

    answer = run(
        *("geo", "read", folder / "matched_markets_salesandcost.csv", "--treated", treated),
        *("--from", "2015-02-16", "--to", "2015-03-15", "--level", "0.8", "--json"),
    )
    found = answer.json
    check = found["cross_check"]

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    assert (answer.code, answer.err) == (0, "")
    assert check["per_spend"]["value"] == pytest.approx(expected["iroas"], abs=5e-7)
    assert check["per_spend"]["low"] == pytest.approx(expected["lower"], abs=5e-7)
    assert check["incremental"]["value"] == pytest.approx(expected["incremental_response"], abs=5e-4)
    assert check["slope"] == pytest.approx(expected["tbr_slope"], abs=5e-8)
    assert check["chance"] == pytest.approx(expected["probability"])
    assert found["spend"] == pytest.approx(expected["incremental_cost"])
    assert found["lift"]["low"] < expected["relative_lift"] < found["lift"]["high"]


def test_a_test_is_read_to_money_and_verdict(run: Run, panel: Path) -> None:
    words = run("geo", "read", panel, *TEST, "--margin", "0.6", "--currency", "chf", "--lang", "en").words
    french = run("geo", "read", panel, *TEST, "--margin", "0.6", "--lang", "fr").words
    found = run("geo", "read", panel, *TEST, "--margin", "0.6", "--json").json

    assert "Dijon, Lausanne and Valence sold 10.0% more than without" in words
    assert "extend it" in words
    assert "CHF 8,5" in words
    assert "Effet" in french
    assert "without" not in french
    assert (found["verdict"], found["spend_from"]) == ("adopt", "file")


def test_the_same_answer_every_run(run: Run, panel: Path) -> None:
    choose = ("geo", "choose", panel, "--days", "14", "--count", "1,2", "--json")
    assert run(*choose).out == run(*choose).out
    assert run("geo", "read", panel, *TEST, "--json").out == run("geo", "read", panel, *TEST, "--json").out


def test_markets_are_proposed(run: Run, panel: Path) -> None:
    choose = (
        "geo",
        "choose",
        panel,
        "--days",
        "14,28",
        "--count",
        "2",
        "--budget",
        "9000",
        "--never",
        "Lyon",
    )
    answer, told = run(*choose, "--lang", "en"), run(*choose, "--json").json

    jsonschema.validate(told, json_schema(), jsonschema.Draft202012Validator)
    assert answer.code == 0
    assert "Treat " in answer.words
    assert "of the time" in answer.words
    assert [one["days"] for one in told["proposals"]] == [14, 28]
    assert [one["recommended"] for one in told["proposals"]].count(True) == 1
    assert all("Lyon" not in one["treated"] for one in told["proposals"])
    assert sum(day["test"] for day in told["rehearsal"]) in (14, 28)
    assert "False alarms" not in run(*choose, "--lang", "fr").words


def test_what_is_missing_is_one_sentence(run: Run, panel: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.csv"
    short.write_text("\n".join(panel.read_text("utf-8").splitlines()[: 1 + 18 * 20]), "utf-8")
    choice = run("geo", "choose", short, "--lang", "en")
    early = run(
        "geo",
        "read",
        panel,
        "--treated",
        "Dijon",
        "--from",
        "2026-03-06",
        "--to",
        "2026-03-20",
        "--lang",
        "en",
    )

    assert (choice.code, early.code) == (1, 1)
    assert "cannot be tried out on it" in choice.out
    assert "The figures hold 4 periods before the test" in early.out
    assert run("geo", "choose", short, "--json").json["refusal"]["code"] == "too_short"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["choose", "none.csv"], "cannot be opened"),
        (["choose", "PANEL", "--days", "soon"], "--days is a list of whole numbers above 0"),
        (["choose", "PANEL", "--count", "0"], "--count is a list of whole numbers above 0"),
        (["choose", "PANEL", "--effect", "nan"], "The effect to be found is a share"),
        (["choose", "PANEL", "--outcome", "turnover"], "has no column “turnover”"),
        (["choose", "PANEL", "--must", "Dijn"], "Did you mean “Dijon”?"),
        (["read", "PANEL", "--treated", "Dijon", "--from", "soon", "--to", "2026-07-05"], "--from: “soon” is no day"),
        (["read", "PANEL", "--treated", "", "--from", "2026-06-08", "--to", "2026-07-05"], "Say which markets"),
        (["read", "PANEL", *map(str, TEST), "--margin", "40"], "the margin is a share above 0 and up to 1"),
        (["read", "PANEL", *map(str, TEST), "--margin", "nan"], "Money and shares are numbers"),
        (["read", "PANEL", *map(str, TEST), "--currency", "francs"], "--currency is a code of three letters"),
        (["read", "PANEL", *map(str, TEST), "--level", "95"], "The level lies between"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_one_sentence(
    run: Run, panel: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    answer = run(
        "geo", *(panel if one == "PANEL" else one for one in arguments), "--lang", "en", cwd=tmp_path
    )

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.words


def test_help_stays_light(run: Run) -> None:
    before = set(sys.modules)
    for command in ("choose", "read"):
        run("geo", command, "--help")

    assert not {"scipy", "duckdb", "pyarrow", "numpy"} & (set(sys.modules) - before)
