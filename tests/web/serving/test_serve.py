"""`gouvernail serve` as people run it: a real command, real processes, a real port."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from gouvernail.web.serving.ports import next_free
from tests.web.processes import children_of, gone, until

COMMAND = [sys.executable, "-c", "from gouvernail.cli import main; main()"]
Start = Callable[..., "Running"]


class Running:
    """A command that goes on running; `told` is what it has printed so far."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.port, self.log = next_free("127.0.0.1", 18_200), home / "out.txt"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("GOUV", "DJANGO"))}
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), "--lang", "en", *arguments],
                env={**clean, "GOUVERNAIL_HOME": str(home)},
                stdout=out,
                stderr=out,
            )

    @property
    def told(self) -> str:
        return self.log.read_text()

    def answers(self) -> bool:
        """Whether the site says that it is well."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def children(self) -> dict[str, int]:
        """Return the processes that it started, by their module."""
        return children_of(self.process.pid)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Running] = []

    def run(*arguments: str) -> Running:
        started.append(Running(tmp_path, *arguments))
        return started[-1]

    yield run
    for one in started:
        if one.process.poll() is None:
            one.process.terminate()
            one.process.wait(60)


@pytest.mark.slow
def test_one_command_runs_web_and_worker_and_stops_both(start: Start) -> None:
    site = start()
    until(site.answers)
    assert f"http://localhost:{site.port}/setup/" in site.told
    children = site.children()
    assert set(children) == {"answering", "working"}

    os.kill(children["working"], signal.SIGKILL)
    until(lambda: site.children().get("working", 0) not in (0, children["working"]))
    living = list(site.children().values())
    time.sleep(1)

    site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(60) == 0
    assert site.told.rstrip().endswith("Stopped.")
    assert all(gone(pid) for pid in living)


@pytest.mark.slow
def test_nothing_is_left_behind_when_the_command_itself_is_killed(start: Start) -> None:
    site = start()
    until(site.answers)
    living = list(site.children().values())
    site.process.kill()
    until(lambda: all(gone(pid) for pid in living))


@pytest.mark.slow
def test_the_check_says_what_lacks_and_starts_nothing(start: Start) -> None:
    site = start("--check")
    assert site.process.wait(60) == 1
    assert "GOUVERNAIL_HTTPS is off" in site.told
    assert "points to settle before production." in site.told


def test_web_and_worker_alone_at_once_makes_no_sense(start: Start) -> None:
    site = start("--web-only", "--worker-only")
    assert site.process.wait(60) == 2
    assert "exclude each other" in site.told
