"""Killed at any instant, the lake is as before or as after, and the work can be done again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("what", "points"), [("import", 8), ("undo", 5), ("forget", 5)])
def test_lake_killed_at_any_instant_is_as_before_or_as_after(what: str, points: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.warehouse.killing", str(tmp_path), what, str(points)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    kills = [json.loads(line) for line in done.stdout.splitlines()]

    assert [kill[1:] for kill in kills if kill[2] not in ("before", "after") or kill[3] is not True] == []
    assert {kill[1] for kill in kills} == {"killed"}
    assert {kill[2] for kill in kills} == {"before", "after"}
