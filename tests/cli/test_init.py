"""`gouvernail init`."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.bearing.checking import check_loaded, open_plan
from tests.bearing.company import TODAY
from tests.cli.conftest import Run


@pytest.mark.parametrize("language", ["en", "fr"])
def test_init_makes_a_workspace_whose_plan_loads_without_a_finding(
    run: Run, tmp_path: Path, language: str
) -> None:
    answer = run("init", "my-company", "--lang", language, cwd=tmp_path)

    folder = tmp_path / "my-company"
    assert (answer.code, answer.err) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == [
        ".gitignore", ".gouvernail", "README.md", "exports", "plan.yaml"
    ]  # fmt: skip
    loaded = open_plan(folder / "plan.yaml")
    assert (loaded.plan.organisation.name, loaded.plan.organisation.language) == ("my-company", language)
    assert [one.finding.identity for one in check_loaded(loaded, today=TODAY).findings] == []


def test_init_gives_editors_the_schema(run: Run, tmp_path: Path) -> None:
    run("init", "co", cwd=tmp_path)

    first = (tmp_path / "co" / "plan.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=./.gouvernail/plan.schema.json"
    written = (tmp_path / "co" / ".gouvernail" / "plan.schema.json").read_text("utf-8")
    assert written == run("plan", "schema").out.rstrip("\n")


def test_init_never_overwrites(run: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    run("init", ".", cwd=tmp_path)
    (tmp_path / "plan.yaml").write_text("organisation: {name: Mine}\n")

    again = run("init", ".")

    assert again.code == 2
    assert again.words == ". already holds a plan; nothing was changed."
    assert (tmp_path / "plan.yaml").read_text() == "organisation: {name: Mine}\n"
    assert (tmp_path / "README.md").read_text() == "mine"


def test_init_over_a_file_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "co").write_text("a file")

    answer = run("init", "co", cwd=tmp_path)

    assert (answer.code, answer.words) == (2, "co cannot be written: Not a directory.")


def test_init_with_a_name_that_yaml_would_misread_still_loads(run: Run, tmp_path: Path) -> None:
    for name in ("Zoé & Cie: «NO»", "yes", "2026", "a'b\"c", "株式会社 🚀"):
        assert run("init", name, cwd=tmp_path).code == 0
        assert open_plan(tmp_path / name / "plan.yaml").plan.organisation.name == name


def test_init_keeps_what_git_leaves_out_already(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"secrets.env\nd\xe9j\xe0/")

    assert run("init", ".", cwd=tmp_path).code == 0
    assert (tmp_path / ".gitignore").read_bytes() == b"secrets.env\nd\xe9j\xe0/\n.gouvernail/lake/\n"
