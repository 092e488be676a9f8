"""`gouvernail --help`: as quick as a command that does nothing can be, and nothing heavy loaded."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks.bench import Ratio, Result, Setup, best_of, command

HEAVY = (
    "babel",
    "deltalake",
    "duckdb",
    "ibis",
    "numpy",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pydantic",
    "sqlglot",
)
_LOADED = f"""
import json, sys
import gouvernail.cli
print(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))))
"""


def bench(_: Setup) -> Result:
    """Time the help against bare Python that imports Typer, its floor."""
    seconds = best_of(5, lambda: _run(list(command("--help"))))
    floor = best_of(5, lambda: _run([sys.executable, "-c", "import typer, rich.console"]))
    loaded = json.loads(_run([sys.executable, "-c", _LOADED]))
    figures = {
        "gouvernail --help, seconds": seconds,
        "python -c 'import typer, rich', seconds": floor,
        "heavy modules loaded": ", ".join(loaded) or "none",
    }
    return Result(
        figures,
        (
            Ratio("help", seconds / floor, 3.0, "importing Typer and Rich"),
            Ratio("help against the promised 0.4 s", seconds / 0.4, 1.0, "0.4 s"),
            Ratio("heavy modules", float(len(loaded)), 0.0, "none"),
        ),
    )


def _run(words: list[str]) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL).stdout
