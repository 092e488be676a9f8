"""Gathering the evidence for the rules on a lake of a million rows, against reading the same rows once in DuckDB."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.bench import Ratio, Result, Setup, best_of, in_child, tell

if TYPE_CHECKING:
    from gouvernail.warehouse.lake import Lake

ROWS = {"spend": 500_000, "web": 250_000, "conversions": 150_000, "deals": 100_000}
SOURCES = {"spend": "google_ads", "web": "ga4", "conversions": "shopify", "deals": "hubspot"}
FIRST, DAYS = date(2024, 10, 1), 730
BATCH = 50_000
NOON = clock(12)
PLAN = """\
version: 1
organisation: {name: Bench, currency: CHF, language: en}
teams: [{id: sales, title: Sales, function: sales, follow_up_hours: 24}]
actions:
  - {id: ads, title: Ads, channel: search_paid, budget: 100000, start: 2026-01-01, end: 2026-12-31,
     tracking: [{value: campaign 1, match: prefix}]}
"""


def bench(setup: Setup) -> Result:
    """Gather once, cold: the answers of the engine are kept afterwards. The reference reads and groups every row.

    Seconds of this process, not of the clock: one thread does all the work, and other tenants are left out.
    """
    told = in_child("benchmarks.evidence", str(setup.folder), str(setup.scale))
    figures: dict[str, float | int | str] = {
        "rows in the lake": int(told["rows"]),
        "facts before, seconds": told["facts"],
        "gathering, seconds": told["seconds"],
        "questions to the engine while gathering": int(told["questions"]),
        "gathering again, seconds": told["again"],
        "reference, seconds": told["reference"],
        "peak memory, MiB": told["peak_mib"],
    }
    reading = "DuckDB grouping every table once by every text column that evidence looks at"
    ratios = (
        Ratio("gathering against reading once", told["seconds"] / told["reference"], LIMIT, reading),
        Ratio(
            "gathering against the facts before it",
            told["seconds"] / told["facts"],
            LIMIT_OF_FACTS,
            "the facts before it",
        ),
        Ratio("peak memory against 500 MiB", told["peak_mib"] / 500, 1.0, "500 MiB"),
    )
    return Result(figures, ratios if setup.scale >= 1 else ratios[2:])


LIMIT, LIMIT_OF_FACTS = 20.0, 2.0
GROUPS = {
    "spend": ("source", "campaign", "campaign_id", "campaign_type", "ad", "day"),
    "web": ("source", "cut", "campaign", "landing_page", "traffic_source", "day"),
    "conversions": ("source", "kind", "campaign", "traffic_source", "order_id"),
    "deals": ("source", "cut", "stage", "deal_id", "person"),
}


def _child(folder: Path, scale: float) -> None:
    from gouvernail.base.periods import parse_period
    from gouvernail.bearing.checking import open_plan
    from gouvernail.bearing.deeds import Deeds
    from gouvernail.bearing.gathering import gather
    from gouvernail.bearing.measures import Measures
    from gouvernail.bearing.soundness import Ways
    from gouvernail.plan.graph import Graph
    from gouvernail.warehouse.lake import Lake

    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    plan = open_plan(folder / "plan.yaml").plan
    lake = Lake.open(folder / "lake")
    rows = sum(_fill(lake, folder, table, int(count * scale)) for table, count in ROWS.items())
    reference = best_of(3, lambda: _read_once(lake), time.process_time)

    def stand() -> tuple[Measures, Deeds]:
        measures = Measures(plan, lake, parse_period("2026-09"))
        deeds = Deeds(measures, Ways(Graph(plan), ()))
        # What every bearing asks already, with or without evidence.
        _ = (
            deeds.statuses,
            measures.coverage,
            [measures.value(id, measures.period) for id in measures.metrics],
        )
        return measures, deeds

    start = time.process_time()
    measures, deeds = stand()
    facts = time.process_time() - start
    asked = _count(measures.engine)
    start = time.process_time()
    gather(measures, deeds, (), date(2026, 10, 1))
    seconds, questions = time.process_time() - start, asked[0]
    measures, deeds = stand()
    start = time.process_time()
    gather(measures, deeds, (), date(2026, 10, 1))
    again = time.process_time() - start
    tell(seconds, facts=facts, again=again, reference=reference, questions=questions, rows=rows)


def _count(engine: Any) -> list[int]:
    """Count what the engine really asks its database from now on."""
    asked, backend = [0], engine._backend
    plain = backend.execute

    def counted(expression: Any) -> Any:
        asked[0] += 1
        return plain(expression)

    backend.execute = counted
    return asked


def _read_once(lake: Lake) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        for table, names in GROUPS.items():
            files = [str(path) for path in lake.files(table)]
            keys = ", ".join(names)
            question = f"SELECT {keys}, count(*) FROM read_parquet(?) GROUP BY {keys}"
            connection.execute(f"SELECT count(*) FROM ({question})", [files]).fetchall()


def _fill(lake: Lake, folder: Path, table: str, count: int) -> int:
    import pyarrow as pa

    from gouvernail.warehouse.schema import arrow_schema

    original = folder / f"{table}.csv"
    original.write_text(table, "utf-8")
    chance = random.Random(table)
    with lake.begin(SOURCES[table], "main", original, {}) as work:
        for start in range(0, count, BATCH):
            rows = list(_rows(table, range(start, min(start + BATCH, count)), count, chance))
            work.add(table, pa.RecordBatch.from_pylist(rows, schema=arrow_schema(table)))
    return count


def _rows(table: str, numbers: range, count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in numbers:
        day = FIRST + timedelta(days=n * DAYS // count)
        campaign = f"Campaign {chance.randrange(200)}"
        match table:
            case "spend":
                yield {"day": day, "until": day, "campaign": campaign, "ad": f"Ad {chance.randrange(2000)}",
                       "cost": Decimal(chance.randrange(1, 20)), "currency": "CHF", "impressions": 100,
                       "clicks": chance.randrange(9), "conversions": 0.1, "campaign_type": "Search"}  # fmt: skip
            case "web":
                cut = ("source_medium_campaign", "landing_page")[n % 2]
                told = {"campaign": campaign} if n % 2 == 0 else {"landing_page": f"/{chance.randrange(500)}"}
                yield {"day": day, "until": day, "cut": cut, "sessions": chance.randrange(1, 50), "bounces": 1,
                       "key_events": 0.5, "traffic_source": "google", "medium": "cpc", **told}  # fmt: skip
            case "conversions":
                yield {"day": day, "kind": "order", "order_id": f"o{n}", "person": f"p{n % 9999}",
                       "value": Decimal(50), "currency": "CHF", "campaign": campaign, "country": "CH"}  # fmt: skip
            case _:
                yield _deal(n, day, chance)


def _deal(n: int, day: date, chance: random.Random) -> dict[str, Any]:
    """Three in four are contacts, some answered; the fourth is a deal of one of them."""
    person = f"c{n - n % 4}"
    if n % 4:
        noon = datetime.combine(day, NOON) + timedelta(hours=chance.randrange(90))
        return {"deal_id": f"c{n - n % 4}", "cut": "contacts", "stage": ("", "lead", "mql", "sql")[n % 4], "day": day,
                "created": day, "person": person, "contacted": noon, "contact_age": 20 + n % 50,
                "country": "Suisse"}  # fmt: skip
    return {"deal_id": f"d{n}", "cut": "deals", "stage": chance.choice(("won", "lost", "opportunity")), "day": day,
            "created": day, "closed": day, "person": person, "amount": Decimal(900), "currency": "CHF"}  # fmt: skip


if __name__ == "__main__":
    _child(Path(sys.argv[1]), float(sys.argv[2]))
