"""The organisation's own words in the report of the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_report_says_the_words_of_the_plan(run: Run, empty: Path) -> None:
    plan = empty / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "\nvocabulary: {objectives: Key results}\n", "utf-8")

    assert run("report", "-o", "r.html", "--lang", "en", cwd=empty).code == 0

    page = (empty / "r.html").read_text("utf-8")
    assert "Key results</h2>" in page
    assert "Objectives</h2>" not in page
