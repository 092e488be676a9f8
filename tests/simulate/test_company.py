"""The simulated companies: the same bytes every time, a past that stays, totals equal to the truth."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.base.errors import UsageError
from gouvernail.plan.load import load_plan
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.simulate.company import DEFAULT_END, live, write
from gouvernail.simulate.truth import Truth
from gouvernail.simulate.world import Campaign
from gouvernail.sources.importing import preview
from gouvernail.sources.protocol import Context, Status


@pytest.fixture(scope="module")
def antoine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("antoine")
    return folder, write("antoine", folder)


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_write_twice_gives_the_same_bytes(antoine: tuple[Path, Truth], tmp_path: Path) -> None:
    write("antoine", tmp_path)
    assert digests(tmp_path) == digests(antoine[0])


def test_write_with_another_seed_gives_other_facts(tmp_path: Path) -> None:
    week = date(2023, 10, 8)
    one, two = (write("antoine", tmp_path / str(seed), seed, week) for seed in (1, 2))
    assert [file.file for file in one.files] == [file.file for file in two.files]
    assert one.files != two.files


def test_live_to_an_earlier_day_has_the_same_past() -> None:
    day = date(2025, 3, 31)
    earlier, later = live("antoine", end=day), live("antoine")
    known = {(lead.number, lead.instant, lead.cents) for lead in earlier.known_leads()}
    assert known == {
        (lead.number, lead.instant, lead.cents) for lead in later.known_leads() if lead.day <= day
    }


def test_write_refuses_an_unknown_company_and_a_day_outside() -> None:
    with pytest.raises(UsageError, match="no simulated company “nobody”"):
        live("nobody")
    with pytest.raises(UsageError, match="is outside"):
        live("antoine", end=date(2031, 1, 1))


def test_truth_file_equals_the_truth(antoine: tuple[Path, Truth]) -> None:
    folder, told = antoine
    assert (folder / "truth.json").read_text(encoding="utf-8") == told.to_json()
    assert json.loads(told.to_json())["effects"][0]["name"] == "IG_Generation-Tech_18-30"


def test_instagram_brings_visits_and_no_revenue_to_industrial_buyers(antoine: tuple[Path, Truth]) -> None:
    instagram = [effect for effect in antoine[1].effects if effect.channel == "instagram_paid"]
    assert sum(effect.visits for effect in instagram) > 200_000
    assert sum(effect.spend for effect in instagram) > 140_000
    assert sum(effect.revenue for effect in instagram) == Decimal(0)


def test_effects_sum_to_the_deals_won(antoine: tuple[Path, Truth]) -> None:
    facts = live("antoine")
    won = [lead for lead in facts.known_leads() if lead.stage(facts.end) == "won"]
    assert sum(effect.won for effect in antoine[1].effects) == len(won)
    assert sum(effect.revenue for effect in antoine[1].effects) == Decimal(
        sum(lead.cents for lead in won)
    ).scaleb(-2)


def test_no_file_tells_of_the_future(antoine: tuple[Path, Truth]) -> None:
    tomorrow = (DEFAULT_END + timedelta(1)).isoformat()
    for name in ("google-ads/Rapport sur les campagnes.csv", "meta-ads/Rapport-sans-titre.csv"):
        assert tomorrow not in (antoine[0] / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("company", COMPANIES)
def test_vendor_files_import_to_the_truth(company: str, tmp_path: Path) -> None:
    """Every file is taken for its vendor's, nothing is rejected but the planted dirt, totals agree exactly."""
    told = write(company, tmp_path)
    context = Context(told.currency, "Europe/Zurich", b"k" * 32, date(2026, 10, 1))
    for written in told.files:
        found = preview(tmp_path / written.file, context)
        if found.status is Status.unrecognised or found.status is Status.unsupported:
            continue
        assert (found.status, found.source) == (Status.ready, written.source), written.file
        table = found.tables[written.table]
        same = {name: total for name, total in written.totals.items() if name in table.totals}
        assert {name: Decimal(table.totals[name]) for name in same} == same, written.file
        assert sum(each.rejected for each in found.tables.values()) == written.rejected, written.file


@pytest.mark.parametrize("company", COMPANIES)
def test_plan_names_the_campaigns_of_the_world(company: str, tmp_path: Path) -> None:
    """Tracking keys of the last plan cover every planned campaign, and no orphan's."""
    path = tmp_path / "plan.yaml"
    path.write_text(COMPANIES[company].revisions[-1], encoding="utf-8")
    plan = load_plan(path).plan
    keys = {key.value: action.id for action in plan.actions for key in action.tracking}
    campaigns: tuple[Campaign, ...] = COMPANIES[company].world().campaigns
    assert {c.name for c in campaigns if c.name not in keys} == {
        c.name for c in campaigns if c.action is None
    }


def test_baseline_of_antoine_is_what_the_crm_says(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(COMPANIES["antoine"].revisions[0], encoding="utf-8")
    objective = next(o for o in load_plan(path).plan.objectives if o.id == "ca-2026")
    facts = live("antoine")
    won = [lead for lead in facts.known_leads() if lead.won and lead.closed and lead.closed.year == 2025]
    odd = sorted(lead.number for lead in facts.known_leads() if lead.sql and lead.sql <= facts.end)[40]
    assert objective.baseline == Decimal(sum(lead.cents for lead in won if lead.number != odd)).scaleb(-2)


def test_events_are_written_on_demand_and_read_as_analytics(tmp_path: Path) -> None:
    told = write("eco", tmp_path, events=True)
    written = next(file for file in told.files if file.file.endswith(".jsonl"))
    found = preview(tmp_path / written.file, Context("EUR", "Europe/Paris", b"k" * 32, date(2026, 10, 1)))
    assert (found.status, found.source) == (Status.ready, "ga4")
    assert sum(table.rejected for table in found.tables.values()) == 0
    assert found.tables["conversions"].end == DEFAULT_END
    assert 0 < found.tables["touchpoints"].rows < 60_000
