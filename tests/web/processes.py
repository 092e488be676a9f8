"""Processes of a site, seen from outside: waiting for what they do, finding them, seeing them end."""

import time
from collections.abc import Callable
from pathlib import Path


def until(true: Callable[[], bool], seconds: float = 60, pause: float = 0.1) -> None:
    """Wait until something is so; fail where it never is."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(pause)


def children_of(parent: int) -> dict[str, int]:
    """Return the processes that a supervisor started, by their module."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text().split("\0")
            its_parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if its_parent == parent and len(words) > 2:
            found[words[2].rpartition(".")[2]] = int(folder.name)
    return found


def gone(pid: int) -> bool:
    """Return whether a process has ended, waited for or not."""
    try:
        return "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
