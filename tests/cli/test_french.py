"""French from the first word to the last, on screen as in errors."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def sentences(words: str) -> set[str]:
    """Lines that hold at least two words; data such as file names and ids stand in both languages."""
    return {line.strip() for line in words.splitlines() if len(re.findall(r"[^\W\d_]{2,}", line)) >= 2}


@pytest.mark.parametrize(
    "command",
    [
        "bearing",
        "plan check",
        "import exports --dry-run",
        "import exports/none.csv --dry-run",
        "import undo",
        "bearing --period soon",
        "report -o no/such.html",
        "rules",
        "metrics",
        "metrics cac",
        "metrics nothing",
        "channels",
        "channels email",
    ],
)
def test_no_line_stays_english(
    run: Run, exports: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    english = run(*command.split(), "--lang", "en", cwd=exports)
    french = run(*command.split(), "--lang", "fr")

    assert english.code == french.code
    assert sentences(english.out + english.err) & sentences(french.out + french.err) == set()


def test_numbers_and_days_are_written_as_the_french_do(run: Run, filled: Path) -> None:
    said = run("bearing", "--lang", "fr", cwd=filled).out.replace("\u202f", " ").replace("\u00a0", " ")

    assert said.startswith("Atelier Zoé · septembre 2026\n")
    assert "12 100 CHF" in said
    assert "92 %" in said


def test_help_is_french_where_the_environment_is(tmp_path: Path) -> None:
    environment = {**os.environ, "GOUVERNAIL_LANG": "fr", "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "gouvernail", "import", "-h"], env=environment, capture_output=True, check=True
    )

    assert "Importe" in done.stdout.decode()
    assert "Say what would be imported" not in done.stdout.decode()
