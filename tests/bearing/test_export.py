"""The bearing as JSON: one documented shape for every plan and lake, and the same bytes for the same inputs."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from gouvernail.base.periods import Period, parse_period
from gouvernail.base.text import LANGUAGES, Text
from gouvernail.bearing.checked_json import check_to_json
from gouvernail.bearing.checking import check_loaded, open_plan
from gouvernail.bearing.export import to_dict, to_json
from gouvernail.bearing.model import Bearing
from gouvernail.bearing.sarif import check_to_sarif
from gouvernail.bearing.schema import json_schema
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.locations import Locations
from gouvernail.plan.model import Plan
from gouvernail.warehouse.lake import Lake
from gouvernail.workflow import take_bearing
from tests.bearing.company import PERIOD, PLAN, TODAY, bearing_of, fill, rows, write_plan
from tests.plan.strategies import plans

VALID = jsonschema.Draft202012Validator(json_schema())


def obeys(bearing: Bearing) -> dict[str, Any]:
    """The bearing as plain values, once they are seen to obey the schema in both languages."""
    for language in LANGUAGES:
        found = json.loads(to_json(bearing, language))
        assert [f"{list(fault.absolute_path)}: {fault.message}" for fault in VALID.iter_errors(found)] == []
    return to_dict(bearing, "en")


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_full_bearing_obeys_the_schema(bearing: Bearing) -> None:
    found = obeys(bearing)

    assert found["figures"]["aligned_spend"]["basis"] == "actual"
    assert all(found[name] for name in ("flows", "orphans", "coverage", "drivers", "findings", "not_checked"))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="empty plan"),
        pytest.param(PLAN[: PLAN.index("actions:")], id="no actions"),
        pytest.param(PLAN[: PLAN.index("objectives:")] + PLAN[PLAN.index("actions:") :], id="no objectives"),
        pytest.param(
            "organisation: {currency: USD}\nactions: [{id: a, budget: 10, serves: nobody}]\n",
            id="half a plan",
        ),
    ],
)
def test_poor_plans_obey_the_schema_without_facts(tmp_path: Path, words: str) -> None:
    path = write_plan(tmp_path, words.replace("objective: grow", "objective: gone"))

    obeys(bearing_of(path, None))


def test_empty_plan_over_facts_calls_all_spend_orphan(tmp_path: Path, lake: Lake) -> None:
    path = write_plan(tmp_path, "organisation: {currency: CHF}\n")

    spend = obeys(bearing_of(path, lake))["figures"]["aligned_spend"]

    assert (spend["aligned"], spend["weak"], spend["orphan"], spend["unmatched"]) == (
        "0.00",
        "0.00",
        "131.00",
        "131.00",
    )


def test_lake_without_an_import_obeys_the_schema(tmp_path: Path) -> None:
    obeys(bearing_of(write_plan(tmp_path), Lake.open(tmp_path / "lake")))


@settings(max_examples=15)
@given(plans())
def test_any_plan_gives_a_bearing_that_obeys_the_schema(plan: Plan) -> None:
    loaded = LoadedPlan(plan, Locations({}, {}), "digest")

    obeys(take_bearing(loaded, None, PERIOD, today=TODAY))


def test_same_inputs_give_the_same_bytes_apart_from_the_time(bearing: Bearing, workspace: Path) -> None:
    """Here and in a process that hashes texts otherwise, so that no order of a set shows."""
    code = (
        "import sys; from pathlib import Path; from gouvernail.warehouse.lake import Lake\n"
        "from tests.bearing.company import bearing_of\n"
        "from gouvernail.bearing.export import to_json\n"
        "folder = Path(sys.argv[1])\n"
        "print(to_json(bearing_of(folder / 'plan.yaml', Lake.open(folder / '.gouvernail' / 'lake')), 'fr'))\n"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(workspace)],
        env=environment,
        capture_output=True,
        check=True,
        timeout=120,
    )

    assert _timeless(done.stdout.decode()).rstrip() == _timeless(to_json(bearing, "fr"))


def _timeless(words: str) -> str:
    return "\n".join(line for line in words.splitlines() if '"made_at"' not in line)


def test_bearing_is_made_again_number_for_number_after_new_imports(tmp_path: Path) -> None:
    """What it was made from names the data version: later imports, restatements and undos do not change it."""
    path, lake = write_plan(tmp_path), Lake.open(tmp_path / "lake")
    fill(lake, rows(range(1, 20)))
    old = bearing_of(path, lake)
    fill(lake, rows(range(18, 22)))
    lake.undo(lake.imports()[1].id)
    assert lake.version() != old.made_from.data

    again = bearing_of(path, lake.at(old.made_from.data))

    assert _timeless(to_json(again, "en")) == _timeless(to_json(old, "en"))


def test_day_and_period_of_the_options_are_enough_to_ask_again(
    bearing: Bearing, workspace: Path, lake: Lake
) -> None:
    made = bearing.made_from.options

    again = take_bearing(
        open_plan(workspace / "plan.yaml"),
        lake.at(bearing.made_from.data),
        parse_period(made["period"]),
        today=date.fromisoformat(made["today"]),
        now=bearing.made_at,
    )

    assert to_json(again, "en") == to_json(bearing, "en")


def test_every_sentence_of_the_bearing_can_be_said_in_both_languages(bearing: Bearing) -> None:
    texts = list(_texts(bearing))

    assert len(texts) > 100
    for text in texts:
        assert text.render("en").strip()
        assert text.render("fr").strip()
    sentences = {text.template: text for text in texts if " " in text.template and text.values}
    assert [words for words, text in sentences.items() if text.render("en") == text.render("fr")] == []


def _texts(value: Any) -> Iterator[Text]:
    match value:
        case Text():
            yield value
        case Mapping():
            for each in value.values():
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)
        case _ if dataclasses.is_dataclass(value):
            for part in dataclasses.fields(value):
                yield from _texts(getattr(value, part.name))


def test_amounts_are_exact_strings_of_cents(tmp_path: Path, lake: Lake) -> None:
    path = write_plan(tmp_path, PLAN.replace("budget: 3650", "budget: 99999999999999999.99"))

    planned = bearing_of(
        path, None, Period(date(2026, 1, 1), date(2026, 12, 31))
    ).figures.aligned_spend.planned

    assert planned.total.amount == Decimal("99999999999999999.99") + 730


def test_check_as_json_and_sarif_say_the_same_findings(workspace: Path) -> None:
    checked = check_loaded(open_plan(workspace / "plan.yaml"), today=TODAY)

    told = json.loads(check_to_json(checked, "fr"))["findings"]
    (run,) = json.loads(check_to_sarif(checked, "fr"))["runs"]

    assert [one["id"] for one in told] == [
        one["partialFingerprints"]["identity/v1"] for one in run["results"]
    ]
    assert [one["line"] for one in told if one["line"]] == [
        one["locations"][0]["physicalLocation"]["region"]["startLine"]
        for one in run["results"]
        if "physicalLocation" in one["locations"][0]
    ]
    assert {one["element"]: one["line"] for one in told}["ads"] == PLAN.splitlines().index("  - id: ads") + 1


def test_plan_written_and_read_again_gives_the_same_bearing(tmp_path: Path) -> None:
    first = open_plan(write_plan(tmp_path))
    second = open_plan(write_plan(tmp_path, dump_plan(first.plan)))

    taken = [take_bearing(one, None, PERIOD, today=TODAY) for one in (first, second)]

    assert taken[0].figures == taken[1].figures
    assert [one.finding.identity for one in taken[0].findings] == [
        one.finding.identity for one in taken[1].findings
    ]
