"""Attribution's speed: a million distinct paths, touches end to end beside the engine's own sort, growth, memory.

Data are drawn from seeds 53,000 to 53,009. Touches lie in a table of the engine (numbers for persons, so that the sort
is as quick as it gets); reading stands for `SELECT … ORDER BY person, at` streamed to Arrow and looked at.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from gouvernail.measurement.attribution.journeys import Journeys, walked
from gouvernail.measurement.attribution.models import MODELS, Attribution, Options, attribute, credit
from gouvernail.measurement.attribution.paths import Paths
from gouvernail.measurement.attribution.stream import _batches
from tools.truth.bar import Bar, at_most

SEED = 53_000
CHANNELS = tuple(f"channel {number:02}" for number in range(20))
MILLION = 1_000_000
BATCH = 500_000
MOST_MEMORY = 4.0
RULES = ("first", "last", "last_non_direct", "linear", "position", "time_decay", "shapley")


def bars() -> Iterable[Bar]:
    """Yield every bar of speed."""
    yield from _models()
    yield from _end_to_end()
    yield from _growth()
    yield from _memory()


def _models() -> Iterator[Bar]:
    paths = _paths()
    start, slow = time.perf_counter(), []
    for model in MODELS:
        one = time.perf_counter()
        credit(paths, model)
        slow.append(f"{model} {time.perf_counter() - one:.1f}")
    seconds = time.perf_counter() - start
    yield at_most(
        f"{len(paths):,} distinct paths of 20 channels, all models ({', '.join(slow)})", seconds, 10, " s"
    )


def _paths() -> Paths:
    """Return a million distinct paths of 2 to 9 steps."""
    rng = np.random.default_rng(SEED)
    lengths = rng.integers(2, 10, 2 * MILLION)
    steps = rng.integers(0, 20, (2 * MILLION, 9))
    code = (np.where(np.arange(9) < lengths[:, None], steps + 1, 0) * 21 ** np.arange(9)).sum(axis=1)
    _, index = np.unique(code, return_index=True)
    index = rng.permutation(index)[:MILLION]
    steps, lengths = steps[index], lengths[index]
    won = rng.integers(0, 3, MILLION).astype(np.float64)
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    flat = steps[np.arange(9) < lengths[:, None]]
    return Paths(CHANNELS, flat, bounds, won, won * 50.0, rng.integers(0, 9, MILLION).astype(np.float64))


def _stocked(touches: int) -> Any:
    """Return a connection whose table `rows` holds touches of a fifth as many people, and a sale of every fifteenth."""
    import duckdb

    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    connection.execute(
        f"CREATE TABLE rows AS SELECT (hash(i) % {touches // 5})::BIGINT AS person, "  # noqa: S608 - numbers
        '(hash(i + 7) % 7776000)::BIGINT AS "at", (hash(i + 11) % 20)::INTEGER AS step, 0.0::DOUBLE AS worth '
        f"FROM range({touches}) t(i) UNION ALL SELECT (hash(i + 13) % {touches // 5})::BIGINT, "
        f"(hash(i + 17) % 7776000)::BIGINT, -1, 50.0 FROM range({touches // 75}) t(i)"
    )
    return connection


def _stream(connection: Any) -> Any:
    return connection.execute(
        'SELECT person, "at", step, worth FROM rows ORDER BY person, "at"'
    ).to_arrow_reader(BATCH)


def _read(connection: Any) -> float:
    start = time.perf_counter()
    for batch in _stream(connection):
        for column in batch.columns:
            column.to_numpy().sum()
    return time.perf_counter() - start


def _walk(connection: Any) -> tuple[Journeys, float]:
    start = time.perf_counter()
    found = walked(_batches(_stream(connection)), CHANNELS)
    return found, time.perf_counter() - start


def _end_to_end() -> Iterator[Bar]:
    connection = _stocked(10 * MILLION)
    plain = min(_read(connection) for _ in range(3))
    found, seconds = min((_walk(connection) for _ in range(3)), key=lambda one: one[1])
    start = time.perf_counter()
    told = attribute(found.paths, Options(models=RULES), aged=found.aged)
    rules = time.perf_counter() - start
    if not isinstance(told, Attribution):
        raise TypeError(told)
    name = f"10 M touches to {len(found.paths):,} distinct paths and credit by age ({seconds:.1f} s)"
    yield at_most(f"{name}; times the engine's sort and stream ({plain:.1f} s)", seconds / plain, 4)
    yield at_most("the same and seven models of credit; times", (seconds + rules) / plain, 4)
    start = time.perf_counter()
    attribute(found.paths, aged=found.aged)
    every = time.perf_counter() - start
    yield Bar(
        "the same and all eleven models; times",
        f"{(seconds + every) / plain:.1f}",
        "for the record",
        passed=True,
    )


def _growth() -> Iterator[Bar]:
    sizes = [MILLION, 2 * MILLION, 4 * MILLION, 8 * MILLION, 16 * MILLION]
    stocks = [_stocked(size) for size in sizes]
    # Round by round, not size by size: a busy minute then slows all sizes alike.
    rounds = [[_walk(stock)[1] for stock in stocks] for _ in range(4)]
    seconds = np.min(rounds, axis=0).tolist()
    slope = float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])
    told = ", ".join(f"{one:.2f}" for one in seconds)
    yield at_most(f"exponent of time against rows, 1 to 16 M touches ({told} s)", slope, 1.05)


def _memory() -> Iterator[Bar]:
    """Walk 100 M touches in a process of its own; the engine sorts them from disk under its own limit of 2 GB."""
    command = [sys.executable, "-m", "tools.truth.attribution_speed", str(100 * MILLION)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        yield Bar(
            "100 M touches to distinct paths: memory", reason[:200], f"<= {MOST_MEMORY:g} GiB", passed=False
        )
        return
    peak, seconds, paths = (float(word) for word in done.stdout.split())
    name = f"100 M touches to {paths:,.0f} distinct paths ({seconds:.0f} s): memory at its highest"
    yield at_most(name, peak, MOST_MEMORY, " GiB")


def _alone(touches: int) -> None:
    import tempfile

    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/touches.duckdb"
        half = touches // 20
        with duckdb.connect(
            file, config={"threads": 2, "memory_limit": "1GB", "temp_directory": folder}
        ) as made:
            made.execute('CREATE TABLE rows (person BIGINT, "at" BIGINT, step INTEGER, worth DOUBLE)')
            for part in range(10):
                made.execute(
                    f"INSERT INTO rows SELECT (hash(i) % {touches // 5})::BIGINT, "  # noqa: S608 - numbers
                    "(hash(i + 7) % 7776000)::BIGINT, (hash(i + 11) % 20)::INTEGER, 0.0 "
                    f"FROM range({part * 2 * half}, {(part + 1) * 2 * half}) t(i)"
                )
            made.execute(
                f"INSERT INTO rows SELECT (hash(i + 13) % {touches // 5})::BIGINT, "  # noqa: S608 - numbers
                f"(hash(i + 17) % 7776000)::BIGINT, -1, 50.0 FROM range({touches // 75}) t(i)"
            )
            found, seconds = _walk(made)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{peak} {seconds} {len(found.paths)}")


if __name__ == "__main__" and len(sys.argv) > 1:
    _alone(int(sys.argv[1]))
