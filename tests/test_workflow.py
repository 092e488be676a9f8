"""The program on one screen: what a bearing needs, and what it never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from gouvernail.bearing.checking import check_loaded, open_plan
from gouvernail.bearing.model import Health
from gouvernail.warehouse.lake import Lake
from gouvernail.workflow import options, take_bearing
from tests.bearing.company import PERIOD, PLAN, TODAY, fill, rows, write_plan


def test_bearing_without_a_lake_is_the_checked_plan_and_refusals(tmp_path: Path) -> None:
    loaded = open_plan(write_plan(tmp_path))
    now = datetime(2026, 10, 5, 12, tzinfo=UTC)

    bearing = take_bearing(loaded, None, PERIOD, today=TODAY, now=now)

    checked = check_loaded(loaded, today=TODAY)
    assert bearing.figures.coherence == checked.coherence
    assert {one.finding.identity for one in checked.findings} <= {
        one.finding.identity for one in bearing.findings
    }
    assert (bearing.made_at, bearing.made_from.data, bearing.made_from.plan) == (now, "", loaded.digest)
    assert {one.health for one in bearing.objectives} == {Health.unknown}
    assert (bearing.coverage, bearing.orphans, bearing.figures.aligned_spend.actual) == ((), (), None)


def test_bearing_reads_one_version_of_the_lake_and_changes_nothing(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    fill(lake, {"spend": rows(range(20, 22))["spend"]})
    before = {path: path.read_bytes() for path in lake.folder.rglob("*") if path.is_file()}

    bearing = take_bearing(open_plan(write_plan(tmp_path)), lake, PERIOD, today=TODAY)

    assert bearing.made_from.data == lake.version()
    assert {path: path.read_bytes() for path in lake.folder.rglob("*") if path.is_file()} == before


def test_today_moves_the_rules_that_read_the_calendar_and_stands_in_the_options(tmp_path: Path) -> None:
    """A review that is due every month, and never was: late in a year's time, not yet on the first day."""
    words = PLAN.replace("evaluated: monthly", "evaluated: monthly\n    reviewed: monthly")
    loaded = open_plan(write_plan(tmp_path, words))

    early = check_loaded(loaded, today=date(2026, 1, 2))
    late = check_loaded(loaded, today=date(2026, 12, 30))

    assert {one.finding.code for one in late.findings} - {one.finding.code for one in early.findings} == {
        "REV01"
    }
    assert options(PERIOD, TODAY)["today"] == "2026-10-05"
