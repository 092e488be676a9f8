"""`gouvernail plan`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.bearing.company import PLAN, write_plan
from tests.cli.conftest import Run

SOUND = """\
organisation: {name: Zoé, currency: CHF}
"""
FAULTY = """\
objectives:
  - {id: a, title: first}
  - {id: a, title: second}
  - {id: b, titel: third}
"""
LOOP = """\
drivers:
  - {id: one, metric: revenue, formula: leads * 2}
  - {id: two, metric: leads, formula: revenue / 3}
  - {id: three, metric: sql, formula: lead * 0.3}
"""


def test_check_groups_findings_by_layer_with_their_place(run: Run, empty: Path) -> None:
    answer = run("plan", "check", cwd=empty)

    lines = answer.out.splitlines()
    titles = [line.split("  ")[0] for line in lines if line.endswith("/ 16.7")]
    assert titles == ["Values", "Vision", "Mission", "Strategy", "Objectives", "Execution"]
    line = PLAN.splitlines().index("  - id: posts") + 1
    assert f"  ✖ blocking ACT01 plan.yaml:{line}" in lines
    assert "    The action “Pretty posts” serves no objective." in [one.rstrip() for one in lines]


def test_check_exits_1_where_a_finding_is_blocking(run: Run, empty: Path) -> None:
    assert run("plan", "check", cwd=empty).code == 1


def test_check_exits_0_where_none_is(run: Run, tmp_path: Path) -> None:
    run("init", "co", cwd=tmp_path)

    answer = run("plan", "check", cwd=tmp_path / "co")

    assert answer.code == 0
    assert answer.words == "Coherence 100.0 of 100. Blocking: 0, warnings: 0, advice: 0."


def test_check_as_json_keeps_its_shape(run: Run, empty: Path) -> None:
    answer = run("plan", "check", "--format", "json", cwd=empty)

    found = answer.json
    assert answer.code == 1
    assert list(found) == ["findings", "first", "ignored", "losses", "not_checked", "score", "shape"]
    assert found["score"] + sum(loss["cost"] for loss in found["losses"]) == pytest.approx(100)
    posts = next(one for one in found["findings"] if one["id"] == "ACT01:posts")
    assert posts["money"] == {"amount": "730.00", "currency": "CHF"}
    assert {"code", "element", "severity", "file", "line", "message", "hint", "money"} <= set(posts)
    assert (posts["file"], posts["line"]) == ("plan.yaml", PLAN.splitlines().index("  - id: posts") + 1)
    assert set(found["not_checked"][0]) == {"code", "element", "reason"}


def test_check_as_sarif_points_at_the_lines(run: Run, empty: Path) -> None:
    log = run("plan", "check", "-f", "sarif", cwd=empty).json

    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    result = next(each for each in one["results"] if each["ruleId"] == "ACT01")
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "plan.yaml"
    assert {each["ruleId"] for each in one["results"]} == {
        rule["id"] for rule in one["tool"]["driver"]["rules"]
    }


def test_check_names_every_fault_with_its_line_and_exits_2(run: Run, tmp_path: Path) -> None:
    write_plan(tmp_path, FAULTY)

    answer = run("plan", "check", cwd=tmp_path)

    assert (answer.code, answer.out) == (2, "")
    first, *faults = answer.err.splitlines()
    assert first.startswith("The plan cannot be read: 2 faults, the first at plan.yaml:3.")
    assert faults[0].startswith("plan.yaml:3: The id “a” is already taken at plan.yaml:2.")
    assert faults[1].startswith("plan.yaml:4: “titel” is not a field of “objectives”.")
    assert faults[1].endswith("Did you mean “title”?")


@pytest.mark.parametrize("command", [("plan", "check"), ("bearing",), ("report",), ("import", "exports")])
def test_formula_faults_stop_every_command_that_reads_the_plan(
    run: Run, exports: Path, command: tuple[str, ...]
) -> None:
    write_plan(exports, LOOP)

    answer = run(*command, cwd=exports)

    assert answer.code == 2
    assert "plan.yaml:2: " in answer.err
    assert "plan.yaml:4: “lead” is not a metric of the catalogue or of this plan." in answer.err
    assert "Did you mean “leads”?" in answer.err


def test_faults_speak_the_language_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(tmp_path, FAULTY)

    asked = run("plan", "check", "--lang", "fr", cwd=tmp_path)
    joined = run("plan", "check", "--lang=fr", cwd=tmp_path)
    monkeypatch.setenv("GOUVERNAIL_LANG", "fr")
    environment = run("plan", "check", cwd=tmp_path)

    assert asked.err == joined.err == environment.err
    assert asked.err.startswith("Le plan ne peut pas être lu\u00a0: 2 erreurs, la première en plan.yaml:3.")


def test_schema_is_one_that_the_plan_of_init_obeys(run: Run, tmp_path: Path) -> None:
    import yaml

    schema = run("plan", "schema").json
    run("init", "co", cwd=tmp_path)
    plan: Any = yaml.load((tmp_path / "co" / "plan.yaml").read_text("utf-8"), Loader=yaml.SafeLoader)

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json.dumps(plan, default=str)), schema)


def test_diff_says_what_changed(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(PLAN, "utf-8")
    new.write_text(
        PLAN.replace("target: 150000", "target: 160000").replace("title: Pretty posts", "title: Posts"),
        "utf-8",
    )

    answer = run("plan", "diff", old, new)

    assert (answer.code, len(answer.out.splitlines())) == (0, 2)
    assert "150" in answer.out
    assert run("plan", "diff", old, old).out == "The two plans say the same.\n"
    assert run("plan", "diff", old, old, "--lang", "fr").out == "Les deux plans disent la même chose.\n"


def test_diff_with_a_plan_that_is_not_there_says_so(run: Run, empty: Path) -> None:
    answer = run("plan", "diff", "plan.yaml", "other.yaml", cwd=empty)

    assert answer.code == 2
    assert "other.yaml:1: There is no plan here." in answer.err


def test_plan_may_be_a_folder_of_files(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "one.yaml").write_text(SOUND, "utf-8")
    (folder / "two.yaml").write_text("objectives:\n  - {id: a, titel: x}\n", "utf-8")

    assert "plan/two.yaml:2:" in run("plan", "check", cwd=tmp_path).err


def test_check_of_a_plan_named_elsewhere(
    run: Run, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("elsewhere")

    assert run("plan", "check", empty / "plan.yaml", cwd=other).code == 1
    assert run("plan", "check", "-w", empty).code == 1
    assert run("plan", "check", "none.yaml").words.startswith("There is no plan at none.yaml.")
    assert run("plan", "check", "-w", "none").words == "none is not a folder."
