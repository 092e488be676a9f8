"""Credit by model from the lake: side by side, with cost and return, climbed to the objectives."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import parse_period
from gouvernail.base.values import Ratio
from gouvernail.bearing.attributed import PARTS, Attributed, Question, ask
from gouvernail.bearing.attributed_json import json_schema, refusal_to_dict, to_dict
from gouvernail.bearing.checking import open_plan
from gouvernail.measurement.attribution.batches import Window
from gouvernail.measurement.attribution.stream import UNNAMED, Level
from gouvernail.report.crediting import credit_rows
from gouvernail.warehouse.lake import Lake
from tests.bearing.selling import shop

SEPTEMBER = parse_period("2026-09")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop(tmp_path_factory.mktemp("shop"))


def _ask(folder: Path, level: Level = "channel", **asked: Any) -> Attributed | Refusal:
    plan = open_plan(folder / "plan.yaml").plan
    question = Question(asked.pop("period", SEPTEMBER), level, **asked)
    return ask(plan, Lake.open(folder / ".gouvernail" / "lake"), question)


def _found(folder: Path, level: Level = "channel", **asked: Any) -> Attributed:
    found = _ask(folder, level, **asked)
    assert isinstance(found, Attributed)
    return found


def _values(found: Attributed, model: str) -> dict[str, float]:
    return {step: share.value for step, share in found.credit.models[model].items()}


def test_models_stand_side_by_side_and_say_what_has_no_path(folder: Path) -> None:
    found = _found(folder)

    assert _values(found, "first") == {"email": 60, "print": 40, "search_paid": 100}
    assert _values(found, "last") == {"email": 160, "print": 40, "search_paid": 0}
    assert (found.credit.conversions, found.credit.untraced, found.credit.coverage) == (3, 1, 0.75)
    assert (found.credit.value, found.credit.untraced_value, found.credit.nulls) == (200, 20, 1)


def test_levels_name_steps_and_tell_cost_where_the_exports_do(folder: Path) -> None:
    costs = {
        level: (
            {step: float(cost.amount) for step, cost in found.costs.items()},
            float(found.unmatched.amount),
        )
        for level in ("channel", "campaign", "action")
        if (found := _found(folder, level))
    }

    assert costs == {
        "channel": ({"search_paid": 50}, 10),
        "campaign": ({"ads ch": 50, "Mystery": 10}, 0),
        "action": ({"ads": 50}, 10),
    }
    assert _found(folder, "source_medium").no_cost is not None


@pytest.mark.parametrize("model", ["first", "last", "linear", "shapley", "markov_1"])
def test_objectives_and_unlinked_sum_to_the_whole_exactly(folder: Path, model: str) -> None:
    climb = _found(folder, "action").climbs[model]

    for part in PARTS:
        tops = sum((getattr(climb.objectives[id], part) for id in climb.tops), Fraction(0))
        assert tops + getattr(climb.unlinked, part) == getattr(climb.total, part)
    assert climb.tops == ("grow",)
    assert climb.total.cost == 60


def test_credit_climbs_by_the_weights_of_serves(folder: Path) -> None:
    climb = _found(folder, "action").climbs["last"]

    # The letter is credited with 160 and serves two objectives alike, which both serve the third.
    assert {id: held.value for id, held in climb.objectives.items()} == {
        "grow": 160,
        "more-leads": 80,
        "win-more": 80,
    }
    # The unknown campaign's 40 and the 20 of nobody known.
    assert (climb.unlinked.value, climb.unlinked.conversions, climb.unlinked.cost) == (60, 2, 10)


def test_return_and_cost_per_result_come_in_the_same_answer(folder: Path) -> None:
    told = to_dict(_found(folder, "action"), "en")

    assert told["models"]["first"]["ads"] == {
        "conversions": 1.0, "value": 100.0, "cost": "50.00", "return": 2.0, "cost_per_result": 50.0
    }  # fmt: skip
    assert told["models"]["first"][UNNAMED]["return"] is None
    assert told["names"][UNNAMED] == "No action"


@pytest.mark.parametrize("level", ["channel", "source_medium", "campaign", "action"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_json_obeys_its_schema(folder: Path, level: Level, language: str) -> None:
    told = json.loads(json.dumps(to_dict(_found(folder, level), language)))

    jsonschema.validate(told, json_schema(), jsonschema.Draft202012Validator)
    assert set(told["models"]) == set(told["options"]["models"])


def test_a_short_window_leaves_touches_out_and_is_kept_with_the_answer(folder: Path) -> None:
    found = _found(folder, window=Window(6, restart=False), models=("last", "linear"))

    assert _values(found, "linear") == {"email": 160, "print": 40, "search_paid": 0}
    assert found.credit.options["window_days"] == 6
    assert found.credit.options["restart"] is False


def test_what_is_missing_is_said(folder: Path, tmp_path: Path) -> None:
    early = _ask(folder, period=parse_period("2025-01"))
    plan = open_plan(folder / "plan.yaml").plan
    never = ask(plan, None, Question(SEPTEMBER))

    assert isinstance(early, Refusal)
    assert isinstance(never, Refusal)
    assert (early.code, never.code) == ("no_sale", "no_data")
    told = refusal_to_dict(early, "en")
    jsonschema.validate(told, json_schema(), jsonschema.Draft202012Validator)


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_bounds_stand_beside_a_share_where_people_were_resampled(folder: Path) -> None:
    found = _found(folder, models=("last",))
    email = replace(found.credit.models["last"]["email"], conversions_low=1.5, conversions_high=3.3)
    models = {"last": {**found.credit.models["last"], "email": email}}

    rows = credit_rows(replace(found, credit=replace(found.credit, models=models)))

    assert {row.step: row.cells[0].between for row in rows} == {
        "email": (Ratio(0.5, 0), Ratio(1.0, 0)),
        "print": None,
        "search_paid": None,
    }
