"""What a bench is: a function that returns figures and the ratios that are held to a limit."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Ratio:
    """A figure over its reference, and how high it may be. `over` names the reference."""

    name: str
    value: float
    limit: float
    over: str

    @property
    def held(self) -> bool:
        return self.value <= self.limit


@dataclass(frozen=True)
class Result:
    """What a bench found. `figures` are seconds, MiB or counts, their unit in the name."""

    figures: dict[str, float | int | str] = field(default_factory=dict)
    ratios: tuple[Ratio, ...] = ()


@dataclass(frozen=True)
class Setup:
    """What a bench is given: an empty folder, and the factor that sizes are multiplied by (1, or 0.1 when quick)."""

    folder: Path
    scale: float = 1.0

    def size(self, count: int) -> int:
        """Return `count`, scaled."""
        return max(1, int(count * self.scale))


Bench = Callable[[Setup], Result]
Given = TypeVar("Given")
Clock = Callable[[], float]


def best_of(times: int, work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Return the shortest time, in seconds, of several runs: other tenants of the machine only ever add."""
    return min(timed(work, clock)[0] for _ in range(times))


def timed(work: Callable[[], Given], clock: Clock = time.perf_counter) -> tuple[float, Given]:
    """Return how long the work took, in seconds, and what it gave; what lay about before is swept away first.

    `clock`: wall time, or `time.process_time` for work of this process alone, which others do not disturb.
    """
    gc.collect()
    start = clock()
    given = work()
    return clock() - start, given


def in_child(module: str, *arguments: str) -> dict[str, float]:
    """Run `python -m module arguments` in a process of its own and return the JSON object it prints last.

    `peak_mib` is the child's greatest resident memory, told by the child itself.
    """
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stderr[-2000:]}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def tell(seconds: float, **more: float) -> None:
    """Print what `in_child` reads: the seconds of the work and the peak memory of this process."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mib": peak, **more}))


def command(*words: str) -> Sequence[str]:
    """Return the command line of `gouvernail` in this environment."""
    return [str(Path(sys.executable).parent / "gouvernail"), *words]
