"""What a hostile user, a hasty one or a power cut may do: a sentence, a sensible refusal, and nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.schema import json_schema
from tests.bearing.company import PLAN, write_plan
from tests.cli.conftest import ADS, Run

GOUVERNAIL = [sys.executable, "-m", "gouvernail"]


def start(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*GOUVERNAIL, *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def long_export(path: Path, days: int, campaigns: int) -> None:
    lines = [
        "Campaign performance",
        "January 1, 2020 - December 31, 2026",
        "Day,Campaign,Currency code,Cost,Clicks,Impr.",
    ]
    for day in range(days):
        stamp = date(2020, 1, 1) + timedelta(days=day)
        lines += [f"{stamp},c{number},CHF,1.25,1,10" for number in range(campaigns)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "There is no plan here", id="a folder without a plan"),
        pytest.param(bytes(range(256)), "This is not a text file", id="binary"),
        pytest.param(b"\xff\xfe\x00\x01", "plan.yaml:1: ", id="a broken encoding"),
        pytest.param(b"- a\n- b\n", "plan.yaml:1: ", id="a list"),
        pytest.param(b"objectives: [[[[", "plan.yaml:1: ", id="brackets"),
        pytest.param(b"organisation: {currency: francs}\n", "plan.yaml:1: ", id="no currency"),
        pytest.param(b"objectives: [{id: a, target: .nan}]\n", "plan.yaml:1: ", id="not a number"),
        pytest.param(b"objectives: [{id: a, target: 1e999999999}]\n", "plan.yaml:1: ", id="beyond numbers"),
        pytest.param(b"a: &a [*a]\n", "plan.yaml:1: ", id="a snake that bites its tail"),
    ],
)
@pytest.mark.parametrize("command", [("plan", "check"), ("bearing", "--json"), ("import", "x.csv")])
def test_what_is_no_plan_is_told_with_its_line(
    run: Run, tmp_path: Path, content: bytes | None, said: str, command: tuple[str, ...]
) -> None:
    path = tmp_path / "plan.yaml"
    path.mkdir() if content is None else path.write_bytes(content)

    answer = run(*command, cwd=tmp_path)

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="empty"),
        pytest.param("# only a comment\n", id="comment"),
        pytest.param("organisation: {name: '株式会社 🚀 [bold]x[/bold]', currency: JPY}\n", id="names"),
        pytest.param(f"objectives: [{{id: a, title: '{'é' * 200}', level: business}}]\n", id="long title"),
        pytest.param(PLAN.replace("end: 2026-12-31", "end: 2025-12-31"), id="ends before it starts"),
        pytest.param(PLAN.replace("due: 2026-12-31", "due: 2025-12-31"), id="due before it starts"),
        pytest.param(PLAN.replace("target: 150000", "target: 120000"), id="target is the baseline"),
        pytest.param(
            PLAN.replace("budget: 3650", "budget: 0").replace("budget: 730", "budget: 0"), id="no money"
        ),
        pytest.param(PLAN.replace("start: 2026", "start: 0001").replace("due: 2026", "due: 9999"), id="ages"),
        pytest.param(
            PLAN.replace("window: monthly", "window: daily").replace("due: 2026", "due: 2199"),
            id="two centuries of days",
        ),
        pytest.param(PLAN.replace("currency: CHF", "currency: XAU"), id="currency without rates"),
        pytest.param(PLAN.replace("serves: grow", "serves: [more-leads, win-more]"), id="circle"),
        pytest.param(PLAN.replace("serves: more-leads", "serves: ads"), id="action that serves itself"),
        pytest.param(
            PLAN.replace("objective: grow", "objective: nobody").replace("metric: leads", "metric: nothing"),
            id="strangers",
        ),
    ],
)
def test_odd_plans_are_told_in_text_json_and_page(run: Run, tmp_path: Path, words: str) -> None:
    write_plan(tmp_path, words)

    assert run("bearing", "--lang", "fr", cwd=tmp_path).code == 0
    found = run("bearing", "--json")
    jsonschema.validate(found.json, json_schema(), jsonschema.Draft202012Validator)
    assert run("report").code == 0


def test_objective_whose_target_is_its_baseline_has_no_progress(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    """A way of no length: no share of it can be told."""
    write_plan(tmp_path, PLAN.replace("target: 150000", "target: 120000"))
    (tmp_path / ".gouvernail").symlink_to(filled / ".gouvernail")

    grow = run("bearing", "--json", cwd=tmp_path).json["objectives"][0]

    assert (grow["id"], grow["progress"], grow["current"]["value"]) == ("grow", None, 138_600)


def test_money_without_a_rate_is_refused_not_added(run: Run, filled: Path, tmp_path: Path) -> None:
    write_plan(tmp_path, PLAN.replace("currency: CHF", "currency: XAU"))
    (tmp_path / ".gouvernail").symlink_to(filled / ".gouvernail")

    found = run("bearing", "--json", cwd=tmp_path).json

    revenue = next(one for one in found["metrics"] if one["id"] == "revenue")
    assert (revenue["value"], revenue["refusal"]["code"]) == (None, "mixed_currencies")


def test_two_imports_at_once_both_arrive(exports: Path) -> None:
    for number in (1, 2):
        (exports / f"ads{number}.csv").write_text(
            ADS.replace("Ads CH", f"Ads {number}").replace("10.50", f"{number}0")
        )
    # Different accounts: neither restates the other.
    (exports / "ads2.csv").write_text(
        "Campaign performance\n2025\nDay,Campaign,Currency code,Cost,Clicks,Impr.\n2025-06-01,Ads 2,CHF,7,1,1\n"
    )

    both = [start("import", f"ads{number}.csv", "--json", cwd=exports) for number in (1, 2)]
    answers = [(process.communicate(timeout=60), process.returncode) for process in both]

    assert [code for _, code in answers] == [0, 0], answers
    listed = subprocess.run(
        [*GOUVERNAIL, "import", "list", "--json"], cwd=exports, capture_output=True, check=True
    )
    assert sorted(one["file"] for one in json.loads(listed.stdout)) == ["ads1.csv", "ads2.csv"]


def test_same_file_imported_by_two_at_once_is_there_once(exports: Path) -> None:
    both = [start("import", "exports/ads.csv", "--json", cwd=exports) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=60)[0])[0] for process in both]

    assert {one["repeated"] for one in told} == {True, False}
    assert told[0]["import"] == told[1]["import"]


def test_killed_import_leaves_the_lake_as_before_and_can_be_made_again(run: Run, exports: Path) -> None:
    long_export(exports / "long.csv", days=1000, campaigns=60)
    run("import", "exports/ads.csv", cwd=exports)
    for patience in (0.8, 1.6):
        process = start("import", "long.csv", cwd=exports)
        time.sleep(patience)
        process.send_signal(signal.SIGKILL)
        process.communicate()

    answer = run("import", "long.csv", "--json")

    assert (answer.code, answer.json[0]["tables"]["spend"]["rows"]) == (0, 60_000)
    records = run("import", "list", "--json").json
    assert [(one["file"], one["rows"]) for one in records] == [
        ("ads.csv", {"spend": 2}),
        ("long.csv", {"spend": 60_000}),
    ]
    spend = next(one for one in run("bearing", "--json", "-p", "2020..2026").json["coverage"])
    assert spend["rows"] == 60_002
    assert spend["totals"]["cost"].startswith("75022.0")


@pytest.mark.parametrize("command", [("metrics",), ("plan", "schema"), ("rules", "--json")])
def test_reader_that_goes_away_early_gets_no_traceback(empty: Path, command: tuple[str, ...]) -> None:
    process = start(*command, cwd=empty)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()

    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) in (0, 1, 141)


def test_interrupt_from_the_keyboard_is_no_traceback(exports: Path) -> None:
    long_export(exports / "long.csv", days=1000, campaigns=60)
    process = start("import", "long.csv", cwd=exports)
    time.sleep(1.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert b"Traceback" not in said
    assert process.returncode in (0, 1, 130, -signal.SIGINT)


def test_console_that_knows_no_unicode_still_answers(empty: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
        "LC_ALL": "C",
        "GOUVERNAIL_TODAY": "2026-10-05",
    }
    done = subprocess.run(
        [*GOUVERNAIL, "bearing", "--lang", "fr"], check=False, cwd=empty, env=environment, capture_output=True
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Atelier Zoé · septembre 2026" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("damage", ["journal.jsonl", "tables/spend/*.parquet"])
def test_damaged_lake_is_told_in_a_sentence_with_what_to_do(run: Run, exports: Path, damage: str) -> None:
    run("import", "exports/ads.csv", cwd=exports)
    for path in (exports / ".gouvernail" / "lake").glob(damage):
        path.write_bytes(b"junk\n")

    answer = run("bearing", "--period", "2026-01")

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
    assert "Restore the lake from a backup, or import the originals into a new one." in answer.err


@pytest.mark.parametrize(
    "command",
    [
        ("init", "x" * 300),
        ("plan", "check", "x" * 300),
        ("demo", "--folder", "file"),
        ("bearing", "-w", "x" * 300),
    ],
    ids=lambda command: command[0],
)
def test_what_the_system_refuses_is_one_sentence(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("no folder")

    answer = run(*command, "--lang", "fr", cwd=tmp_path)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
    assert "le nom est trop long" in answer.err or "il faudrait un dossier" in answer.err


def test_pipe_among_the_exports_is_passed_by(run: Run, exports: Path) -> None:
    """To read it would wait for ever."""
    os.mkfifo(exports / "exports" / "pipe.csv")

    files = [one["file"] for one in run("import", "exports", "--dry-run", "--json", cwd=exports).json]

    assert "exports/ads.csv" in files
    assert not [file for file in files if "pipe" in file]
    assert "There is no file at exports/pipe.csv" in run("import", "exports/pipe.csv").words


def test_file_whose_name_is_no_utf8_is_imported(run: Run, exports: Path) -> None:
    odd = exports / os.fsdecode(b"caf\xe9.csv")
    odd.write_text(ADS, "utf-8")

    assert run("import", odd, cwd=exports).code == 0
    assert [one["file"] for one in run("import", "list", "--json").json] == ["caf?.csv"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"account: [1\nb: 2\n", "la ligne 2 n’est pas du YAML correct", id="brackets"),
        pytest.param(b"[" * 5000, "ce n’est pas du YAML correct", id="depths"),
        pytest.param(b"a: \xff\xfe\n", "enregistré en UTF-8", id="another encoding"),
    ],
)
def test_mapping_file_that_is_no_yaml_is_told_in_a_line(
    run: Run, exports: Path, content: bytes, said: str
) -> None:
    (exports / "map.yaml").write_bytes(content)

    answer = run("import", "exports/ads.csv", "--mapping", "map.yaml", "--lang", "fr", cwd=exports)

    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert said in answer.err


def test_comparing_with_nothing_is_refused(run: Run, empty: Path) -> None:
    """An empty variable of a build compared the plan with the folder it stands in: nothing was ever new."""
    answer = run("plan", "check", "--since", "", "--only-new", cwd=empty)

    assert (answer.code, answer.out) == (2, "")
    assert "none is given to compare with" in answer.err


def test_version_beyond_numbers_is_told_short(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(f"version: {'9' * 5000}\n")

    answer = run("plan", "check", cwd=tmp_path)

    assert (answer.code, len(answer.err) < 600) == (2, True)


def test_closed_output_is_no_traceback(empty: Path) -> None:
    """Some schedulers start a program without any output."""
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *GOUVERNAIL, "rules"],
        check=False, cwd=empty, stderr=subprocess.PIPE,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")


def test_rows_swallowed_by_a_quote_are_told_on_one_line(run: Run, exports: Path) -> None:
    (exports / "quote.csv").write_text(ADS.replace("02,Ads", '02,"Ads'), "utf-8")

    rejects = [
        line for line in run("import", "quote.csv", "--dry-run", cwd=exports).out.splitlines() if "✖" in line
    ]

    assert len(rejects) == 1
    assert "4,120 2026-01-03,Mystery" in rejects[0]
