"""`gouvernail demo`: the whole arrow on a company whose truth is known. Slow, so left to `make test-slow`."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.schema import json_schema
from gouvernail.cli import demo
from gouvernail.cli.report import write
from tests.cli.conftest import Run


@pytest.mark.slow
def test_demo_tells_antoine_s_story(run: Run, tmp_path: Path) -> None:
    """S0: Instagram for industrial buyers, orphan money; the second revision of the plan is visibly better."""
    answer = run("demo", "--lang", "fr", cwd=tmp_path)
    folder = tmp_path / "demo" / "antoine"
    assert answer.code == 0
    assert (folder / "report.html").stat().st_size > 100_000

    taken = []
    for number in (1, 2):
        (folder / "plan.yaml").write_text((folder / f"revision-{number}.yaml").read_text("utf-8"), "utf-8")
        taken.append(run("bearing", "--json", cwd=folder).json)
        jsonschema.validate(taken[-1], json_schema(), jsonschema.Draft202012Validator)

    first, second = taken
    assert "AUD01" in {one["code"] for one in first["findings"]}
    assert "KPI01" in {one["code"] for one in first["findings"]}
    assert float(first["figures"]["aligned_spend"]["orphan"]) > 0
    assert second["figures"]["coherence"]["score"] > first["figures"]["coherence"]["score"] + 20


@pytest.mark.parametrize(
    ("asked", "environment", "spoken", "report"),
    [((), "en", "en", "fr"), ((), "fr", "fr", "fr"), (("--lang", "en"), "fr", "en", "en")],
)
def test_demo_speaks_the_reader_s_language_and_the_report_that_of_the_plan(
    asked: tuple[str, ...],
    environment: str,
    spoken: str,
    report: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(demo, "build", lambda _company, folder: folder)
    monkeypatch.setattr(demo, "import_exports", lambda _space, language: told.append(language))
    monkeypatch.setattr(demo, "write_reports", lambda _company, _space, *languages: told.extend(languages))
    monkeypatch.setenv("GOUVERNAIL_LANG", environment)

    assert run("demo", *asked, cwd=tmp_path).code == 0
    assert told == [spoken, report, spoken]


def test_the_report_s_place_is_said_in_the_language_of_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gouvernail.report.html.render", lambda _taken, language, _moves: language)

    write(None, tmp_path / "r.html", "fr", spoken="en")  # type: ignore[arg-type]  # nothing is read of it

    assert capsys.readouterr().out.startswith("The report is at ")
    assert (tmp_path / "r.html").read_text() == "fr"
