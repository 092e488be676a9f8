"""A company small enough to reckon by hand: 21 months, one deal won a month, two leads, two campaigns.

Month i runs from 1 (January 2025) to 21 (September 2026). Deal won: 10,000 + 100 i. Spend: 100 + i on
“Ads CH”, which the plan knows, and 10 on “Mystery”, which it does not. Every second month loses a deal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from gouvernail.base.periods import Period, parse_period
from gouvernail.bearing.checking import open_plan
from gouvernail.bearing.model import Bearing
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.schema import arrow_schema
from gouvernail.workflow import take_bearing

TODAY = date(2026, 10, 5)
PERIOD = parse_period("2026-09")
MONTHS = range(1, 22)
PLAN = """\
version: 1
organisation:
  name: Atelier Zoé
  currency: CHF
  language: en
objectives:
  - id: grow
    title: Revenue of 150,000
    level: business
    metric: revenue
    baseline: 120000
    target: 150000
    start: 2026-01-01
    due: 2026-12-31
    evaluated: monthly
  - id: more-leads
    title: Twenty leads a month
    level: marketing
    metric: leads
    baseline: 2
    target: 20
    window: monthly
    start: 2026-01-01
    due: 2026-12-31
    serves: grow
  - id: win-more
    title: Win four in five
    level: marketing
    metric: win_rate
    baseline: 0.5
    target: 0.8
    window: quarterly
    start: 2026-01-01
    due: 2026-12-31
    serves: grow
drivers:
  - id: how-revenue-is-made
    metric: revenue
    formula: won_deals * average_deal_value
actions:
  - id: ads
    title: Ads in Switzerland
    type: campaign
    channel: search_paid
    serves: more-leads
    budget: 3650
    start: 2026-01-01
    end: 2026-12-31
    tracking: [{value: ads ch, field: campaign}]
  - id: posts
    title: Pretty posts
    type: content
    channel: instagram_organic
    budget: 730
    start: 2026-01-01
    end: 2026-12-31
  - id: letter
    title: Quarterly letter
    type: content
    channel: email
    serves: {more-leads: 1, win-more: 1}
    budget: 0
    start: 2026-01-01
    end: 2026-12-31
    tracking: [{value: letter, field: utm_campaign}]
evaluations:
  - {id: spring, objective: grow, date: 2026-04-01, confidence: 0.8}
  - {id: summer, objective: grow, date: 2026-07-01, confidence: 0.6}
  - {id: winter, objective: grow, date: 2026-12-01, confidence: 0.1}
"""


def write_plan(folder: Path, words: str = PLAN) -> Path:
    path = folder / "plan.yaml"
    path.write_text(words, "utf-8")
    return path


def month(i: int, day: int) -> date:
    return date(2025 + (i - 1) // 12, (i - 1) % 12 + 1, day)


def rows(months: Iterator[int] | range = MONTHS) -> dict[str, list[dict[str, Any]]]:
    """Canonical rows by table."""
    made: dict[str, list[dict[str, Any]]] = {"spend": [], "deals": [], "conversions": []}
    for i in months:
        for campaign, cost in (("Ads CH", 100 + i), ("Mystery", 10)):
            made["spend"].append(
                {"day": month(i, 10), "until": month(i, 10), "campaign": campaign, "cost": Decimal(cost),
                 "currency": "CHF", "clicks": 10 * i, "impressions": 1000}
            )  # fmt: skip
        made["deals"].append(deal(i, "won", Decimal(10_000 + 100 * i)))
        if i % 2 == 0:
            made["deals"].append(deal(i, "lost", Decimal(500)))
        made["conversions"] += [
            {"day": month(i, 3), "kind": "lead", "order_id": f"lead-{i}-{n}", "person": f"p{i}-{n}"}
            for n in (1, 2)
        ]
    return made


def deal(i: int, stage: str, amount: Decimal) -> dict[str, Any]:
    return {
        "deal_id": f"{stage}-{i}",
        "day": month(i, 15),
        "cut": "deals",
        "stage": stage,
        "created": month(i, 1),
        "closed": month(i, 15),
        "amount": amount,
        "currency": "CHF",
        "traffic_source": "google",
        "campaign": "Ads CH" if i % 3 == 0 else None,
        "contact_role": "buyer",
        "country": "CH",
    }


SOURCES = {
    "spend": "google_ads",
    "deals": "hubspot",
    "conversions": "ga4",
    "touchpoints": "ga4",
    "holdouts": "holdouts",
}


def fill(lake: Lake, facts: dict[str, list[dict[str, Any]]]) -> None:
    """Import rows, one import a table, as if each had been read from a vendor's export."""
    for table, items in facts.items():
        original = lake.folder.parent / f"{table}-{len(lake.imports())}.csv"
        original.write_text(f"{table} {items!r}", "utf-8")
        with lake.begin(SOURCES[table], "main", original, {}) as work:
            work.add(table, pa.RecordBatch.from_pylist(items, schema=arrow_schema(table)))


def bearing_of(plan: Path, lake: Lake | None, period: Period = PERIOD) -> Bearing:
    return take_bearing(open_plan(plan), lake, period, today=TODAY)
