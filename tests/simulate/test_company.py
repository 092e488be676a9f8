"""The simulated companies: the same bytes every time, a past that stays, totals equal to the truth."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from gouvernail.base.errors import UsageError
from gouvernail.plan.load import load_plan
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.simulate.company import DEFAULT_END, live, write
from gouvernail.simulate.truth import Truth
from gouvernail.simulate.vendors.written import Facts
from gouvernail.simulate.world import Campaign
from tests.simulate.conftest import Importer


@pytest.fixture(scope="module")
def antoine(imported: Importer) -> tuple[Path, Truth]:
    found = imported("antoine")
    return found.folder, found.truth


@cache
def lived(company: str) -> Facts:
    return live(company)


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
    earlier, later = live("antoine", end=day), lived("antoine")
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
    assert sum(effect.visits for effect in instagram) > 190_000
    assert sum(effect.spend for effect in instagram) > 135_000
    assert sum(effect.revenue for effect in instagram) == Decimal(0)


def test_effects_sum_to_the_deals_won(antoine: tuple[Path, Truth]) -> None:
    facts = lived("antoine")
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


def test_companies_that_ask_again_keep_their_name_and_most_deals_are_with_new_ones() -> None:
    known = lived("antoine").known_leads()
    names = {lead.account: lead.company for lead in known if lead.account}
    assert len(set(names.values())) == len(names)
    assert all(names[lead.account] == lead.company for lead in known if lead.account)
    won = [lead for lead in known if lead.won]
    assert 0.1 < sum(lead.returns for lead in won) / len(won) < 0.3


def test_dashboard_of_antoine_holds_the_german_deals_won(antoine: tuple[Path, Truth]) -> None:
    told = antoine[1]
    facts = lived("antoine")
    won = (lead for lead in facts.known_leads() if lead.stage(facts.end) == "won" and lead.country == "DE")
    (written,) = (file for file in told.files if file.table == "observations")
    assert written.totals["value"] == Decimal(sum(lead.cents for lead in won)).scaleb(-2)


def test_events_of_the_last_months_name_the_people_of_the_shop(imported: Importer) -> None:
    found = imported("watches")
    written = next(file for file in found.truth.files if file.file.endswith(".jsonl"))
    events = [
        json.loads(line) for line in (found.folder / written.file).read_text(encoding="utf-8").splitlines()
    ]
    buyers = {order.email for order in lived("watches").known_orders()}
    bought = [event for event in events if event["event_name"] == "purchase"]
    assert {event["user_id"] for event in bought} <= buyers
    assert min(event["event_date"] for event in events) >= "20260331"


def test_write_without_events_leaves_them_out(tmp_path: Path) -> None:
    told = write("watches", tmp_path, end=date(2023, 11, 30), events=False)
    assert not any(file.file.endswith(".jsonl") for file in told.files)
