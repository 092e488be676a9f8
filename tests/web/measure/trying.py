"""Experiments of the small company: one planned, one running, one that has ended, one that only the facts know."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.schema import arrow_schema

PLAN = [
    {
        "id": "checkout",
        "title": "Short checkout",
        "action": "ads",
        "hypothesis": "Fewer fields, more orders.",
        "variants": ["long", "short"],
        "outcome": "proportion",
        "reading": "fixed",
        "baseline": "0.05",
        "smallest_effect": "0.10",
        "value_of_one": "40",
        "cost": "20000",
        "horizon_days": 365,
        "horizon_subjects": 500000,
        "start": "2026-08-01",
        "end": "2026-08-20",
    },
    {
        "id": "headline",
        "title": "A bolder headline",
        "variants": ["plain", "bold"],
        "outcome": "proportion",
        "reading": "always_valid",
        "baseline": "0.05",
        "smallest_effect": "0.10",
        "subjects_a_day": "500",
        "start": "2026-09-20",
        "end": "2026-12-31",
    },
    {"id": "later", "title": "Free returns", "variants": ["paid", "free"], "start": "2027-01-10"},
]


def fill(lake: Lake) -> None:
    """Import the results, as if they had been read from a file."""
    original = lake.folder.parent / "results.csv"
    original.write_text("variant,visitors,conversions", "utf-8")
    with lake.begin("experiments", "main", original, {}) as work:
        work.add("experiments", pa.RecordBatch.from_pylist(rows(), schema=arrow_schema("experiments")))


def rows() -> list[dict[str, Any]]:
    """Results by day: twenty days of the one that ended, ten of the one that runs, five of a stranger with a bad split."""
    return [
        *_days("checkout", date(2026, 8, 1), 20, ("long", 1000, 50), ("short", 1000, 56)),
        *_days("headline", date(2026, 9, 20), 10, ("plain", 250, 12), ("bold", 250, 13)),
        *_days("Old banner", date(2026, 3, 1), 5, ("control", 1000, 50), ("banner", 1300, 60)),
    ]


def _days(name: str, first: date, count: int, *arms: tuple[str, int, int]) -> list[dict[str, Any]]:
    return [
        {
            "day": first + timedelta(days=i),
            "until": first + timedelta(days=i),
            "cut": "day",
            "experiment": name,
            "variant": variant,
            "control": place == 0,
            "exposures": people,
            "conversions": won,
            "value": float(won * 40),
        }
        for i in range(count)
        for place, (variant, people, won) in enumerate(arms)
    ]
