"""Measure every bar anew and print the table: `python -m tools.truth [NAME …]` (all when no name is given)."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from collections.abc import Iterator

import tools.truth
from tools.truth.bar import Bar

APART = {"attribution_peers", "bar", "peers", "geo_panels", "__main__"}


def main(asked: list[str]) -> int:
    """Print each bar as it is known; return 1 where one does not hold."""
    failed = 0
    print("| what | measured | bar | holds |\n| --- | --- | --- | --- |", flush=True)
    for name in asked or sorted(_topics()):
        start = time.perf_counter()
        for bar in _bars(name):
            failed += not bar.passed
            print(
                f"| {name}: {bar.name} | {bar.measured} | {bar.bar} | {'yes' if bar.passed else 'NO'} |",
                flush=True,
            )
        print(f"<!-- {name}: {time.perf_counter() - start:.0f} s -->", flush=True)
    return int(failed > 0)


def _topics() -> Iterator[str]:
    for module in pkgutil.iter_modules(tools.truth.__path__):
        if module.name not in APART:
            yield module.name


def _bars(name: str) -> Iterator[Bar]:
    yield from importlib.import_module(f"tools.truth.{name}").bars()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
