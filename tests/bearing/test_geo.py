"""Geo experiments of a table and of the organisation's own facts."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from gouvernail.base.errors import GouvernailError, UsageError
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.bearing.export import to_json
from gouvernail.bearing.geo import GeoRead, ReadAsk, Worth, read
from gouvernail.bearing.geo_choosing import ChooseAsk, Chosen, propose
from gouvernail.bearing.geo_data import offered, table_of
from gouvernail.bearing.geo_json import chosen_to_dict, json_schema, read_to_dict, refusal_to_dict
from gouvernail.bearing.schema import json_schema as bearing_schema
from gouvernail.measurement.experiments.decision import Verdict
from gouvernail.plan.load import load_text
from gouvernail.report.geo import advice, figures, headline, proposal_rows
from gouvernail.report.html import render
from gouvernail.simulate.markets import CITIES, MarketTest, write
from gouvernail.sources.files.generic import guess_mapping
from gouvernail.sources.geo_panel import GeoTable
from gouvernail.sources.geo_table import read_geo
from gouvernail.sources.importing import run
from gouvernail.sources.protocol import Context
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import PLAN, bearing_of, fill

TOLD = MarketTest()
ASK = ReadAsk(TOLD.treated, TOLD.start, TOLD.end, worth=Worth(margin=0.6, currency="CHF"))


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(TOLD, tmp_path_factory.mktemp("geo") / "sales_by_city.csv")


@pytest.fixture(scope="module")
def table(panel: Path) -> GeoTable:
    return read_geo(panel)


def valid(told: dict[str, object]) -> None:
    jsonschema.validate(told, json_schema(), jsonschema.Draft202012Validator)


def test_the_true_effect_is_found_and_paid(table: GeoTable) -> None:
    found = read(table, ASK)
    lift, brought, gain = found.reading.lift, found.reading.incremental, found.decision.money

    assert isinstance(lift, Estimate)
    assert isinstance(brought, Estimate)
    assert isinstance(gain, Estimate)
    assert lift.low is not None
    assert lift.high is not None
    assert 0 < lift.low < TOLD.lift < lift.high
    assert (found.spend, found.measured) == (pytest.approx(TOLD.spend, abs=2), True)
    assert gain.value == pytest.approx(0.6 * brought.value - (found.spend or 0))
    assert found.decision.verdict is Verdict.adopt
    assert isinstance(found.per_spend, Estimate)
    assert found.per_spend.value == pytest.approx(brought.value / (found.spend or 1))
    assert "sold 10.0% more than without" in headline(found).render("en")
    assert [one.refusal for one in figures(found)] == [None] * 6
    valid(read_to_dict(found, "fr"))


def test_the_days_told_sum_to_what_was_brought(table: GeoTable) -> None:
    told = read_to_dict(read(table, ASK), "en")
    test = [day for day in told["days"] if day["test"]]

    assert (len(test), test[0]["day"], told["since"]) == (TOLD.test, "2026-06-08", "2026-03-02")
    assert sum(day["sold"] - day["expected"] for day in test) == pytest.approx(told["incremental"]["value"])
    assert sum(day["sold"] - day["high"] for day in test) == pytest.approx(told["incremental"]["low"])


def test_worth_spend_cost_and_least_move_the_money_alone(table: GeoTable) -> None:
    plain = read(table, ASK)
    other = read(table, replace(ASK, spend=1000, worth=Worth(2.0, 0.5, cost=500, least=1e9)))
    brought = plain.reading.incremental

    assert isinstance(brought, Estimate)
    assert other.reading.incremental == brought
    assert isinstance(other.decision.money, Estimate)
    assert other.decision.money.value == pytest.approx(brought.value - 1500)
    assert isinstance(other.per_spend, Estimate)
    assert other.per_spend.value == pytest.approx(2 * brought.value / 1000)
    assert other.decision.verdict is Verdict.indifferent


def test_weeks_are_laid_out_from_the_test(table: GeoTable) -> None:
    found = read(table, replace(ASK, weeks=True))
    later = read(table, replace(ASK, weeks=True, since=date(2026, 3, 4)))

    assert (found.step, found.days[0], len(found.days)) == (7, date(2026, 3, 2), 18)
    assert (later.step, later.days[0], len(later.days)) == (7, date(2026, 3, 9), 17)
    assert found.spend == pytest.approx(TOLD.spend, abs=2)
    assert isinstance(found.reading.lift, Estimate)


def test_without_spend_there_is_no_return_and_a_note(table: GeoTable) -> None:
    found = read(replace(table, spend=None), ASK)

    assert isinstance(found.per_spend, Refusal)
    assert found.spend is None
    assert [note.template for note in found.notes] == ["No cost is known: the gain is told before any."]
    valid(read_to_dict(found, "en"))


def test_a_refused_reading_is_told_whole(table: GeoTable) -> None:
    found = read(table, replace(ASK, start=date(2026, 3, 10), end=date(2026, 3, 20)))

    assert found.refusal is not None
    assert found.refusal.code == "too_short"
    assert headline(found) == found.refusal.reason
    told = read_to_dict(found, "en")
    valid(told)
    assert (told["days"], told["verdict"], told["controls"]) == ([], "refused", {})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"treated": ("dijn",)}, "There is no market “dijn”. Did you mean “Dijon”?"),
        ({"treated": ("Qqqq",)}, "There is no market “Qqqq”. It has: Annecy,"),
        ({"treated": ()}, "Say which markets had the action."),
        ({"left_out": ("Dijon",)}, "“Dijon” is both treated and left out."),
        ({"end": date(2026, 6, 1)}, "before it begins"),
        ({"start": date(2026, 3, 2)}, "The figures run from March 2, 2026 to July 5, 2026"),
        ({"end": date(2026, 8, 1)}, "The figures run from"),
        ({"since": date(2026, 7, 1)}, "not before the test"),
        ({"weeks": True, "end": date(2026, 7, 4)}, "The test lasts 27 days"),
        ({"level": 0.3}, "The level lies between"),
        ({"spend": -1.0}, "What was spent is 0 or more."),
        ({"spend": float("nan")}, "What was spent is 0 or more."),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(table: GeoTable, change: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(table, replace(ASK, **change))  # type: ignore[arg-type]
    assert said in str(refused.value)


def test_weekly_tables_begin_and_end_with_a_week(table: GeoTable) -> None:
    sums = table.sales.reshape(18, 7, -1).sum(axis=1)
    weekly = GeoTable(table.markets, table.days[::7], 7, sums, None, "sales")

    assert isinstance(read(weekly, ASK).reading.lift, Estimate)
    with pytest.raises(UsageError, match=r"must begin with one, such as June 8"):
        read(weekly, replace(ASK, start=date(2026, 6, 10)))
    with pytest.raises(UsageError, match=r"must end with one, such as July 5"):
        read(weekly, replace(ASK, end=date(2026, 7, 2)))


@pytest.fixture(scope="module")
def chosen(table: GeoTable) -> Chosen:
    history = GeoTable(table.markets, table.days[: -TOLD.test], 1, table.sales[: -TOLD.test], None, "sales")
    found = propose(history, ChooseAsk(lengths=(14, 28), counts=(1, 3), budget=3000, worth=ASK.worth))
    assert isinstance(found, Chosen)
    return found


def test_proposals_stand_side_by_side_with_one_to_take(chosen: Chosen) -> None:
    assert [(one.days, one.count) for one in chosen.proposals] == [(14, 1), (14, 3), (28, 1), (28, 3)]
    assert chosen.best in chosen.proposals
    assert [row.best for row in proposal_rows(chosen)].count(True) == 1
    for one in chosen.proposals:
        if one.split is None:
            assert one.refusal is not None
            continue
        assert one.pays == pytest.approx(one.split.lift * one.split.sales * 0.6)
        assert one.split.wanted == pytest.approx(3000 / (0.6 * one.split.sales))
        assert one.split.power is not None
        assert one.split.power >= 0.8
    assert advice(chosen).render("en").startswith("Treat ")
    valid(chosen_to_dict(chosen, "fr"))


def test_the_rehearsal_reads_days_on_which_nothing_was_done(chosen: Chosen) -> None:
    rehearsal = chosen.rehearsal

    assert isinstance(rehearsal, GeoRead)
    assert chosen.best is not None
    assert chosen.best.split is not None
    assert rehearsal.ask.treated == chosen.best.split.treated
    assert rehearsal.ask.end == TOLD.start - timedelta(days=1)
    assert isinstance(rehearsal.reading.lift, Estimate)
    assert abs(rehearsal.reading.lift.value) < 0.06


def test_what_shows_nothing_is_told_beside_the_others(table: GeoTable) -> None:
    found = propose(table, ChooseAsk(lengths=(14,), counts=(1, 14), lift=0.001))
    short = propose(replace(table, days=table.days[:20], sales=table.sales[:20]), ChooseAsk())

    assert isinstance(found, Chosen)
    assert [one.refusal.code for one in found.proposals if one.refusal] == ["not_found", "too_few_markets"]
    assert (found.best, found.rehearsal) == (None, None)
    assert "No proposal shows" in advice(found).render("en")
    valid(chosen_to_dict(found, "en"))
    assert isinstance(short, Refusal)
    assert short.code == "too_short"
    valid(refusal_to_dict(short, "en"))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (ChooseAsk(must=("Lyn",)), "Did you mean “Lyon”"),
        (ChooseAsk(must=("Lyon",), never=("lyon",)), "“Lyon” must be treated and must not."),
        (ChooseAsk(power=1.2), "Power and level lie"),
        (ChooseAsk(lift=-0.1), "The effect to be found is a share"),
        (ChooseAsk(budget=float("nan")), "The budget of the test is more than 0."),
        (ChooseAsk(lengths=(2,)), "A test lasts 3 days or more."),
        (ChooseAsk(lengths=(15,), weeks=True), "whole weeks, 21 days or more"),
        (ChooseAsk(lengths=tuple(range(3, 20))), "more than 20 proposals"),
    ],
)
def test_a_choice_that_cannot_be_made_is_one_sentence(table: GeoTable, ask: ChooseAsk, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        propose(table, ask)
    assert said in str(refused.value)


def test_worth_is_checked() -> None:
    for wrong in ({"one": 0.0}, {"margin": 1.2}, {"margin": 0.0}, {"cost": -1.0}, {"least": float("nan")}):
        with pytest.raises(GouvernailError):
            Worth(**wrong)


def test_a_panel_is_imported_as_it_is_and_read_from_the_facts(
    panel: Path, table: GeoTable, tmp_path: Path
) -> None:
    lake = Lake.open(tmp_path / "lake")
    mapping = guess_mapping(panel)
    assert mapping["columns"] == {
        "day": "date",
        "metric": {"value": "market_sales"},
        "dimensions": {"join": {"market": "city"}},
        "value": "sales",
    }
    context = Context("CHF", "Europe/Zurich", lake.secret, date(2026, 11, 22))
    assert run(panel, lake, context, mapping).record is not None

    (offer,) = offered(lake)
    assert (offer.id, offer.markets) == ("observation|sales_by_city|market_sales", CITIES)
    assert (offer.first, offer.last) == (TOLD.first, TOLD.end)
    again = table_of(load_text(PLAN).plan, lake, offer.id)
    assert (again.markets, again.days, again.step) == (table.markets, table.days, 1)
    assert np.allclose(again.sales, table.sales)


def test_orders_by_country_are_a_panel(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    days = [date(2026, 9, 1), date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 3), date(2026, 9, 3)]
    countries = ["CH", "FR", "CH", "CH", None]
    fill(lake, {"conversions": [
        {"day": day, "kind": "order", "order_id": f"o{place // 2}", "value": Decimal(10), "currency": "CHF", "country": country}
        for place, (day, country) in enumerate(zip(days, countries, strict=True))
    ]})  # fmt: skip
    plan = load_text(PLAN).plan
    offers = {one.id.partition("|")[0]: one for one in offered(lake)}

    assert set(offers) == {"order", "order_value"}
    assert offers["order_value"].money
    counted, valued = (table_of(plan, lake, offers[kind].id) for kind in ("order", "order_value"))
    assert counted.markets == ("CH", "FR")
    assert counted.sales.tolist() == [[1, 1], [0, 0], [1, 0]]
    assert valued.sales.tolist() == [[10, 10], [0, 0], [20, 0]]


def test_a_panel_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    lake, plan = Lake.open(tmp_path / "lake"), load_text(PLAN).plan

    assert offered(lake) == offered(None) == ()
    for id in ("", "order", "order|x'; DROP", "observation|a", "observation|a|b", "moon|x"):
        with pytest.raises(UsageError, match="hold no panel"):
            table_of(plan, lake, id)


def test_geo_tests_of_the_plan_are_in_the_bearing_and_the_report(panel: Path, tmp_path: Path) -> None:
    tests = f"""
