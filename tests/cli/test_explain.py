"""`gouvernail explain`."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.schema import EXPLAIN
from tests.cli.conftest import Run


def test_explain_says_what_each_driver_added(run: Run, filled: Path) -> None:
    answer = run("explain", "grow", "--period", "2026-09", cwd=filled)

    assert (answer.code, answer.err) == (0, "")
    assert answer.words.startswith(
        "Revenue: CHF 12,000 → CHF 12,100 (+CHF 100), September 2026 against August 2026 "
    )
    for words in ("Deals won 1 1 CHF 0", "Average deal value CHF 12,000 CHF 12,100 +CHF 100"):
        assert words in answer.words


def test_explain_as_json_obeys_its_schema(run: Run, filled: Path) -> None:
    for more in ((), ("--gap",), ("--against", "year-before"), ("--by", "channel")):
        found = run("explain", "--json", *more, cwd=filled).json

        jsonschema.validate(found, EXPLAIN, jsonschema.Draft202012Validator)
        assert {one["kind"] for one in found["explanations"]} == {"gap" if more == ("--gap",) else "move"}
    one = run("explain", "revenue", "--against", "2025-09", "--json", cwd=filled).json["explanations"][0]
    assert (one["before"], one["now"], one["move"]) == (10_900, 12_100, 1_200)
    assert sum(part["added"] for part in one["parts"] if part["lowest"]) == pytest.approx(1_200)


def test_explain_speaks_french(run: Run, filled: Path) -> None:
    answer = run("explain", "revenue", "--gap", "--lang", "fr", cwd=filled)

    assert "cible 150 000 CHF, atteint 138 600 CHF" in answer.words
    assert "demandé à aucun de ses leviers" in answer.words


def test_explain_refuses_with_a_reason(run: Run, filled: Path) -> None:
    assert "No formula makes" in run("explain", "leads", cwd=filled).words
    assert run("explain", "revenu", cwd=filled).code != 0
    assert run("explain", "spend", "--gap", cwd=filled).code != 0
    assert run("explain", "--by", "weather", cwd=filled).code != 0


def test_explain_without_facts_says_what_is_missing(run: Run, empty: Path) -> None:
    answer = run("explain", "revenue", cwd=empty)

    assert answer.code == 0
    assert "has no value at one end" in answer.words
