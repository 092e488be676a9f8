"""`gouvernail bearing` and `gouvernail report`."""

from __future__ import annotations

import shutil
from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.schema import json_schema
from tests.bearing.company import PLAN, write_plan
from tests.cli.conftest import Run

PERIODS = ["2026-09", "2026-Q3", "2026", "2026-W36", "2026-09-14", "2026-01-01..2026-06-30"]


def test_bearing_says_the_four_figures_and_what_stands_behind(run: Run, filled: Path) -> None:
    answer = run("bearing", cwd=filled)

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Atelier Zoé · September 2026\n")
    for words in (
        "Aligned spend 92% aligned CHF 121 · weak CHF 0 · orphan CHF 10",
        "Aligned plan 83% aligned CHF 300 · weak CHF 0 · orphan CHF 60",
        "On course ✖ 0% off course Revenue of 150,000",
        "Return × 92.37 CHF 12,100 credited for CHF 131 spent (evidence: credit rule, not cause)",
        "Orphan: Mystery (google_ads) CHF 10",
        "Made from plan",
    ):
        assert words in answer.words


def test_bearing_as_json_obeys_its_schema(run: Run, filled: Path) -> None:
    found = run("bearing", "--json", "--period", "2026-09", cwd=filled).json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    figures = found["figures"]
    assert list(figures) == ["aligned_spend", "coherence", "on_course", "return"]
    assert {name: figures["aligned_spend"][name] for name in ("aligned", "weak", "orphan", "currency")} == {
        "aligned": "121.00", "weak": "0.00", "orphan": "10.00", "currency": "CHF"
    }  # fmt: skip
    assert {"finding", "element", "cost"} <= set(figures["coherence"]["losses"][0])
    assert set(found["made_from"]) == {"plan", "data", "code", "options"}


def test_bearing_without_facts_still_judges_the_plan(run: Run, empty: Path) -> None:
    found = run("bearing", "--json", cwd=empty).json

    assert found["figures"]["aligned_spend"]["basis"] == "planned"
    assert [one["refusal"]["code"] for one in found["figures"]["on_course"]] == ["no_data"] * 3
    assert found["figures"]["return"]["refusal"]["code"] == "no_spend"
    assert found["made_from"]["data"] == ""
    assert not (empty / ".gouvernail").exists()


@pytest.mark.parametrize("period", PERIODS)
def test_every_form_of_period_is_understood(run: Run, empty: Path, period: str) -> None:
    found = run("bearing", "--json", "-p", period, cwd=empty).json

    assert found["period"]["name"] in (period, "2026-01-01..2026-06-30")


@pytest.mark.parametrize(
    "period",
    [
        "",
        " ",
        "nope",
        "2026-13",
        "2026-Q5",
        "0000",
        "0001",
        "9999",
        "1000..9999",
        "2026-W60",
        "..",
        "2026-01..",
        "2026-09..2026-01",
    ],
)
def test_what_is_no_period_is_a_sentence(run: Run, empty: Path, period: str) -> None:
    answer = run("bearing", "--period", period, cwd=empty)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("period", ["1990-01", "1900..2199"])
def test_periods_without_facts_refuse_and_do_not_fail(run: Run, filled: Path, period: str) -> None:
    found = run("bearing", "--json", "--period", period, cwd=filled).json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    if period != "1900..2199":
        assert found["figures"]["aligned_spend"]["actual"] is None
        assert "refusal" in found["figures"]["return"]


@pytest.mark.parametrize("command", ["bearing", "report", "plan check"])
def test_no_plan_is_a_sentence_with_what_to_do(run: Run, tmp_path: Path, command: str) -> None:
    answer = run(*command.split(), cwd=tmp_path)

    assert answer.code == 2
    assert answer.words.endswith(
        "Make one with “gouvernail init my-company”, or name the workspace with --workspace."
    )


def test_workspace_is_found_from_a_folder_below(run: Run, empty: Path) -> None:
    below = empty / "a" / "b"
    below.mkdir(parents=True)

    assert run("bearing", cwd=below).out.startswith("Atelier Zoé")


def test_language_is_the_plan_s_then_the_one_asked_for(run: Run, empty: Path) -> None:
    write_plan(empty, PLAN.replace("language: en", "language: fr"))

    assert run("bearing", cwd=empty).out.startswith("Atelier Zoé · septembre 2026")
    assert run("bearing", "--lang", "en").out.startswith("Atelier Zoé · September 2026")


def test_report_is_one_file_written_whole(run: Run, empty: Path) -> None:
    (empty / "r.html").write_text("old")

    answer = run("report", "-o", "r.html", "--lang", "fr", cwd=empty)

    assert (answer.code, answer.err) == (0, "")
    page = (empty / "r.html").read_text("utf-8")
    assert 'lang="fr"' in page
    assert page.rstrip().endswith("</html>")
    assert sorted(path.name for path in empty.iterdir()) == ["plan.yaml", "r.html"]


def test_report_into_a_folder_that_is_not_there_is_a_sentence(run: Run, empty: Path) -> None:
    answer = run("report", "-o", "no/such.html", cwd=empty)

    assert (answer.code, answer.words) == (2, "no/such.html cannot be written: No such file or directory.")


def test_report_over_a_folder_leaves_nothing_behind(run: Run, empty: Path) -> None:
    answer = run("report", "-o", ".", cwd=empty)

    assert (answer.code, answer.words) == (2, ". is a folder: name a file.")
    assert [path.name for path in empty.iterdir()] == ["plan.yaml"]


def test_report_that_cannot_be_finished_keeps_the_old_one(
    run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty / "r.html").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copymode", full)
    answer = run("report", "-o", "r.html", cwd=empty)

    assert (answer.code, answer.words) == (2, "r.html cannot be written: No space left on device.")
    assert (empty / "r.html").read_text() == "old"
    assert sorted(path.name for path in empty.iterdir()) == ["plan.yaml", "r.html"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("GOUVERNAIL_LANG", "de"), ("GOUVERNAIL_TODAY", "soon"), ("GOUVERNAIL_ENGINE", "abacus")],
)
def test_settings_that_mean_nothing_are_a_sentence(
    run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    answer = run("bearing", cwd=empty)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
    assert name in answer.err