experiments:
  - {{id: radio, title: Radio in three cities, markets: [dijon, Lausanne, Valence], start: {TOLD.start}, end: {TOLD.end}, spend: 3000}}
  - {{id: moon, title: Posters on the moon, markets: [Tycho], start: {TOLD.start}, end: {TOLD.end}}}
  - {{id: later, title: Not over, markets: [Dijon], start: 2026-11-01, end: 2026-12-01}}
"""
    lake = Lake.open(tmp_path / "lake")
    context = Context("CHF", "Europe/Zurich", lake.secret, date(2026, 11, 22))
    run(panel, lake, context, guess_mapping(panel))
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN + tests, "utf-8")

    bearing, again = bearing_of(plan, lake), bearing_of(plan, lake)
    told = json.loads(to_json(bearing, "en"))
    shown = " ".join(html.unescape(render(bearing, "fr")).split())

    jsonschema.validate(told, bearing_schema(), jsonschema.Draft202012Validator)
    assert bearing.geo_tests == again.geo_tests
    radio, moon = told["geo_tests"]
    assert (radio["experiment"], radio["verdict"]) == ("radio", "adopt")
    assert radio["lift"]["low"] < TOLD.lift < radio["lift"]["high"]
    assert (moon["verdict"], moon["lift"]["refusal"]["code"]) == ("refused", "no_data")
    assert "Tests géographiques" in shown
    assert "L’action a augmenté de 10,0 % les ventes" in shown.replace("\u00a0", " ")
