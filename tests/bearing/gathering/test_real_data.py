"""The funnel of Olist (8,000 leads, 842 deals), against its published counts and a plain reckoning."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from gouvernail.base.periods import Period
from gouvernail.bearing.gathering.funnel import funnel
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.bearing.gathering.tracing import tracing
from gouvernail.checks.measuring_evidence import Tracing
from tests.bearing.gathering.world import Row, stand

WHOLE = Period(date(2017, 6, 1), date(2018, 5, 31))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def days(shared_data: Path) -> dict[str, tuple[date, date | None, str]]:
    """Lead → day of its first contact, day on which it was won, origin."""
    folder = shared_data / "datasets" / "olist-marketing-funnel"
    won = {row["mql_id"]: row["won_date"] for row in read(folder / "olist_closed_deals_dataset.csv")}
    return {
        row["mql_id"]: (
            date.fromisoformat(row["first_contact_date"][:10]),
            date.fromisoformat(won[row["mql_id"]][:10]) if row["mql_id"] in won else None,
            row["origin"],
        )
        for row in read(folder / "olist_marketing_qualified_leads_dataset.csv")
    }


@pytest.fixture(scope="module")
def ground(
    days: dict[str, tuple[date, date | None, str]], tmp_path_factory: pytest.TempPathFactory
) -> Ground:
    rows: list[Row] = []
    for id, (first, won, origin) in days.items():
        told = {"deal_id": id, "created": first, "traffic_source": origin or None, "cut": "deals"}
        rows.append({**told, "day": first, "stage": "lead"})
        if won:
            rows.append({**told, "day": won, "closed": won, "stage": "won"})
    return stand(tmp_path_factory.mktemp("olist"), ("crm", "deals", rows), period=WHOLE)


def test_leads_without_origin_are_those_published(ground: Ground) -> None:
    (leads, *_) = tracing(ground)

    assert leads == Tracing("lead", 8000, 60)


def test_cohort_is_that_of_a_plain_reckoning(
    ground: Ground, days: dict[str, tuple[date, date | None, str]]
) -> None:
    end = WHOLE.end
    waits = sorted(
        (won - first).days for first, won, _ in days.values() if won and won <= end and won >= first
    )
    place = 0.9 * (len(waits) - 1)
    low = waits[int(place)]
    patience = int(low + (waits[int(place) + 1] - low) * (place - int(place))) + 1
    cohort = [
        (first, won)
        for first, won, _ in days.values()
        if WHOLE.start <= first and (end - first).days >= patience
    ]

    found = funnel(ground)

    assert found is not None
    lead = found.stages[0]
    assert (lead.stage, lead.entered) == ("lead", len(cohort))
    assert lead.went_on == sum(won is not None and won <= end for _, won in cohort)
    # Published: the median of all 842 is 14 days; deals closed after May 2018 are not known yet here.
    assert lead.days_to_next == waits[len(waits) // 2]
