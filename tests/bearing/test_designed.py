"""Sizing an experiment for a person: the figures looked at, the money beside them, what weeks can show."""

from __future__ import annotations

from itertools import chain
from math import ceil
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.errors import UsageError
from gouvernail.base.render import format_value
from gouvernail.bearing.designed import WEEKS, Designed, Wanted, size
from gouvernail.bearing.designed_json import json_schema, to_dict
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.power import power
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.report import designing


def _design(made: Designed) -> Design:
    assert isinstance(made.found, Design)
    return made.found


def test_the_rule_of_sixteen_holds() -> None:
    """Lehr: about 16 times the variance over the squared effect, in each arm."""
    found = _design(size(Wanted(50.0, deviation=80.0, effect=4.0)))

    assert found.arms[0] == pytest.approx(16 * 80**2 / 4**2, rel=0.03)
    assert found.uplift == pytest.approx(0.08)


def test_the_effect_worth_having_brings_back_its_cost() -> None:
    made = size(Wanted(0.03, traffic=4000, value=40, cost=20_000, least=9_200, most_days=3650))

    # 40 × 4,000 a day × 365 days = 58.4 million a whole point of share.
    assert made.worth == pytest.approx(29_200 / 58_400_000)
    assert made.share(made.worth) == pytest.approx(29_200 / 58_400_000 / 0.03)
    assert made.gain == pytest.approx(9_200)
    assert not made.blind


def test_gain_is_that_of_the_effect_after_cost() -> None:
    made = size(Wanted(0.03, uplift=0.1, traffic=4000, value=40, cost=20_000))

    assert made.gain == pytest.approx(0.003 * 40 * 4000 * 365 - 20_000)
    assert made.blind
    assert not made.dear


def test_an_effect_that_does_not_bring_back_its_cost_is_told() -> None:
    made = size(Wanted(0.03, uplift=0.1, value=40, horizon_subjects=10_000, cost=20_000))

    assert made.gain == pytest.approx(-18_800)
    assert made.dear


@pytest.mark.parametrize("method", [Method.fixed, Method.always_valid, Method.group_sequential])
def test_weeks_show_what_their_subjects_show(method: Method) -> None:
    made = size(Wanted(0.03, uplift=0.1, traffic=4000, method=method))

    assert [one.days for one in made.reach] == [7 * week for week in WEEKS]
    for one in made.reach:
        assert one.effect is not None
        assert power(made.baseline, one.effect, one.subjects, made.question) == pytest.approx(0.8, abs=1e-4)
    effects = [one.effect or 0 for one in made.reach]
    assert effects == sorted(effects, reverse=True)


def test_where_less_is_better_effects_go_down() -> None:
    made = size(Wanted(0.03, traffic=4000, value=-40, cost=20_000))

    assert made.worth is not None
    assert made.worth < 0
    for one in made.reach:
        assert one.effect is not None
        assert one.effect < 0
        assert power(made.baseline, one.effect, one.subjects) == pytest.approx(0.8, abs=1e-4)
        assert one.gain == pytest.approx(-40 * 4000 * 365 * one.effect - 20_000)


def test_a_covariate_saves_its_share_of_subjects() -> None:
    plain, better = (
        _design(size(Wanted(50.0, deviation=80.0, effect=4.0, correlation=rho))) for rho in (0.0, 0.6)
    )

    assert better.subjects == pytest.approx(plain.subjects * (1 - 0.6**2), rel=0.001)


@settings(max_examples=40, deadline=None)
@given(
    baseline=st.floats(0.005, 0.6),
    uplift=st.floats(0.02, 0.5),
    shares=st.lists(st.floats(0.1, 5), min_size=2, max_size=4),
    level=st.floats(0.8, 0.99),
)
def test_arms_are_as_shared_and_have_the_power(
    baseline: float, uplift: float, shares: list[float], level: float
) -> None:
    made = size(Wanted(baseline, uplift=uplift, shares=tuple(shares), level=level))
    found = _design(made)

    assert found.power >= 0.8 - 1e-6
    assert found.subjects == sum(found.arms)
    for arm, share in zip(found.arms, shares, strict=True):
        assert abs(arm - found.subjects * share / sum(shares)) <= len(shares)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(0.03, uplift=0.1),
        Wanted(0.03, uplift=0.1, traffic=4000, value=40, cost=1, currency="CHF"),
        Wanted(0.03, uplift=0.001, traffic=100),
        Wanted(0.03),
        Wanted(50, deviation=80, effect=-4, method=Method.group_sequential, looks=3),
        Wanted(2, deviation=9, kind=Kind.ratio, units=4, uplift=0.05, traffic=300, value=-1),
        Wanted(0, deviation=9, effect=1, traffic=300),
        Wanted(0.5, effect=0.6),
    ],
)
def test_json_is_as_its_schema_says(wanted: Wanted) -> None:
    told = to_dict(size(wanted), "fr")

    jsonschema.validate(told, json_schema(), jsonschema.Draft202012Validator)
    assert (told["refusal"] is None) == (told["subjects"] is not None)


