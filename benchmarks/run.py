"""Run the benches: `python -m benchmarks.run [--quick] [name …]`; a table on screen, JSON in benchmarks/out/."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import bearing, evidence, explain, help_time, import_csv, plan_check, web
from benchmarks.bench import ROOT, Bench, Result, Setup

BENCHES: dict[str, Bench] = {
    "help": help_time.bench,
    "import": import_csv.bench,
    "plan": plan_check.bench,
    "bearing": bearing.bench,
    "web": web.bench,
    "evidence": evidence.bench,
    "explain": explain.bench,
}
OUT = ROOT / "benchmarks" / "out"


def main(arguments: list[str]) -> int:
    """Run the benches named (all of them when none is); return 1 when a ratio is over its limit."""
    scale = 0.1 if "--quick" in arguments else 1.0
    names = [each for each in arguments if not each.startswith("--")] or list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        print(f"There is no bench {', '.join(unknown)}. There are: {', '.join(BENCHES)}.")
        return 2
    held = True
    for name in names:
        with tempfile.TemporaryDirectory(prefix="gouvernail-bench-") as folder:
            result = BENCHES[name](Setup(Path(folder), scale))
        _print(name, result)
        _keep(name, result, scale)
        held &= all(ratio.held for ratio in result.ratios)
    return 0 if held else 1


def _print(name: str, result: Result) -> None:
    print(f"\n{name}")
    for figure, value in result.figures.items():
        shown = (
            f"{value:,.3f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
        )
        print(f"  {figure:<52} {shown:>14}")
    for ratio in result.ratios:
        mark = "held" if ratio.held else "OVER"
        print(f"  {ratio.name:<52} {ratio.value:>13.2f}× ≤ {ratio.limit:g}  {mark}  (over {ratio.over})")


def _keep(name: str, result: Result, scale: float) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "system": platform.system()}
    kept = {"bench": name, "scale": scale, "machine": machine, **dataclasses.asdict(result)}
    (OUT / f"{name}.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
