"""Google Analytics 4: reports and events."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from gouvernail.sources.detect import recognise
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import open_file
from gouvernail.sources.values.persons import pseudonym

CONTEXT = Context("EUR", "UTC", b"k" * 32, date(2026, 11, 22))
TOP = "# ---\n# Report\n# Account: Us\n# Property: Shop\n# ---\n# \n# Start date: 20260901\n# End date: 20260930\n"


def rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the canonical rows of a file, table by table, without empty cells."""
    found: dict[str, list[dict[str, Any]]] = {}
    with open_file(path) as opened:
        detection = recognise(opened)
        assert detection.source is not None
        for part in detection.parts:
            for chunk in detection.source.read(part.sheet, part.match, CONTEXT):
                listed = pa.Table.from_batches([chunk.rows]).to_pylist()
                found.setdefault(chunk.table, []).extend(
                    {k: v for k, v in row.items() if v is not None} for row in listed
                )
    return found


def test_a_report_covers_its_period_and_averages_become_sums(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(
        TOP + "Landing page,Sessions,Average engagement time per session,Key events\n/a,10,2.5,1\n"
    )
    assert rows(path)["web"] == [
        {
            "day": date(2026, 9, 1), "until": date(2026, 9, 30), "cut": "landing_page", "landing_page": "/a", "sessions": 10,
            "key_events": 1.0, "engagement_seconds": 25.0, "currency": "EUR", "source": "ga4", "account": "Shop", "source_row": 1,
        }
    ]  # fmt: skip


def test_source_and_medium_are_split_and_the_grand_total_left_out(tmp_path: Path) -> None:
    path = tmp_path / "exploration.csv"
    path.write_text(
        "# ---\n# Shop\n# Free form\n# 20260901-20260930\n# ---\n\nSession source / medium,Sessions\n"
        ",30,Grand total\ngoogle / cpc,20\nnewsletter / email,10\n"
    )
    found = [(row["traffic_source"], row["medium"], row["sessions"], row["cut"]) for row in rows(path)["web"]]
    assert found == [
        ("google", "cpc", 20, "source_medium_campaign"),
        ("newsletter", "email", 10, "source_medium_campaign"),
    ]


def test_a_snapshot_is_cut_into_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.csv"
    dates = "# Start date: 20260901\n# End date: 20260902\n"
    path.write_text(
        TOP
        + f"Nth day,New users\n0000,3\n0001,4\n\n# \n{dates}Event name,Key events\n\n\n# \n{dates}Platform,Views\nweb,9\n"
    )
    found = [(row["day"], row["until"], row["cut"]) for row in rows(path)["web"]]
    assert found == [
        (date(2026, 9, 1), date(2026, 9, 1), "date"),
        (date(2026, 9, 2), date(2026, 9, 2), "date"),
        (date(2026, 9, 1), date(2026, 9, 2), "other"),
    ]


def event(name: str, micros: int, session: int, **more: Any) -> str:
    params = [{"key": "ga_session_id", "value": {"int_value": session}}]
    params += [
        {"key": key, "value": {"string_value": value}} for key, value in more.pop("params", {}).items()
    ]
    told = {
        "event_name": name,
        "event_timestamp": str(micros),
        "user_pseudo_id": "u.1",
        "event_params": params,
    }
    return json.dumps(told | more)


def test_events_become_visits_and_purchases(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    noon = int(datetime.fromisoformat("2026-09-01T12:00:00+00:00").timestamp()) * 1_000_000
    path.write_text(
        "\n".join(
            [
                event("page_view", noon + 60_000_000, 1),
                event(
                    "session_start",
                    noon,
                    1,
                    params={"source": "google", "medium": "cpc", "campaign": "brand"},
                ),
                event(
                    "purchase",
                    noon + 90_000_000,
                    1,
                    ecommerce={"purchase_revenue": 49.9, "transaction_id": "T1"},
                ),
                event("page_view", noon + 7_200_000_000, 2),
            ]
        )
    )
    found = rows(path)
    assert [(t["instant"].hour, t["traffic_source"], t["medium"]) for t in found["touchpoints"]] == [
        (12, "google", "cpc"),
        (14, "(direct)", "(none)"),
    ]
    (order,) = found["conversions"]
    assert (order["kind"], str(order["value"]), order["order_id"]) == ("order", "49.900000", "T1")
    assert order["person"] == found["touchpoints"][0]["person"] == pseudonym(b"k" * 32, "u.1")
    assert sum(row["sessions"] for row in found["web"]) == 2


def test_events_of_a_known_person_are_theirs_before_the_login_too(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    noon = int(datetime.fromisoformat("2026-09-01T12:00:00+00:00").timestamp()) * 1_000_000
    later = noon + 86_400_000_000
    path.write_text(
        "\n".join(
            [
                event("session_start", noon, 1, params={"source": "google", "medium": "cpc"}),
                event(
                    "purchase",
                    later,
                    2,
                    user_id="Anna@mail.example",
                    ecommerce={"purchase_revenue": 10, "transaction_id": "T"},
                ),
            ]
        )
    )
    found = rows(path)
    anna = pseudonym(b"k" * 32, "anna@mail.example")
    assert [each["person"] for each in (*found["touchpoints"], *found["conversions"])] == [anna] * 3
    assert {row["cut"] for row in found["web"]} == {"events"}
