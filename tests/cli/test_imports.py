"""`gouvernail import`: look, bring in, take back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouvernail.warehouse.lake import Lake
from tests.bearing.company import write_plan
from tests.cli.conftest import ADS, Run

SHAPE = ["file", "status", "source", "tables", "message"]
TABLE = {
    "rows": 2,
    "rejected": 1,
    "from": "2026-01-01",
    "to": "2026-01-02",
    "totals": {"clicks": "7", "cost": "22", "impressions": "220"},
    "currency": "CHF",
}


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("named", ["exports", "exports/*"])
def test_dry_run_tells_of_every_file_and_writes_nothing(run: Run, exports: Path, named: str) -> None:
    before = everything(exports)

    answer = run("import", "--dry-run", "--json", named, cwd=exports)

    assert everything(exports) == before
    assert not (exports / ".gouvernail").exists()
    assert answer.code == 1
    assert [list(one) for one in answer.json] == [SHAPE] * 4
    assert [(one["file"], one["status"], one["source"]) for one in answer.json] == [
        ("exports/ads.csv", "ready", "google_ads"),
        ("exports/binary.csv", "unreadable", None),
        ("exports/empty.csv", "unreadable", None),
        ("exports/strange.csv", "unrecognised", None),
    ]
    assert [one["tables"] for one in answer.json] == [{"spend": TABLE}, {}, {}, {}]
    assert all(one["message"].endswith(".") for one in answer.json)


def test_good_file_alone_exits_0(run: Run, exports: Path) -> None:
    assert run("import", "exports/ads.csv", "--dry-run", cwd=exports).code == 0


def test_rejected_rows_are_told_with_line_column_value_and_reason(run: Run, exports: Path) -> None:
    answer = run("import", "exports/ads.csv", "--dry-run", cwd=exports)

    assert "✖ line 6, Cost: “oops” not a number" in answer.words


def test_import_keeps_what_is_good_and_names_the_rest(run: Run, exports: Path) -> None:
    answer = run("import", "exports", cwd=exports)

    assert (answer.code, answer.err) == (1, "")
    records = run("import", "list", "--json").json
    assert [(one["file"], one["source"], one["rows"], one["rejected"]) for one in records] == [
        ("ads.csv", "google_ads", {"spend": 2}, 1)
    ]
    assert f"({records[0]['id']})" in answer.out


def test_same_file_twice_changes_nothing_and_says_so(run: Run, exports: Path) -> None:
    first = run("import", "exports/ads.csv", "--json", cwd=exports).json
    lake = Lake.open(exports / ".gouvernail" / "lake")
    before = lake.version()

    again = run("import", "exports/ads.csv", "--json").json
    said = run("import", "exports/ads.csv")

    assert lake.version() == before
    assert [(one["import"], one["repeated"]) for one in first + again] == [
        (first[0]["import"], False),
        (first[0]["import"], True),
    ]
    assert "This file was imported before: nothing was changed." in said.words
    assert said.code == 0


def test_undo_takes_an_import_back(run: Run, exports: Path) -> None:
    (one,) = run("import", "exports/ads.csv", "--json", cwd=exports).json

    undone = run("import", "undo", one["import"])

    assert (undone.code, undone.out) == (0, f"Import {one['import']} is undone.\n")
    assert run("import", "list", "--json").json == []
    assert run("import", "undo", one["import"]).words == f"The import {one['import']} was undone already."


def test_undo_of_what_never_was_says_so(run: Run, exports: Path) -> None:
    assert run("import", "undo", "abc", cwd=exports).code == 2
    run("import", "exports/ads.csv")

    answer = run("import", "undo", "abc")

    assert (answer.code, answer.words) == (2, "There is no import abc in this lake.")


def test_file_called_list_is_a_file(run: Run, exports: Path) -> None:
    (exports / "list").write_text(ADS, "utf-8")

    assert run("import", "list", "--dry-run", "--json", cwd=exports).json[0]["status"] == "ready"


def test_nothing_to_import_says_so(run: Run, exports: Path) -> None:
    (exports / "bare").mkdir()

    for named in ("bare", "exports/*.xlsx"):
        answer = run("import", named, cwd=exports)
        assert (answer.code, answer.words) == (
            2,
            f"There is no file at {named}: put your exports there, or name other files.",
        )


def test_missing_file_is_unreadable_not_a_crash(run: Run, exports: Path) -> None:
    (one,) = run("import", "none.csv", "--dry-run", "--json", cwd=exports).json

    assert (one["status"], one["message"]) == (
        "unreadable",
        "The file cannot be opened: No such file or directory.",
    )


def test_guess_offers_a_mapping_that_then_imports(run: Run, exports: Path) -> None:
    table = exports / "exports" / "costs.csv"
    table.write_text("Date,Campaign,Cost\n2026-01-01,Messe,120.50\n2026-01-02,Messe,80\n", "utf-8")

    guessed = run("import", "--guess", table, cwd=exports)
    (exports / "costs.yaml").write_text(guessed.out, "utf-8")
    found = run("import", "--dry-run", "--json", "-m", "costs.yaml", table)

    assert guessed.code == 0
    assert guessed.out.startswith("# Mapping guessed from costs.csv: look at every line before you use it.\n")
    assert found.json[0]["tables"]["spend"]["totals"]["cost"] == "200.5"


def test_wrong_mapping_is_a_sentence(run: Run, exports: Path) -> None:
    answer = run("import", "-m", "none.yaml", "exports/ads.csv", cwd=exports)

    assert (answer.code, answer.words) == (
        2,
        "The mapping file none.yaml cannot be read: No such file or directory",
    )


def test_import_without_a_plan_works(run: Run, exports: Path) -> None:
    (exports / "plan.yaml").unlink()

    assert run("import", "exports/ads.csv", "--dry-run", "--json", cwd=exports).json[0]["status"] == "ready"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_workspace_that_cannot_be_written_is_a_sentence(run: Run, exports: Path) -> None:
    exports.chmod(0o555)
    try:
        answer = run("import", "exports/ads.csv", cwd=exports)
    finally:
        exports.chmod(0o755)

    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


def test_file_in_the_lake_s_place_is_a_sentence(run: Run, exports: Path) -> None:
    """What a read-only disk or a stray file does, for root too."""
    (exports / ".gouvernail").write_text("not a folder")

    answer = run("import", "exports/ads.csv", cwd=exports)

    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


def test_titles_with_markup_are_shown_as_they_are(run: Run, exports: Path) -> None:
    odd = exports / "exports" / "[bold]odd ü.csv"
    odd.write_text(ADS.replace("oops", "[red]9"), "utf-8")
    write_plan(exports)

    answer = run("import", odd.relative_to(exports), cwd=exports)

    assert "exports/[bold]odd ü.csv" in answer.out
    assert "“[red]9”" in answer.words
