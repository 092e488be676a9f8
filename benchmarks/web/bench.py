"""Every page of the demo company: latency under fifty people, rate against a bare page, queries, weight; a large plan."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.bench import ROOT, Ratio, Result, Setup
from benchmarks.web import load, weight

ELEMENTS, PEOPLE_SECONDS, RATE_SECONDS, ROUNDS = 10_000, 120.0, 1.0, 3
P95, SHARE, QUERIES, WEIGHT, LARGE_SECONDS = 0.100, 0.3, 15, 500_000, 1.0


def bench(setup: Setup) -> Result:
    """Measure the running site: gunicorn with two processes of four threads, SQLite."""
    made = _material(setup)
    environment = {
        **os.environ,
        "GOUVERNAIL_HOME": str(setup.folder / "home"),
        "DJANGO_SETTINGS_MODULE": "benchmarks.web.site_settings",
        "PYTHONPATH": str(ROOT),
    }
    with running(environment) as (port, server):
        return _measured(setup, made, port, server)


def _material(setup: Setup) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.web.material", str(setup.folder), str(setup.size(ELEMENTS))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextmanager
def running(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run the site's web processes while the block runs; give their port and the process above them."""
    from gouvernail.web.serving.ports import next_free

    port = next_free("127.0.0.1", 18_400)
    command = [sys.executable, "-m", "gouvernail.web.serving.answering", "127.0.0.1", str(port), "2"]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _until_well(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _until_well(port: int) -> None:
    for _ in range(300):
        try:
            with urlopen(f"http://localhost:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site does not answer")


def _measured(setup: Setup, made: dict[str, Any], port: int, server: int) -> Result:
    names = {path: name for name, path in made["pages"]}
    cookies = made["cookies"]
    # Every process reads every page once: what is measured is a site that has been running for a while.
    load.people(port, cookies[:8], list(names), 5)
    for path in names:
        load.rate(server, port, path, cookies[0], 1)
    seen = load.people(port, cookies, list(names), max(20.0, PEOPLE_SECONDS * setup.scale))
    rounds: dict[str, list[load.Rate]] = {path: [] for path in names}
    bares = []
    # Three rounds, and of each page the middle one: a process that is replaced meanwhile spoils one of them.
    for _ in range(ROUNDS):
        for path, seen_so_far in rounds.items():
            bares.append(load.rate(server, port, "/bare", cookies[0], RATE_SECONDS))
            seen_so_far.append(load.rate(server, port, path, cookies[0], RATE_SECONDS))
    rates = {path: sorted(each, key=lambda one: one.cost)[ROUNDS // 2] for path, each in rounds.items()}
    figures = _figures(made, names, seen, rates, bares)
    weights = weight.first_visit(port, f"/o/{made['slug']}/", cookies[0])
    large = _large(port, cookies[0])
    figures |= {
        "first visit of the cockpit, kB on the wire": round(sum(weights.values()) / 1000),
        "chain of the large plan, seconds": large,
        "large plan: write, seconds": made["writing"],
        "large plan: bearing, seconds": made["taking"],
    }
    failed = sorted({names[path] for path, one in seen.items() if one.status != 200})
    if failed:
        figures["pages that failed"] = ", ".join(failed)
    return Result(figures, _ratios(names, seen, rates, bares, sum(weights.values()), large))


def _figures(
    made: dict[str, Any],
    names: dict[str, str],
    seen: dict[str, load.Seen],
    rates: dict[str, load.Rate],
    bares: list[load.Rate],
) -> dict[str, float | int | str]:
    figures: dict[str, float | int | str] = {
        "pages": len(names),
        "people": len(made["cookies"]),
        "bare page, answers a second": statistics.median(one.answers for one in bares),
        "bare page, processor ms": 1000 * _bare(bares),
    }
    slowest = sorted(seen, key=lambda path: -seen[path].quantile(0.95))
    for path in slowest:
        one = seen[path]
        figures[f"{names[path]}: p95 ms · share of bare · queries"] = (
            f"{1000 * one.quantile(0.95):.0f} · {_share(rates[path], bares):.2f} · {one.queries}"
        )
    return figures


def _ratios(
    names: dict[str, str],
    seen: dict[str, load.Seen],
    rates: dict[str, load.Rate],
    bares: list[load.Rate],
    wire: int,
    large: float,
) -> tuple[Ratio, ...]:
    slowest = max(seen, key=lambda path: seen[path].quantile(0.95))
    dearest = min(rates, key=lambda path: _share(rates[path], bares))
    busiest = max(seen, key=lambda path: seen[path].queries)
    return (
        Ratio(f"p95 of {names[slowest]}", seen[slowest].quantile(0.95) / P95, 1.0, f"{1000 * P95:.0f} ms"),
        Ratio(f"cost of {names[dearest]}", 1 / _share(rates[dearest], bares), 1 / SHARE, "a bare page"),
        Ratio(f"queries of {names[busiest]}", seen[busiest].queries / QUERIES, 1.0, f"{QUERIES} queries"),
        Ratio("first visit", wire / WEIGHT, 1.0, f"{WEIGHT // 1000} kB"),
        Ratio("chain of the large plan", large / LARGE_SECONDS, 1.0, "1 s"),
    )


def _bare(bares: list[load.Rate]) -> float:
    return statistics.median(one.cost for one in bares)


def _share(page: load.Rate, bares: list[load.Rate]) -> float:
    """Return a page's throughput as a share of the bare page's.

    By processor seconds an answer: on a machine that is full these are the throughput, and other tenants do not move them.
    """
    return _bare(bares) / max(page.cost, 1e-6)


def _large(port: int, cookie: str) -> float:
    """Return the seconds to open the chain of the large plan, once both processes have read it."""
    import http.client

    from benchmarks.web.material import LARGE

    connection = http.client.HTTPConnection("localhost", port, timeout=120)
    answers = [load.ask(connection, f"/o/{LARGE}/chain", cookie) for _ in range(8)]
    return statistics.median(took for took, _, _ in answers[-4:])


if __name__ == "__main__":
    print(bench(Setup(Path(sys.argv[1]), float(sys.argv[2]))))
