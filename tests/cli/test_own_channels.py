"""The channels that a plan describes: shown beside the catalogue's, and believed when visits are imported."""

from __future__ import annotations

from pathlib import Path

from gouvernail.cli.workspace import Workspace
from gouvernail.warehouse.lake import Lake
from tests.cli.conftest import Run

PLAN = """\
version: 1
organisation: {name: Us, currency: CHF, market: b2b}
channels:
  - id: linkedin_paid
    title: LinkedIn
    market: both
    ages: [{low: 30, high: 60, share: 0.8}]
    source: Our customer survey
    year: 2026
  - {id: guild, title: Engineers’ guild, market: b2b, stages: [consideration], traffic: [Ingenieure.ch]}
"""
VISITS = """\
# ---
# Shop
# Free form
# 20260901-20260930
# ---

Session source / medium,Sessions
,30,Grand total
google / cpc,20
forum.ingenieure.ch / referral,10
"""


def test_channels_of_the_plan_stand_beside_the_catalogue(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")

    rows = {row["id"]: row for row in run("channels", "--json", "--workspace", tmp_path).json}
    assert rows["guild"]["name"] == "Engineers’ guild"
    assert [id for id, row in rows.items() if row["own"]] == ["linkedin_paid", "guild"]


def test_what_the_plan_says_of_a_channel_replaces_the_catalogues_word(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")

    (row,) = run("channels", "linkedin_paid", "--json", "-w", tmp_path, "--lang", "en").json
    told = {name: row[name] for name in ("market", "market_source", "ages", "source", "not_verified", "url")}
    assert told == {
        "market": "both",
        "market_source": "your plan",
        "ages": {"30-60": 0.8},
        "source": "Our customer survey, 2026",
        "not_verified": [],
        "url": "",
    }
    assert row["term"] == "short"


def test_a_plan_that_cannot_be_read_leaves_the_catalogue(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("organisation: [", "utf-8")

    answer = run("channels", "-w", tmp_path, "--lang", "en")
    assert (answer.code, "search_paid" in answer.out) == (0, True)
    assert answer.err.startswith("The plan cannot be read, so its own entries are not shown")


def test_visits_from_a_source_that_the_plan_names_are_of_its_channel(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "visits.csv").write_text(VISITS, "utf-8")

    assert run("import", tmp_path / "visits.csv", "-w", tmp_path).code == 0
    assert channels_of(tmp_path) == {"google": "search_paid", "forum.ingenieure.ch": "guild"}


def test_a_file_is_imported_again_after_the_plan_named_a_source(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN.replace(", traffic: [Ingenieure.ch]", ""), "utf-8")
    (tmp_path / "visits.csv").write_text(VISITS, "utf-8")
    run("import", tmp_path / "visits.csv", "-w", tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    run("import", tmp_path / "visits.csv", "-w", tmp_path)

    assert channels_of(tmp_path) == {"google": "search_paid", "forum.ingenieure.ch": "guild"}


def channels_of(folder: Path) -> dict[str, str]:
    """Return traffic source → channel, as the lake has them."""
    from gouvernail.warehouse.engine import Engine

    engine = Engine(Lake.open(Workspace(folder).lake_path))
    rows = engine.execute(engine.table("web")).to_pylist()
    return {row["traffic_source"]: row["channel"] for row in rows}
