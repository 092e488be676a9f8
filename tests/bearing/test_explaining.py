"""Explanations of a hand-reckoned company: the drivers, what they added, and the actions behind them."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from gouvernail.base.periods import Period, parse_period
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.explained import Explained, Lag
from gouvernail.bearing.explaining import Explaining, tree_of
from gouvernail.bearing.explanations_json import explanation
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import Bearing
from gouvernail.bearing.schema import EXPLANATION
from gouvernail.bearing.soundness import Ways
from gouvernail.measurement.explain.explanation import Explanation, Role
from gouvernail.plan.graph import Graph
from gouvernail.plan.load import load_text
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import PERIOD, PLAN

TIED = PLAN.replace(
    "    serves: more-leads\n    budget: 3650\n",
    "    serves: more-leads\n    kpis: [average_deal_value]\n    budget: 3650\n",
).replace(
    "evaluations:",
    """\
  - id: fair
    title: Autumn fair
    type: event
    status: planned
    kpis: [won_deals]
    serves: grow
    start: 2026-09-10
    end: 2026-09-12
evaluations:""",
)


def explaining(words: str, lake: Lake, against: Period | None = None, period: Period = PERIOD) -> Explaining:
    plan = load_text(words).plan
    deeds = Deeds(Measures(plan, lake, period), Ways(Graph(plan), []))
    return Explaining(deeds, against or PERIOD.previous())


def added(one: Explained) -> dict[tuple[str, Role], float]:
    return {(each.part.metric, each.part.role): each.part.added for each in one.parts}


def test_the_move_of_an_objective_is_its_drivers(bearing: Bearing) -> None:
    # August and September 2026: one deal each, of 12,000 and 12,100.
    move = next(one for one in bearing.explanations if (one.objective, one.kind) == ("grow", "move"))

    assert isinstance(move.found, Explanation)
    assert (move.found.before, move.found.now) == (12_000, 12_100)
    assert added(move) == {("won_deals", Role.driver): 0.0, ("average_deal_value", Role.driver): 100.0}


def test_a_gap_tells_what_was_asked_of_no_driver(bearing: Bearing) -> None:
    # A year to September 2026: 12 deals of 11,550 = 138,600; 2025, where the way began: 12 of 10,650 = 127,800.
    gap = next(one for one in bearing.explanations if (one.objective, one.kind) == ("grow", "gap"))

    assert isinstance(gap.found, Explanation)
    assert (gap.found.before, gap.found.now) == (150_000, 138_600)
    assert (str(gap.period), str(gap.against)) == ("2025-10-01..2026-09-30", "2025")
    assert added(gap) == {
        ("won_deals", Role.driver): 0.0,
        ("average_deal_value", Role.driver): pytest.approx(10_800),
        ("revenue", Role.rest): pytest.approx(-22_200),
    }


def test_every_driver_has_the_actions_that_move_it_and_how_they_fall_short(lake: Lake) -> None:
    move = explaining(TIED, lake).move("revenue")
    movers = {
        each.part.metric: {
            one.action: [(lag.lag, lag.said.render("en").replace("\u00a0", " ")) for lag in one.shortfalls]
            for one in each.movers
        }
        for each in move.parts
    }

    assert movers == {
        "won_deals": {"fair": [(Lag.late, "should have started on September 10, 2026")]},
        "average_deal_value": {"ads": [(Lag.under_spent, "spent CHF 121 of the CHF 300 planned")]},
    }


def test_a_dearer_result_is_told(lake: Lake) -> None:
    # February 2026: 114 for 140 clicks; September: 121 for 210.
    move = explaining(TIED, lake, PERIOD, parse_period("2026-02")).move("revenue")
    driver = next(each for each in move.parts if each.part.metric == "average_deal_value")

    assert [one.lag for one in driver.movers[0].shortfalls] == [Lag.under_spent, Lag.less_effective]
    said = driver.movers[0].shortfalls[1].said.render("en")
    assert said.replace("\u00a0", " ") == "CHF 0.81 for a click, CHF 0.58 in September 2026"


def test_the_plan_drives_and_definitions_do_not_go_round(lake: Lake) -> None:
    measures = explaining(PLAN, lake).measures

    assert dict(tree_of(measures, "revenue").nodes).keys() == {"revenue"}
    assert (
        tree_of(measures, "win_rate").leaves == ("lost_deals", "won_deals")
        or tree_of(measures, "win_rate").nodes
    )


def test_an_explanation_obeys_its_schema(bearing: Bearing) -> None:
    assert bearing.explanations
    for one in bearing.explanations:
        for language in ("en", "fr"):
            jsonschema.validate(explanation(one, language), EXPLANATION, jsonschema.Draft202012Validator)


def test_nothing_imported_is_refused(tmp_path: Path) -> None:
    plan = load_text(PLAN).plan
    found = Explaining(Deeds(Measures(plan, None, PERIOD), Ways(Graph(plan), [])), PERIOD.previous()).move(
        "revenue"
    )

    assert not isinstance(found.found, Explanation)
    assert found.found.code == "no_values"
    assert explanation(found, "en")["refusal"]["code"] == "no_values"
