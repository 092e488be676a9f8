"""Keeps the site's processes running: starts them, starts anew one that died, stops them all in good order."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

from gouvernail.web.serving import lifeline

LOOK = 0.2
GRACE = 20.0
"""Seconds that a process has to finish what it does."""
QUICK = 5.0
"""A process that ends sooner failed to start; it is tried again after longer and longer."""
LONGEST = 30.0
log = logging.getLogger(__name__)


@dataclass
class Process:
    """One kind of process: how it is started, and how it fares."""

    name: str
    command: Sequence[str]
    running: subprocess.Popen[bytes] | None = None
    started: float = 0
    wait: float = 0
    due: float = 0
    deaths: int = field(default=0)

    def start(self) -> None:
        """Start it, out of reach of the terminal's Ctrl-C: the supervisor tells it when to stop."""
        environment = {**os.environ, lifeline.MARK: "1"}
        self.running = subprocess.Popen(  # noqa: S603  # our own command
            self.command, stdin=subprocess.PIPE, env=environment, start_new_session=True
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it anew where it died, later and later where it dies at once."""
        now = time.monotonic()
        if self.running is not None and self.running.poll() is not None:
            code, self.running = self.running.returncode, None
            self.wait = min(max(1.0, self.wait * 2), LONGEST) if now - self.started < QUICK else 0.0
            self.due, self.deaths = now + self.wait, self.deaths + 1
            if code:
                log.warning("%s ended with status %s and is started anew", self.name, code)
        if self.running is None and now >= self.due:
            self.start()


def module(name: str, *arguments: object) -> tuple[str, ...]:
    """Return the command that runs a module of the site in this Python."""
    return (sys.executable, "-m", f"gouvernail.web.serving.{name}", *map(str, arguments))


class Supervisor:
    """Runs processes until told to stop by Ctrl-C, SIGTERM or `stop`."""

    def __init__(self, processes: Sequence[Process]) -> None:
        self.processes = list(processes)
        self._stop = Event()

    def run(self) -> None:
        """Run until told to stop; on return every process has ended."""
        before = {one: signal.signal(one, self._on_signal) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            for process in self.processes:
                process.start()
            while not self._stop.wait(LOOK):
                for process in self.processes:
                    process.look_after()
        finally:
            self._end()
            for one, handler in before.items():
                signal.signal(one, handler)

    def stop(self) -> None:
        """Tell `run` to end."""
        self._stop.set()

    def _on_signal(self, _signum: int, _frame: FrameType | None) -> None:
        self.stop()

    def _end(self) -> None:
        living = [one.running for one in self.processes if one.running]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in living:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # Nothing is lost: a task is taken up again, an import lands whole or not at all.
                process.kill()
                process.wait()
            if process.stdin:
                process.stdin.close()
