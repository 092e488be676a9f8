"""Run as a program: kill an import (or undo, or erasure) with SIGKILL at many instants, and look at the lake.

    python -m tests.warehouse.killing FOLDER import|undo|forget POINTS

Prints one JSON list a kill: [instant, "before" | "after" | what else was found, rows equal after repeating].
Each trial is a fork of this process, which itself starts no thread.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from gouvernail.base.errors import WarehouseError
from gouvernail.base.text import verbatim
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.records import RejectedRow
from tests.warehouse.workbench import bring, read, spend

TABLES = ("spend", "conversions", "touchpoints")


def prepare(folder: Path) -> None:
    lake = Lake.open(folder / "lake")
    people = [{"day": row["day"], "person": f"p{n}"} for n, row in enumerate(spend(range(1, 9), 1))]
    bring(lake, "first", {"spend": spend(range(1, 9), 1), "touchpoints": people})
    bring(lake, "second", {"spend": spend(range(3, 5), 2), "touchpoints": people[:2]})


def act(lake: Lake, what: str) -> None:
    if what == "import":
        orders = [{"day": row["day"], "value": row["cost"]} for row in spend(range(4, 7), 9)]
        reject = RejectedRow(2, "cost", "x", verbatim("no"))
        bring(lake, "third", {"spend": spend(range(4, 7), 3), "conversions": orders}, rejects=[reject])
    elif what == "undo":
        lake.undo(lake.imports(undone=True)[0].id)
    else:
        lake.forget_person("p3")


def contents(lake: Lake) -> str:
    rows = {table: read(lake, table) for table in TABLES}
    return f"{lake.version()} {rows}"


def die_at(instant: int) -> Callable[[FrameType, str, Any], None]:
    """Return a profiler that kills this process at the `instant`-th call, return or C call of the warehouse."""
    count = 0

    def watch(frame: FrameType, event: str, _: Any) -> None:
        nonlocal count
        if "/warehouse/" in frame.f_code.co_filename and "gouvernail" in frame.f_code.co_filename:
            count += 1
            if count == instant:
                os.kill(os.getpid(), signal.SIGKILL)

    watch.count = lambda: count  # type: ignore[attr-defined]
    return watch


def in_child(task: Callable[[], object]) -> str | None:
    """Return what `task` returns in a fork of this process, None when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = str(task())
        except BaseException as error:  # told to the parent, which fails the test
            answer = f"{type(error).__name__}: {error}"
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        words = pipe.read().decode()
    os.waitpid(child, 0)
    return words or None


def act_watched(folder: Path, what: str, instant: int) -> int:
    lake = Lake.open(folder / "lake")
    watch = die_at(instant)
    sys.setprofile(watch)
    act(lake, what)
    sys.setprofile(None)
    return int(watch.count())  # type: ignore[attr-defined]


def look_and_repeat(folder: Path, what: str) -> str:
    """Return the contents found, and those after doing it again, as JSON."""
    lake = Lake.open(folder / "lake")
    found = contents(lake)
    try:
        act(lake, what)
    except WarehouseError:
        # An undo that had been committed before the kill cannot be made twice.
        if what != "undo":
            raise
    leftovers = list((folder / "lake" / "work").iterdir())
    return json.dumps([found, contents(lake) + "".join(map(str, leftovers))])


def main(folder: Path, what: str, points: int) -> None:
    start, trial = folder / "start", folder / "trial"
    in_child(lambda: prepare(start))
    before = in_child(lambda: contents(Lake.open(start / "lake")))
    shutil.copytree(start, trial)
    total = int(in_child(lambda: act_watched(trial, what, -1)) or 0)
    after = in_child(lambda: contents(Lake.open(trial / "lake")))
    for instant in range(total, 0, -max(1, total // points)):
        shutil.rmtree(trial)
        shutil.copytree(start, trial)
        survived = in_child(lambda: act_watched(trial, what, instant))  # noqa: B023 - called at once
        words = in_child(lambda: look_and_repeat(trial, what)) or ""
        found, again = json.loads(words) if words.startswith("[") else (words, words)
        state = {before: "before", after: "after"}.get(found, found)
        print(json.dumps([instant, survived or "killed", state, again == after or again]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
