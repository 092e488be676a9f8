"""A bare file of results: as the plan says, or as is said beside it; its figures those of the method's worked table."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gouvernail.base.errors import GouvernailError, UsageError
from gouvernail.base.outcome import Estimate
from gouvernail.bearing.experiments import State, Trial
from gouvernail.bearing.results_file import File, Terms, read_trials
from gouvernail.bearing.trials_json import json_schema, to_dict
from gouvernail.measurement.experiments.decision import Verdict
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.plan.load import load_text

TODAY = date(2026, 10, 5)
WORKED = "variant,visitors,conversions\ncontrol,20000,1000\nbold,20000,1120\n"
MONEY = Terms(value=40, cost=20_000, horizon_subjects=500_000, currency="CHF")
BASKETS = """\
variant,visitors,orders,revenue,standard deviation
control,20000,1000,52000,12.5
bold,20000,1120,60000,13.5
"""


def days(experiment: str = "checkout") -> str:
    """Twenty days of 1,000 visitors an arm: 50 convert in one, 57 in the other."""
    lines = ["experiment,day,variant,visitors,conversions"]
    for place in range(20):
        day = date(2026, 8, 1) + timedelta(place)
        lines += [f"{experiment},{day},long,1000,50", f"{experiment},{day},short,1000,57"]
    return "\n".join(lines)


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(words: str, name: str = "results.csv") -> File:
        path = tmp_path / name
        path.write_text(words, "utf-8")
        return File(path)

    return write


def one(file: File, terms: Terms | None = None, **more: Any) -> Trial:
    (found,) = read_trials(file, terms or Terms(), TODAY, **more)
    return found


def test_the_worked_table_comes_out(file: Any) -> None:
    """docs/methods/experiments.md: 0.6 points, p .0074, 12,186 to 187,814 francs."""
    found = one(file(WORKED), MONEY)
    assert found.figures is not None
    (told,) = found.figures.comparisons

    assert isinstance(told.absolute, Estimate)
    assert isinstance(told.relative, Estimate)
    assert told.absolute.value == pytest.approx(0.006)
    assert told.p == pytest.approx(0.0074, abs=5e-5)
    assert (told.relative.low, told.relative.high) == pytest.approx((0.0309, 0.2173), abs=5e-5)
    (decision,) = found.decisions
    assert decision.verdict is Verdict.adopt
    assert isinstance(decision.money, Estimate)
    assert [round(end or 0) for end in (decision.money.value, decision.money.low, decision.money.high)] == [
        100_000,
        12_186,
        187_814,
    ]


def test_what_is_said_beside_the_file_changes_no_figure(file: Any) -> None:
    plain, told = one(file(WORKED)), one(file(WORKED), MONEY)

    assert plain.reading == told.reading
    assert (told.id, told.in_plan, told.planned, told.end) == ("results", False, None, None)


def test_revenue_is_compared_where_its_scatter_is_known(file: Any) -> None:
    found = one(file(BASKETS), Terms(metric="revenue", horizon_subjects=500_000, value=1, cost=100_000))
    assert found.figures is not None
    (told,) = found.figures.comparisons

    assert (found.outcome, found.measure) == (Kind.mean, "value")
    assert isinstance(told.absolute, Estimate)
    assert told.absolute.value == pytest.approx(0.4)
    assert told.error == pytest.approx(((12.5**2 + 13.5**2) / 20_000) ** 0.5)


def test_a_fixed_reading_waits_for_its_size(file: Any) -> None:
    early, late = (one(file(WORKED), Terms(planned=n)) for n in (50_000, 40_000))

    assert early.figures is not None
    assert early.figures.refusal is not None
    assert early.figures.refusal.code == "too_early"
    assert late.figures is not None
    assert (late.figures.refusal, late.state) == (None, State.to_decide)


@pytest.mark.parametrize("method", [Method.always_valid, Method.bayesian])
def test_the_reading_is_the_one_asked_for(file: Any, method: Method) -> None:
    found = one(file(WORKED), Terms(method=method, level=0.9))

    assert found.figures is not None
    assert (found.figures.plan.method, found.figures.plan.level) == (method, 0.9)


def test_agreed_looks_are_read_at_the_look_reached(file: Any) -> None:
    found = one(file(days()), Terms(method=Method.group_sequential, planned=60_000, looks=3))

    assert found.figures is not None
    assert found.figures.plan.fractions == pytest.approx((1 / 3, 2 / 3))


def test_the_horizon_follows_from_the_days_of_the_file(file: Any) -> None:
    found = one(file(days()), Terms(value=40))

    assert found.stakes is not None
    assert found.stakes.subjects == pytest.approx(2000 * 365)


PLAN = """\
organisation: {name: Acme, currency: CHF}
experiments:
- {id: checkout, title: Short checkout, variants: [long, short], reading: always_valid, value_of_one: 40,
   cost: 20000, horizon_subjects: 500000}
