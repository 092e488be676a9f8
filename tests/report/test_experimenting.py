"""Experiments on the page: where they stand, effect with its interval, money, verdict in words, or why there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Grade
from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.base.units import Unit
from gouvernail.bearing.experiments import State, Trial, trial_of
from gouvernail.measurement.experiments.decision import Verdict
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.plan.model import Experiment
from gouvernail.report import designing, effects, experiment_arms, experimenting, phrases
from gouvernail.report.html import render
from gouvernail.sources.experiment_table import Counted, ExperimentTable, Variant
from tests.report.sample import HOSTILE, antoine
from tests.report.test_html import outline

TODAY = date(2026, 10, 5)
MONEY = {"value_of_one": "40", "cost": "20000", "horizon_subjects": 500_000, "end": "2026-09-01"}


def table(
    bought: int = 1120, people: int = 20_000, names: tuple[str, str] = ("control", "bold")
) -> ExperimentTable:
    counted = (Counted(20_000, 1000), Counted(people, bought))
    variants = tuple(Variant(name, one) for name, one in zip(names, counted, strict=True))
    return ExperimentTable("checkout", "", variants, source="experiments")


def trial(facts: ExperimentTable | None = None, **said: Any) -> Trial:
    setup = Experiment.model_validate({"id": "checkout", "title": "Short checkout", **said})
    return trial_of(setup, facts, TODAY, "CHF")


def plain(words: Any, language: str = "en") -> str:
    return format_value(words, language).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("shown", "answer", "verdict"),
    [
        (
            trial(table(), **MONEY),
            "Adopt “bold”: over 365 days it brings +CHF 100,000 (+CHF 12,186 to +CHF 187,814), cost taken off.",
            Verdict.adopt,
        ),
        (
            trial(table(bought=900), **MONEY),
            "The variant brings less than it costs: keep the control.",
            Verdict.keep,
        ),
        (
            trial(table(bought=1020), **MONEY, least_gain=900_000),
            "Whatever the variant brings is less than is worth the effort: keep the control.",
            Verdict.indifferent,
        ),
        (
            trial(table(bought=1040), **MONEY),
            "The figures allow a gain as well as a loss: a new experiment of about {n} subjects would decide.",
            Verdict.undecided,
        ),
    ],
)
def test_the_verdict_is_told_in_words(shown: Trial, answer: str, verdict: Verdict) -> None:
    said = plain(experimenting.answer(shown))
    row = experiment_arms.ahead(shown)

    assert re.fullmatch(re.escape(answer).replace(r"\{n\}", "[0-9,]+"), said)
    assert row is not None
    assert row.verdict == experiment_arms.VERDICTS[verdict]


def test_without_money_the_effect_is_told() -> None:
    found, lost = trial(table()), trial(table(bought=1030))

    assert plain(experimenting.answer(found)) == "“bold” has an effect: +12% (+3.1% to +21.7%)."
    assert plain(experimenting.answer(lost), "fr") == (
        "Aucun effet n’est démontré : celui de « bold » est de +3 % (−5,4 % à +12,1 %), ce que le hasard seul peut produire."
    )
    assert "Say what one more is worth, and the verdict is told in money." in map(
        plain, experimenting.notes(found)
    )


def test_arms_stand_side_by_side() -> None:
    control, bold = experiment_arms.rows(trial(table(), **MONEY))

    assert (control.effect, control.verdict) == (None, None)
    assert bold.effect is not None
    assert bold.gain is not None
    assert plain(bold.effect.words) == "+0.6 points (+0.161 to +1.039 points)"
    assert plain(bold.gain.words) == "+CHF 100,000 (+CHF 12,186 to +CHF 187,814)"
    assert plain(bold.evidence) == "p = 0.0074"
    assert experiment_arms.columns((control, bold)) == (
        "arm", "subjects", "level", "effect", "uplift", "evidence", "gain", "verdict",
    )  # fmt: skip
    assert experiment_arms.columns((control,)) == ("arm", "subjects", "level")


@pytest.mark.parametrize(
    ("shown", "answer"),
    [
        (trial(), "No figures are in yet."),
        (trial(table(people=26_000)), "The arms hold 20000 / 26000 subjects"),
        (trial(table(), subjects=50_000), "Only 40,000 of the 50,000 subjects planned are in"),
        (trial(table(bought=2)), "Arm bold has 2 subjects of the rarer outcome"),
        (trial(table(), outcome="mean"), "A mean needs the value of every subject"),
    ],
)
def test_what_the_figures_do_not_support_is_said(shown: Trial, answer: str) -> None:
    assert plain(experimenting.answer(shown)).startswith(answer)
    assert experiment_arms.ahead(shown) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"decision": "adopt", "winner": "bold"}, "Decided: adopt “bold”."),
        ({"decision": "adopt", "variants": ["a", "b"]}, "Decided: adopt “b”."),
        ({"decision": "keep", "applied": False}, "Decided: keep the control. It is not applied yet."),
        ({"result": " We keep the old one. "}, "Decided: We keep the old one."),
        ({}, None),
    ],
)
def test_what_was_decided_is_told(said: dict[str, Any], words: str | None) -> None:
    found = experimenting.decided(trial(**said))

    assert (None if found is None else plain(found)) == words


def test_a_belief_is_told_as_a_chance() -> None:
    row = experiment_arms.ahead(trial(table(), reading="bayesian"))

    assert row is not None
    assert plain(row.evidence) == "99.4% chance of being above the control"


def test_every_state_verdict_and_reading_has_words() -> None:
    assert set(experimenting.STATES) == set(State)
    assert set(experiment_arms.VERDICTS) == set(Verdict)
    assert set(designing.READINGS) == set(designing.ADVICE) == set(Method)
    assert {kind for kind, _ in experimenting._COMPARED} == set(Kind)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_tells_every_experiment(language: str) -> None:
    shown = (
        trial(table(), **MONEY),
        trial(id="later"),
        replace(trial(table(people=26_000), **MONEY), name=HOSTILE),
    )
    page = render(replace(antoine(language), trials=shown), language)
    found = outline(page)

    assert found.open == []
    assert "experiments" in found.ids
    assert page.count('<article class="objective trial">') == 3
    assert HOSTILE not in page
    assert re.search(r"2 (experiments wait|expériences attendent)", page)


def test_without_experiments_the_page_has_no_word_of_them() -> None:
    assert 'id="experiments"' not in render(antoine("en"), "en")


def test_an_action_shows_what_an_experiment_told_of_it() -> None:
    action = replace(
        antoine("en").actions[0], effect=Estimate(0.12, "experiments", 0.03, 0.21, 0.95, Grade.experiment)
    )

    assert "+12% shown by an experiment (+3% to +21%)" in map(plain, phrases.brought(action))


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (-0.0012, 0.0345, Unit.ratio, "−0.12 to +3.45 points"),
        (0.01, None, Unit.ratio, "+1 point or more"),
        (-3.0, 12.5, Unit.count, "−3.0 to +12.5"),
        (-3.0, 12.5, Unit.money, "−CHF 3 to +CHF 12.50"),
        (None, 2.0, Unit.count, "+2 or less"),
    ],
)
def test_intervals_say_their_unit_once(low: float | None, high: float | None, unit: Unit, words: str) -> None:
    assert plain(effects.effect_span(low, high, unit, "CHF")) == words


@pytest.mark.parametrize(
    ("value", "kept", "places"),
    [
        (0.0, 3, 0),
        (5.0, 3, 0),
        (5.25, 3, 2),
        (0.0346, 2, 3),
        (1234.5, 3, 0),
        (float("inf"), 3, 0),
        (1e-12, 3, 0),
    ],
)
def test_digits_that_say_nothing_are_left_out(value: float, kept: int, places: int) -> None:
    assert effects.digits(value, kept) == places


def test_money_without_a_currency_is_a_number() -> None:
    assert plain(effects.money(1234.4, "")) == "1,234"
    assert effects.money(1234.4, "CHF") == Money(effects.money(1234.4, "CHF").amount, "CHF")
    assert plain(T("{x}", x=effects.money(12.345, "CHF"))) == "CHF 12.34"
