"""Load on a server: people who read pages and think in between, and a machine that asks as fast as it can."""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

THINK = (2.0, 6.0)
"""Seconds that somebody looks at a page before asking for the next."""
CONNECTIONS = 8


@dataclass
class Seen:
    """Answers to one page: seconds each, worst status, most queries, bytes."""

    seconds: list[float] = field(default_factory=list)
    status: int = 200
    queries: int = 0

    def quantile(self, share: float) -> float:
        """Return the seconds within which `share` of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def people(port: int, cookies: Sequence[str], paths: Sequence[str], seconds: float) -> dict[str, Seen]:
    """Let as many people as there are cookies read pages in a random order for a while."""
    seen: dict[str, Seen] = defaultdict(Seen)
    lock, end = threading.Lock(), time.monotonic() + seconds

    def person(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("localhost", port, timeout=60)
        time.sleep(chance.uniform(0, THINK[1]))
        while time.monotonic() < end:
            path = chance.choice(paths)
            took, status, queries = ask(connection, path, cookies[number])
            with lock:
                one = seen[path]
                one.seconds.append(took)
                one.status, one.queries = max(one.status, status), max(one.queries, queries)
            time.sleep(chance.uniform(*THINK))

    threads = [threading.Thread(target=person, args=(number,)) for number in range(len(cookies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(seen)


def ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> tuple[float, int, int]:
    """Ask for a page as a browser does; return seconds, status and queries."""
    start = time.perf_counter()
    head = {"Cookie": f"gouvernail_session={cookie}", "Accept-Encoding": "gzip", "Accept": "text/html"}
    try:
        connection.request("GET", path, headers=head)
        answer = connection.getresponse()
        answer.read()
    except (ConnectionResetError, BrokenPipeError):
        # The server let an idle connection go, as a browser finds out too: ask again on a new one.
        connection.close()
        return ask(connection, path, cookie)
    return time.perf_counter() - start, answer.status, int(answer.headers.get("X-Queries", 0))


@dataclass(frozen=True)
class Rate:
    """Answers a second when eight connections ask without a pause, and the server's processor seconds for each."""

    answers: float
    cost: float


def rate(server: int, port: int, path: str, cookie: str, seconds: float) -> Rate:
    """Ask for one page without a pause. `server` is the process whose children answer."""
    before = _processor(server)
    answers = _answers(port, path, cookie, seconds)
    used = _processor(server) - before
    return Rate(answers, used / max(answers * seconds, 1))


def _processor(server: int) -> float:
    """Return the processor seconds that the children of a process have used, those that have ended too."""
    words = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    used = int(words[13]) + int(words[14])
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == server:
            used += int(words[11]) + int(words[12])
    return used / os.sysconf("SC_CLK_TCK")


def _answers(port: int, path: str, cookie: str, seconds: float) -> float:
    if wrk := shutil.which("wrk"):
        command = [
            wrk,
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds:.0f}s",
            "--timeout",
            "30s",
            "-H",
            "Accept-Encoding: gzip",
        ]
        command += ["-H", f"Cookie: gouvernail_session={cookie}", f"http://localhost:{port}{path}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"Requests/sec:\s+([\d.]+)", told)
        return float(found[1]) if found else 0.0
    return _rate_in_python(port, path, cookie, seconds)


def _rate_in_python(port: int, path: str, cookie: str, seconds: float) -> float:
    done, end = [0] * CONNECTIONS, time.monotonic() + seconds

    def one(number: int) -> None:
        connection = http.client.HTTPConnection("localhost", port, timeout=60)
        while time.monotonic() < end:
            ask(connection, path, cookie)
            done[number] += 1

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds
