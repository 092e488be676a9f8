"""The small company with people: four sales of September 2026, three with a path, and the visits before them.

p1 met the ads, then the letter, and bought for 100; p2 met the letter and bought for 60; p3 met an unknown campaign and
bought for 40; nobody known bought for 20; p4 met the ads and bought nothing. The ads cost 50, “Mystery” 10.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from gouvernail.warehouse.lake import Lake
from tests.bearing.company import fill, write_plan

VISITS = (
    ("p1", 1, "ads ch", "search_paid"),
    ("p1", 5, "letter", "email"),
    ("p2", 6, "letter", "email"),
    ("p3", 7, "flyer", "print"),
    ("p4", 8, "ads ch", "search_paid"),
)
SALES = (("p1", 10, 100), ("p2", 11, 60), ("p3", 12, 40), (None, 13, 20))


def _at(day: int) -> dict[str, Any]:
    instant = datetime(2026, 9, day, 12, tzinfo=UTC)
    return {"day": instant.date(), "instant": instant}


def facts() -> dict[str, list[dict[str, Any]]]:
    """Canonical rows by table."""
    return {
        "touchpoints": [
            {**_at(day), "person": who, "campaign": campaign, "channel": channel, "traffic_source": channel}
            for who, day, campaign, channel in VISITS
        ],
        "conversions": [
            {**_at(day), "person": who, "kind": "order", "order_id": f"o{day}", "value": Decimal(value), "currency": "CHF"}
            for who, day, value in SALES
        ],
        "spend": [
            {"day": _at(10)["day"], "until": _at(10)["day"], "campaign": name, "cost": Decimal(cost),
             "currency": "CHF", "clicks": 5, "impressions": 100, "channel": "search_paid"}
            for name, cost in (("Ads CH", 50), ("Mystery", 10))
        ],
    }  # fmt: skip


def shop(folder: Path) -> Path:
    """Make a workspace of the company with its people."""
    write_plan(folder)
    fill(Lake.open(folder / ".gouvernail" / "lake"), facts())
    return folder