- {id: other, title: Another}
"""


def test_the_plan_says_how_it_is_read(file: Any) -> None:
    plan = load_text(PLAN).plan

    by_name = one(file(days()), plan=plan)
    by_id = one(file(WORKED, "august.csv"), plan=plan, experiment="checkout")
    before = one(file(days()), Terms(method=Method.fixed, cost=1), plan=plan)

    for found in (by_name, by_id):
        assert found.figures is not None
        assert (found.figures.plan.method, found.currency, found.in_plan) == (
            Method.always_valid,
            "CHF",
            True,
        )
    assert before.stakes is not None
    assert (before.figures and before.figures.plan.method, before.stakes.cost) == (Method.fixed, 1)


def test_one_experiment_of_several_is_read(file: Any) -> None:
    both = file(days() + "\n" + days("Menu").partition("\n")[2])

    assert [trial.id for trial in read_trials(both, Terms(), TODAY)] == ["Menu", "checkout"]
    assert one(both, experiment="menu").id == "Menu"


@pytest.mark.parametrize(
    ("words", "terms"),
    [(WORKED, MONEY), (BASKETS, Terms(metric="revenue")), (days(), Terms()), (WORKED, Terms(planned=50_000))],
)
def test_json_is_as_its_schema_says(file: Any, words: str, terms: Terms) -> None:
    told = to_dict(read_trials(file(words), terms, TODAY), "fr", file="results.csv")

    jsonschema.validate(told, json_schema(), jsonschema.Draft202012Validator)


def test_the_schema_names_its_parts() -> None:
    schema = json_schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$defs"]["trial"]["properties"]["decisions"]["items"] == {"$ref": "#/$defs/decision"}


@pytest.mark.parametrize(
    ("words", "terms", "more", "said"),
    [
        (
            WORKED,
            Terms(metric="joy"),
            {},
            "The file tells nothing of “joy”. Name one of: conversions, revenue.",
        ),
        (WORKED, Terms(level=0.2), {}, "level of confidence"),
        (WORKED, Terms(level=float("nan")), {}, "level of confidence"),
        (WORKED, Terms(planned=0), {}, "planned are a whole number"),
        (WORKED, Terms(planned=float("inf")), {}, "planned are a whole number"),
        (WORKED, Terms(looks=1), {}, "agreed looks are"),
        (WORKED, Terms(shares=(1.0,)), {}, "Shares"),
        (WORKED, Terms(value=0.0), {}, "other than 0"),
        (WORKED, Terms(value=4.0), {}, "the file does not tell by day"),
        (WORKED, Terms(value=4.0, horizon_subjects=0.0), {}, "1 or more"),
        (WORKED, Terms(cost=5.0), {}, "what one more unit of the metric is worth"),
        (WORKED, Terms(value=4.0, horizon_subjects=9.0, cost=-1.0), {}, "no figure"),
        (WORKED, Terms(horizon_days=0), {}, "horizon"),
        (WORKED, Terms(method=Method.group_sequential), {}, "need the subjects planned"),
        (WORKED, Terms(), {"experiment": "menu"}, "The file has no experiment “menu”. It has: “results”."),
        (
            WORKED,
            Terms(),
            {"experiment": "menu", "plan": load_text(PLAN).plan},
            "The plan has no experiment “menu”. It has: “checkout”, “other”.",
        ),
        ("a,b\n1,2\n", Terms(), {}, "holds no results of an experiment"),
        ("", Terms(), {}, ""),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    file: Any, words: str, terms: Terms, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(GouvernailError) as error:
        read_trials(file(words), terms, TODAY, **more)

    assert said in str(error.value)


def test_another_control_turns_the_effect_about(file: Any) -> None:
    there = file(WORKED)
    back = one(File(there.path, control="bold"))

    assert back.figures is not None
    assert isinstance(back.figures.comparisons[0].absolute, Estimate)
    assert back.figures.comparisons[0].absolute.value == pytest.approx(-0.006)
    with pytest.raises(GouvernailError, match="no variant “red”"):
        one(File(there.path, control="red"))


def test_columns_can_be_named(file: Any) -> None:
    there = file("who,how many,bought\na,20000,1000\nb,20000,1120\n")
    roles = {"variant": "who", "exposures": "how many", "conversions": "bought"}

    assert one(File(there.path, columns=roles)).subjects == 40_000
    with pytest.raises((GouvernailError, UsageError), match="no column “shop”"):
        one(File(there.path, columns={"variant": "shop"}))
