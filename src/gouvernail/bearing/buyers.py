"""Who really buys: the deals won over the year before the period's end, by role, age and country (S0, AUD04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from statistics import median

from gouvernail.bearing.measures import Measures
from gouvernail.checks.evidence import Buyers

DAYS = 365


def buyers(measures: Measures) -> Buyers | None:
    """Return who the contacts of the won deals are; None where the CRM holds no won deal."""
    if measures.engine is None:
        return None
    deals = measures.engine.table("deals")
    end = measures.period.end
    won = deals.filter((deals.stage == "won") & (deals.day <= end) & (deals.day > end - timedelta(days=DAYS)))
    rows = measures.engine.execute(
        won.select("deal_id", "contact_age", "contact_role", "country").distinct()
    ).to_pylist()
    if not rows:
        return None
    ages = [row["contact_age"] for row in rows if row["contact_age"] is not None]
    return Buyers(
        deals=len({row["deal_id"] for row in rows}),
        median_age=float(median(ages)) if ages else None,
        share_by_role=_shares(row["contact_role"] for row in rows),
        share_by_country=_shares(row["country"] for row in rows),
    )


def _shares(values: Iterable[str | None]) -> Mapping[str, float]:
    counted = Counter(value for value in values if value)
    whole = sum(counted.values())
    return {name: count / whole for name, count in counted.most_common()}
