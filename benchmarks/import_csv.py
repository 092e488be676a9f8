"""Import of a clean ads report, against DuckDB's own CSV → Parquet of the same file; memory as the file grows.

Run as a module it is the child: `python -m benchmarks.import_csv ours|duckdb FILE FOLDER`.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.bench import Ratio, Result, Setup, in_child, tell

ROWS, MORE_ROWS = 1_000_000, 5_000_000
LIMIT_MIB = 1.5 * 1024


def bench(setup: Setup) -> Result:
    """Import one and five million rows, each in a process of its own."""
    small, large = setup.folder / "small.csv", setup.folder / "large.csv"
    write_report(small, setup.size(ROWS))
    write_report(large, setup.size(MORE_ROWS))
    reference = min((_child("duckdb", small, setup, n) for n in range(3)), key=lambda told: told["seconds"])
    ours = min((_child("ours", small, setup, n) for n in range(3)), key=lambda told: told["seconds"])
    more = _child("ours", large, setup, 9)
    figures = {
        "rows": setup.size(ROWS),
        "file, MiB": small.stat().st_size / 2**20,
        "DuckDB read_csv → Parquet, seconds": reference["seconds"],
        "gouvernail import, seconds": ours["seconds"],
        "rows imported": int(ours["rows"]),
        "peak memory, MiB": ours["peak_mib"],
        "rows of the larger file": setup.size(MORE_ROWS),
        "gouvernail import of it, seconds": more["seconds"],
        "peak memory with it, MiB": more["peak_mib"],
    }
    return Result(
        figures,
        (
            Ratio("import", ours["seconds"] / reference["seconds"], 3.0, "DuckDB read_csv → Parquet"),
            Ratio(
                "peak memory, five times the rows",
                more["peak_mib"] / ours["peak_mib"],
                1.5,
                "one time the rows",
            ),
            Ratio("peak memory against the promised 1.5 GiB", more["peak_mib"] / LIMIT_MIB, 1.0, "1.5 GiB"),
        ),
    )


def write_report(path: Path, rows: int) -> None:
    """Write a Google Ads campaign report by day: as many rows as asked for, 1,000 a day."""
    import duckdb

    duckdb.sql(
        f"""
        COPY (
            SELECT (DATE '2019-01-01' + (i // 1000)::INT)::VARCHAR AS "Day",
                   'Campaign ' || (i % 1000) AS "Campaign",
                   (1000000 + i % 1000)::VARCHAR AS "Campaign ID",
                   'Search' AS "Campaign type",
                   'CHF' AS "Currency code",
                   printf('%.2f', (hash(i) % 100000) / 100.0) AS "Cost",
                   hash(i + 1) % 20000 AS "Impr.",
                   hash(i + 2) % 900 AS "Clicks",
                   printf('%.2f', (hash(i + 3) % 900) / 100.0) AS "Conversions",
                   printf('%.2f', (hash(i + 4) % 900000) / 100.0) AS "Conv. value"
            FROM range({rows}) t(i)
        ) TO '{path}' (HEADER, DELIMITER ',')
        """
    )


def _child(how: str, file: Path, setup: Setup, run: int) -> dict[str, float]:
    return in_child("benchmarks.import_csv", how, str(file), str(setup.folder / f"{how}-{file.stem}-{run}"))


def _duckdb(file: Path, folder: Path) -> None:
    import duckdb

    start = time.perf_counter()
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{file}')) TO '{folder / 'out.parquet'}' (FORMAT parquet)")
    tell(time.perf_counter() - start)


def _ours(file: Path, folder: Path) -> None:
    from gouvernail.sources.importing import run
    from gouvernail.sources.protocol import Context
    from gouvernail.warehouse.lake import Lake

    lake = Lake.open(folder / "lake")
    context = Context("CHF", "Europe/Zurich", lake.secret, date(2040, 1, 1))
    # Modules are loaded by a small import first, as DuckDB's are: what is measured is the file.
    first = folder / "first.csv"
    write_report(first, 5)
    run(first, Lake.open(folder / "first"), context)
    start = time.perf_counter()
    run(file, lake, context)
    seconds = time.perf_counter() - start
    tell(seconds, rows=_rows(lake))


def _rows(lake: object) -> int:
    from gouvernail.warehouse.engine import Engine

    engine = Engine(lake)  # type: ignore[arg-type]
    count = engine.execute(engine.table("spend").count().name("rows").as_table())
    return int(count.column(0)[0].as_py())


if __name__ == "__main__":
    work = {"ours": _ours, "duckdb": _duckdb}[sys.argv[1]]
    target = Path(sys.argv[3])
    target.mkdir(parents=True)
    work(Path(sys.argv[2]), target)
