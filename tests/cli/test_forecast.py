"""`gouvernail forecast`: of objectives, and of a bare series; the truth of M4 through the command."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from gouvernail.bearing.foreseen_schema import json_schema
from gouvernail.measurement.forecast.ensemble import foresee
from tests.cli.conftest import Answer, Run

MONTHS = "month,value\n" + "".join(
    f"{2023 + n // 12}-{n % 12 + 1:02},{100 + n}\n" for n in range(40)
)  # to April 2026


@pytest.fixture
def months(tmp_path: Path) -> Path:
    path = tmp_path / "months.csv"
    path.write_text(MONTHS, "utf-8")
    return path


def _valid(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = answer.json
    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    return found


def test_a_bare_series_needs_no_workspace(run: Run, months: Path, tmp_path: Path) -> None:
    asked = (
        "forecast",
        "--series",
        months,
        "--target",
        "1700",
        "--due",
        "2026-12-31",
        "--start",
        "2026-01-01",
    )
    answer = run(*asked, "--json", cwd=tmp_path)
    found = _valid(answer)["forecast"]

    assert (answer.code, answer.err) == (0, "")
    # January to April: 136 + 137 + 138 + 139; the whole line would come to 136 + … + 147 = 1,698.
    assert (found["so_far"], found["periods_left"], found["kind"]) == (550, 8, "sum")
    assert found["value"] == pytest.approx(1_698, rel=0.01)
    assert found["missing"] == pytest.approx(max(0, 1_700 - found["value"]))
    assert [point["period"] for point in found["points"]][::7] == ["2026-05", "2026-12"]
    assert run(*asked, "--json", cwd=tmp_path).out == answer.out


def test_sentences_say_what_comes_what_lacks_and_the_error(run: Run, months: Path) -> None:
    english = run(
        "forecast", "--series", months, "--target", "2000", "--due", "2026-12-31", "--lang", "en"
    ).words
    french = run(
        "forecast",
        "--series",
        months,
        "--target",
        "200",
        "--due",
        "2026-12-31",
        "--kind",
        "level",
        "--lang",
        "fr",
    ).words

    assert "are to be expected by December 31, 2026" in english
    assert "short of the target of 2,000: 1% chance." in english
    assert "Tried on" in english
    assert "Au 31 décembre 2026, attendez-vous à 147" in french
    assert "Il manque 53 pour la cible de 200 : 1 % de chances de l’atteindre." in french
    assert "la prévision s’est trompée de" in french


def test_a_level_and_a_ceiling(run: Run, months: Path) -> None:
    asked = ("forecast", "--series", months, "--due", "2026-12-31", "--kind", "level", "--json")
    up, down = (_valid(run(*asked, "--target", "147", *more))["forecast"] for more in ((), ("--ceiling",)))

    assert up["value"] == pytest.approx(147, rel=0.01)
    assert up["probability"] + down["probability"] == pytest.approx(1, abs=1e-3)
    assert _valid(run(*asked))["forecast"]["probability"] is None


def test_a_short_series_falls_back_to_a_trend_and_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("\n".join(MONTHS.splitlines()[:11]) + "\n", "utf-8")  # ten months of 2023

    found = _valid(run("forecast", "--series", path, "--due", "2023-12-31", "--target", "300", "--json"))[
        "forecast"
    ]

    assert (found["model"], found["value"]) == ("line", pytest.approx(221))
    assert found["error"]["share"] is None
    assert "18 or more" in found["error"]["said"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "--due is missing"),
        (("--due", "tomorrow"), "is no day"),
        (("--due", "0001-01-01"), "is no day"),
        (("--due", "2026-12-31", "--target", "much"), "is no number"),
        (("--due", "2026-12-31", "--target", "nan"), "is no number"),
        (("--due", "2026-12-31", "--country", "ATLANTIS"), "No public holidays are known"),
        (("--due", "2026-12-31", "--kind", "level", "--start", "2026-01-01"), "--start is asked of a sum"),
        (("--due", "2026-12-31", "--period", "2026-09"), "cannot be asked of a bare series"),
        (("--due", "2025-12-31", "--start", "2026-06-01"), "begins after its due date"),
        (("--due", "2025-12-31"), "nothing is left to foresee"),
        (("--due", "2099-12-31"), "too far to be foreseen"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(
    run: Run, months: Path, more: tuple[str, ...], said: str
) -> None:
    answer = run("forecast", "--series", months, *more)

    assert answer.code != 0
    assert said in f"{answer.words} {answer.err}"
    assert "Traceback" not in answer.err


def test_a_refusal_as_json_obeys_the_schema(run: Run, months: Path) -> None:
    answer = run("forecast", "--series", months, "--due", "2099-12-31", "--json")

    assert answer.code == 1
    assert _valid(answer)["refusal"]["code"] == "too_far"


@pytest.mark.parametrize(
    "values",
    [["0"] * 40, ["5"] * 40, ["-3"] * 40, ["1" + "0" * 12, "0.000001"] * 20, ["0"] * 39 + ["1000000"]],
)
def test_odd_series_are_foreseen_in_finite_numbers(run: Run, tmp_path: Path, values: list[str]) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(
        "month,value\n"
        + "".join(f"{2023 + n // 12}-{n % 12 + 1:02},{each}\n" for n, each in enumerate(values)),
        "utf-8",
    )

    found = _valid(run("forecast", "--series", path, "--due", "2026-12-31", "--target", "1", "--json"))[
        "forecast"
    ]

    assert found["low"] <= found["value"] <= found["high"]
    assert 0 < found["probability"] < 1


def test_options_of_a_series_need_one(run: Run, filled: Path) -> None:
    answer = run("forecast", "--target", "3", cwd=filled)

    assert answer.code != 0
    assert "--target is asked of a bare series" in answer.err


def test_objectives_of_a_workspace(run: Run, filled: Path) -> None:
    every = _valid(run("forecast", "--period", "2026-09", "--json", cwd=filled))["forecasts"]
    words = run("forecast", "grow", "--period", "2026-09", cwd=filled).words

    assert {one["objective"] for one in every} >= {"grow", "more-leads", "win-more"}
    assert all((one["forecast"] is None) != (one["refusal"] is None) for one in every)
    assert "Revenue of 150,000" in words
    assert "short of the target of CHF 150,000: 1% chance." in words
    wrong = run("forecast", "grw", cwd=filled)
    assert "Did you mean “grow”?" in wrong.err


def test_without_facts_every_objective_says_what_is_missing(run: Run, empty: Path) -> None:
    answer = run("forecast", cwd=empty)

    assert answer.code == 0
    assert "No period has data yet" in answer.words


def _m4(folder: Path, every: int) -> Iterator[tuple[list[str], list[float]]]:
    files = (folder / f"m4_weekly_{part}.csv" for part in ("train", "test"))
    train, test = (
        {
            row[0]: [cell for cell in row[1:] if cell]
            for row in csv.reader(file.read_text("utf-8").splitlines())
        }
        for file in files
    )
    for name in list(train)[1::every]:
        yield train[name], [float(cell) for cell in test[name]]


def _asked(run: Run, folder: Path, train: list[str], weeks: int, kind: str) -> dict[str, Any]:
    path, first = folder / "m4.csv", date(1950, 1, 2)
    rows = (f"{first + timedelta(7 * n)};{value}" for n, value in enumerate(train))
    path.write_text("date;value\n" + "\n".join(rows) + "\n", "utf-8")
    due = first + timedelta(7 * (len(train) + weeks) - 1)
    found = _valid(run("forecast", "--series", path, "--due", str(due), "--kind", kind, "--json"))["forecast"]
    assert len(found["points"]) == weeks
    return found


def test_the_command_foresees_what_the_method_does(run: Run, tmp_path: Path, shared_data: Path) -> None:
    for train, test in _m4(shared_data / "truth/forecast", 90):
        found = _asked(run, tmp_path, train, len(test), "level")
        told = foresee(np.array([float(cell) for cell in train]), len(test), 52)

        ahead = np.exp(told.ahead) if told.logs else told.ahead
        assert [point["value"] for point in found["points"]] == pytest.approx(ahead.tolist(), rel=1e-6)


@pytest.mark.slow
def test_m4_weekly_through_the_command(run: Run, tmp_path: Path, shared_data: Path) -> None:
    """All 359 series of the competition's file: the median of each week, and of a third the interval of their sum."""
    errors, inside = [], []
    for n, (train, test) in enumerate(_m4(shared_data / "truth/forecast", 1)):
        levels = _asked(run, tmp_path, train, len(test), "level")["points"]
        usual = np.abs(np.diff([float(cell) for cell in train])).mean()
        errors.append(float(np.abs(np.array([point["value"] for point in levels]) - test).mean() / usual))
        if n % 3 == 0:
            total = _asked(run, tmp_path, train, len(test), "sum")
            inside.append(total["low"] <= sum(test) <= total["high"])

    assert float(np.mean(errors)) <= 2.34
    assert 0.82 <= float(np.mean(inside)) <= 0.97  # of a third of them: two standard errors beside 85 to 95 %
