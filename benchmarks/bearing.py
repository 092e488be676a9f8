"""The bearing of the demo company, warm: its lake is filled, the modules are loaded, one bearing was taken before."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.bench import Ratio, Result, Setup, in_child, tell


def bench(setup: Setup) -> Result:
    """Take the same bearing three times in one process; the best of the later two counts."""
    told = in_child("benchmarks.bearing", str(setup.folder))
    figures = {
        "build and import the demo company, seconds": told["building"],
        "bearing, first, seconds": told["first"],
        "bearing, warm, seconds": told["seconds"],
        "peak memory, MiB": told["peak_mib"],
    }
    return Result(figures, (Ratio("bearing against the promised 2 s", told["seconds"] / 2.0, 1.0, "2 s"),))


def _child(folder: Path) -> None:
    from gouvernail.base.periods import parse_period
    from gouvernail.cli.demo import build, import_exports
    from gouvernail.simulate.catalogue import COMPANIES
    from gouvernail.workflow import take_bearing

    company = COMPANIES["antoine"]
    start = time.perf_counter()
    space = build(company, folder / "demo")
    import_exports(space, "en")
    building = time.perf_counter() - start
    loaded, lake, period = space.load(), space.lake(), parse_period(company.period)
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        take_bearing(loaded, lake, period, today=company.today)
        taken.append(time.perf_counter() - start)
    tell(min(taken[1:]), first=taken[0], building=building)


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