def test_days_are_whole_weeks_of_the_traffic() -> None:
    found = _design(size(Wanted(0.03, uplift=0.1, traffic=4000)))

    assert found.days == 7 * ceil(found.subjects / 4000 / 7)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"baseline": 3.0}, "3 is none"),
        ({"baseline": 1e99}, "1e+99 is none"),
        ({"baseline": float("nan")}, "is a share of the subjects"),
        ({"deviation": 0.0}, "standard deviation, above 0"),
        ({"deviation": float("inf")}, "standard deviation, above 0"),
        ({"kind": Kind.mean}, "standard deviation, above 0"),
        ({"kind": Kind.ratio, "deviation": 1.0, "units": 0.0}, "mean denominator"),
        ({"correlation": 1.0}, "correlation"),
        ({"power": 1.0}, "Power"),
        ({"level": 0.5}, "level of confidence"),
        ({"shares": (1.0,)}, "Shares"),
        ({"shares": (1.0, -1.0)}, "Shares"),
        ({"shares": (1.0, 1e-6)}, "ten-thousandth"),
        ({"shares": (1.0,) * 11}, "2 to 10 arms"),
        ({"looks": 1}, "agreed looks"),
        ({"side": Side.less, "method": Method.bayesian}, "both ways"),
        ({"effect": 0.01}, "not both"),
        ({"uplift": -0.1, "side": Side.greater}, "one way"),
        ({"uplift": float("inf")}, "no figure"),
        ({"traffic": 0.0}, "Subjects a day"),
        ({"most_days": 1}, "longest"),
        ({"cost": 5.0}, "worth"),
        ({"value": 0.0, "traffic": 10.0}, "other than 0"),
        ({"value": 5.0}, "how many subjects"),
        ({"value": 5.0, "horizon_subjects": -1.0}, "1 or more"),
        ({"value": 5.0, "traffic": 10.0, "horizon_days": 0}, "horizon"),
        ({"value": 5.0, "traffic": 10.0, "cost": -1.0}, "no figure"),
    ],
)
def test_a_figure_that_cannot_be_is_one_sentence(figures: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as error:
        size(Wanted(**{"baseline": 0.03, "uplift": 0.1, **figures}))

    assert said in str(error.value)
    assert str(error.value).endswith(".")


ODD = st.sampled_from(
    [0.0, 1e-300, 1e-12, 0.03, 0.5, 2.0, 1e6, 1e15, 1e300, float("inf"), float("nan"), -0.01, -1e15]
)


@settings(max_examples=150, deadline=None)
@given(
    baseline=st.sampled_from([0.03, 52.0, 1e-300, 1e14]),
    odd=st.dictionaries(
        st.sampled_from(
            ["deviation", "effect", "uplift", "traffic", "value", "horizon_subjects", "cost", "level"]
        ),
        ODD,
        max_size=3,
    ),
    method=st.sampled_from(list(Method)),
)
def test_whatever_is_typed_is_told_in_words_or_refused(
    baseline: float, odd: dict[str, float], method: Method
) -> None:
    try:
        made = size(Wanted(baseline, method=method, **odd))  # type: ignore[arg-type]
    except UsageError as error:
        assert str(error)
        return

    jsonschema.validate(to_dict(made, "en"), json_schema(), jsonschema.Draft202012Validator)
    for words in (designing.heading(made), *designing.notes(made)):
        assert words.render("fr")
    for value in (*(value for _, value in designing.lines(made)), *chain(*designing.reach_rows(made))):
        assert format_value(value, "fr") is not None
