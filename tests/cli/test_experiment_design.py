"""`gouvernail experiment design`."""

from __future__ import annotations

import sys
from datetime import date

import jsonschema
import pytest

from gouvernail.bearing.designed_json import json_schema
from gouvernail.bearing.experiments import trial_of
from gouvernail.cli import experiment_design, experiment_options
from gouvernail.cli.experiment_options import number
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import Spending
from gouvernail.plan.load import load_text
from tests.cli.conftest import Run

SHOP = ("--baseline", "3%", "--uplift", "10%", "--traffic", "4000")
MONEY = ("--value-of-one", "40", "--cost", "20'000", "--currency", "chf")


def test_a_design_has_the_documented_shape(run: Run) -> None:
    answer = run("experiment", "design", *SHOP, *MONEY, "--json")
    found = answer.json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    assert (answer.code, answer.err) == (0, "")
    assert (found["subjects"], found["arms"], found["days"]) == (106418, [53209, 53209], 28)
    assert found["effect"] == pytest.approx(0.003)
    assert found["gain"] == pytest.approx(155_200)
    assert found["stakes"]["currency"] == "CHF"


def test_people_are_told_in_words(run: Run) -> None:
    english = run("experiment", "design", *SHOP, *MONEY)
    french = run("experiment", "design", *SHOP, *MONEY, "--lang", "fr")

    assert "106,418 subjects find an effect of +0.3 points with a chance of 80%." in english.words
    assert "+CHF 155,200 over 365 days" in english.words
    assert "would already be worth having" in english.words
    assert "et variante : 53 209" in french.words.replace("\u202f", " ").replace("\u00a0", " ")


def test_no_line_stays_english(run: Run) -> None:
    from tests.cli.test_french import sentences

    for more in ((), ("--reading", "group_sequential"), ("--most-days", "7")):
        both = [
            run("experiment", "design", *SHOP, *MONEY, *more, "--lang", lang).out for lang in ("en", "fr")
        ]
        assert sentences(both[0]) & sentences(both[1]) == set()


def test_too_long_is_refused_with_what_could_be_found(run: Run) -> None:
    answer = run("experiment", "design", "--baseline", "3%", "--uplift", "1%", "--traffic", "4000")
    found = run("experiment", "design", "--baseline", "3%", "--uplift", "1%", "--traffic", "4000", "--json")

    assert (answer.code, found.code) == (1, 1)
    assert "In 84 days the smallest effect that shows is 5.6% of the control." in answer.words
    assert "What each number of weeks can show" in answer.words
    assert found.json["refusal"]["code"] == "too_long"
    assert len(found.json["reach"]) == 7


def test_without_an_effect_nor_money_it_asks_for_one(run: Run) -> None:
    answer = run("experiment", "design", "--baseline", "3%")

    assert answer.code == 1
    assert "Say which effect is worth finding" in answer.words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--baseline", "1,250", "--deviation", "3"], "can be read in two ways. Write 1250 or 1.250."),
        (["--baseline", "abc"], "--baseline: “abc” is no number"),
        (["--baseline", "nan"], "is no number"),
        (["--baseline", "inf"], "is no number"),
        (["--baseline", ""], "is no number"),
        (["--baseline", "1e99"], "is a share of the subjects"),
        (["--baseline", "3%", "--shares", "50"], "2 to 10 arms"),
        (["--baseline", "3%", "--shares", "a/b"], "--shares: “a” is no number"),
        (["--baseline", "3%", "--currency", "francs"], "no currency code"),
        (["--baseline", "3%", "--cost", "5"], "what one more unit of the metric is worth"),
        (["--baseline", "3%", "--uplift", "5%", "--effect", "1%"], "not both"),
        (["--baseline", "3%", "--uplift", "5%", "--traffic", "-4"], "Subjects a day"),
        (["--baseline", "3%", "--uplift", "5%", "--looks", "9999"], "agreed looks"),
    ],
)
def test_what_cannot_be_is_one_sentence(run: Run, arguments: list[str], said: str) -> None:
    answer = run("experiment", "design", *arguments)

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.words


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.03", 0.03),
        ("3%", 0.03),
        ("3,5 %", 0.035),
        ("1'200", 1200),
        ("1 200 000", 1_200_000),
        ("1\u202f200,50", 1200.5),
        ("1,200,000", 1_200_000),
        ("1,200.50", 1200.5),
        ("0,125", 0.125),
        ("−4", -4),
        ("1e6", 1e6),
        (".5", 0.5),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, value: float) -> None:
    assert number(typed, "--x") == pytest.approx(value)


def test_choices_are_those_of_the_statistics() -> None:
    assert {str(one) for one in experiment_options.Reading} == {str(one) for one in Method}
    assert {str(one) for one in experiment_options.Sided} == {str(one) for one in Side}
    assert {str(one) for one in experiment_design.Compared} == {str(one) for one in Kind}
    assert {str(one) for one in experiment_design.Curve} == {str(one) for one in Spending}


def test_help_stays_light(run: Run) -> None:
    before = set(sys.modules)
    run("experiment", "design", "--help")

    assert not {"scipy", "duckdb", "pyarrow"} & (set(sys.modules) - before)


def test_a_design_becomes_an_experiment_of_the_plan(run: Run) -> None:
    answer = run(
        "experiment", "design", *SHOP, *MONEY, "--reading", "group_sequential", "--plan-entry", "offer"
    )

    (offer,) = load_text("organisation: {currency: CHF}\n" + answer.out).plan.experiments
    trial = trial_of(offer, None, date(2026, 10, 5), "CHF")
    assert (offer.id, offer.subjects, offer.looks, str(offer.reading)) == (
        "offer",
        109046,
        5,
        "group_sequential",
    )
    assert isinstance(trial.design, Design)
    assert trial.design.subjects == offer.subjects
    assert trial.stakes is not None
    assert (trial.stakes.value, trial.stakes.cost, trial.stakes.subjects) == (40, 20_000, 1_460_000)


@pytest.mark.parametrize(
    "arguments", [("--plan-entry", "No Way"), ("--plan-entry", "ok", "--uplift", "0.1%")]
)
def test_what_is_no_entry_is_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run("experiment", "design", *SHOP, *arguments)

    assert (answer.code, answer.out) == (2, "")
    assert "no id of a plan" in answer.words or "In 84 days" in answer.words
