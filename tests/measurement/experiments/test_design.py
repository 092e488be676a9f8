"""Before and after an experiment: who gets what, how many are needed, and what is done with the answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.outcome import Estimate, Grade, Refusal
from gouvernail.measurement.experiments.analysis import Reading, analyse
from gouvernail.measurement.experiments.assignment import (
    Allocation,
    assign,
    counts,
    free_window,
    overlaps,
    place,
)
from gouvernail.measurement.experiments.decision import Verdict, best, decide
from gouvernail.measurement.experiments.design import Design, days_for, design, reach
from gouvernail.measurement.experiments.plan import Analysis, Method, Side
from gouvernail.measurement.experiments.power import power, smallest_effect, subjects_for
from gouvernail.measurement.experiments.question import (
    Baseline,
    Question,
    Stakes,
    baseline_mean,
    baseline_of,
    baseline_proportion,
    worth_having,
)
from gouvernail.measurement.experiments.sample import Arm, of_proportion, of_subjects
from gouvernail.measurement.experiments.split import split

# --- assignment ------------------------------------------------------------------------------------------


def test_places_are_what_any_engine_works_out() -> None:
    """SELECT ('0x' || substr(sha256('hero:anna'), 1, 13))::BIGINT / 16**13 says the same."""
    import duckdb

    sql = "SELECT ('0x' || substr(sha256('hero:anna'), 1, 13))::BIGINT / 16.0::DOUBLE ** 13"
    row = duckdb.sql(sql).fetchone()
    assert row is not None
    assert place("anna", "hero") == pytest.approx(row[0], abs=1e-15)


def test_deal_is_stable_and_as_planned() -> None:
    hero = Allocation("hero", (("old", 3), ("new", 1)))
    people = [f"person {number}" for number in range(20_000)]
    dealt = counts(people, hero)

    assert dealt == counts(people, hero)
    assert not split(list(dealt.values()), hero.shares).alarm
    assert counts(people, Allocation("hero", hero.arms, seed="again")) != dealt


def test_more_traffic_moves_nobody_who_is_in() -> None:
    small = Allocation("hero", (("old", 1), ("new", 1)), layer="home", window=(0.0, 0.2))
    large = Allocation("hero", (("old", 1), ("new", 1)), layer="home", window=(0.0, 0.6))
    people = [f"person {number}" for number in range(3000)]
    inside = [person for person in people if assign(person, small)]

    assert 500 < len(inside) < 700
    assert all(assign(person, small) == assign(person, large) for person in inside)


def test_experiments_of_one_layer_exclude_each_other_and_those_of_two_do_not_hang_together() -> None:
    first = Allocation("hero", (("old", 1), ("new", 1)), layer="home", window=(0.0, 0.5))
    second = Allocation("menu", (("old", 1), ("new", 1)), layer="home", window=(0.5, 1.0))
    other = Allocation("price", (("old", 1), ("new", 1)), layer="shop")
    people = [f"person {number}" for number in range(8000)]

    assert all((assign(person, first) is None) != (assign(person, second) is None) for person in people)
    new = [person for person in people if assign(person, first) == "new"]
    assert not split(list(counts(new, other).values())).alarm


def test_windows_that_clash_are_told() -> None:
    arms = (("old", 1.0), ("new", 1.0))
    plan = [
        Allocation("hero", arms, layer="home", window=(0.0, 0.3)),
        Allocation("menu", arms, layer="home", window=(0.2, 0.5)),
        Allocation("price", arms, layer="shop", window=(0.0, 1.0)),
    ]

    assert overlaps(plan) == [("hero", "menu")]
    assert free_window(plan, "home", 0.5) == (0.5, 1.0)
    assert free_window(plan, "home", 0.6) is None
    assert free_window(plan, "shop", 0.1) is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: Allocation("hero", ()),
        lambda: Allocation("hero", (("old", 0), ("new", 0))),
        lambda: Allocation("hero", (("old", 1), ("old", 1))),
        lambda: Allocation("hero", (("old", 1),), window=(0.6, 0.5)),
        lambda: Question(shares=(1,)),
        lambda: Question(power=80),
        lambda: worth_having(Stakes(0, 1000)),
    ],
)
def test_impossible_plans_are_errors(make: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()  # type: ignore[operator]


# --- design ----------------------------------------------------------------------------------------------


def test_sizes_are_the_printed_ones() -> None:
    """Cohen's table: d = .2, .5, .8 at power .8 need 393 or 394, 64 and 26 an arm; d = .5 at .9 needs 86 (85 by z)."""
    sizes = {d: subjects_for(baseline_mean(0, 1), d) for d in (0.2, 0.5, 0.8)}

    assert sizes == {0.2: (394, 394), 0.5: (64, 64), 0.8: (26, 26)}
    assert subjects_for(baseline_mean(0, 1), 0.5, Question(power=0.9)) == (86, 86)


def test_power_is_tea_tastings() -> None:
    """tea-tasting 1.14, Mean(effect_size=.1) at variance 1: 3,142 subjects for power .8; of 3,000, .7816494283065846."""
    assert subjects_for(baseline_mean(0, 1), 0.1) == (1571, 1571)
    assert power(baseline_mean(0, 1), 0.1, 3000) == pytest.approx(0.7816494283065846, abs=1e-12)


@given(st.floats(0.01, 0.5), st.floats(0.02, 0.5), st.sampled_from([Method.fixed, Method.always_valid]))
def test_size_and_smallest_effect_undo_each_other(rate: float, share: float, method: Method) -> None:
    baseline, question = baseline_proportion(rate), Question(method=method)
    arms = subjects_for(baseline, rate * share, question)
    assert arms is not None

    found = smallest_effect(baseline, sum(arms), question)
    assert found == pytest.approx(rate * share, rel=0.05)
    assert power(baseline, rate * share, sum(arms), question) == pytest.approx(0.8, abs=0.02)


def test_covariate_saves_its_correlation_squared() -> None:
    plain, helped = baseline_mean(10, 5), baseline_mean(10, 5, correlation=0.7)
    whole, less = subjects_for(plain, 0.1), subjects_for(helped, 0.1)

    assert whole is not None
    assert less is not None
    assert sum(less) / sum(whole) == pytest.approx(0.51, abs=1e-3)


def test_looks_cost_subjects() -> None:
    baseline = baseline_proportion(0.05)
    sizes = {
        method: sum(subjects_for(baseline, 0.01, Question(method=method)) or ())
        for method in (Method.fixed, Method.group_sequential, Method.always_valid)
    }

    assert sizes[Method.group_sequential] / sizes[Method.fixed] == pytest.approx(1.03, abs=0.02)
    assert 1.3 < sizes[Method.always_valid] / sizes[Method.fixed] < 2.2


def test_more_variants_and_uneven_shares_cost_subjects() -> None:
    baseline = baseline_mean(10, 5)
    two, three = subjects_for(baseline, 1), subjects_for(baseline, 1, Question(shares=(1, 1, 1)))
    uneven = subjects_for(baseline, 1, Question(shares=(9, 1)))

    assert two is not None
    assert three is not None
    assert uneven is not None
    assert three[0] > two[0]
    assert sum(uneven) / sum(two) == pytest.approx(25 / 9, rel=0.02)


def test_one_side_looks_its_own_way() -> None:
    baseline = baseline_proportion(0.1)
    greater, less = Question(side=Side.greater), Question(side=Side.less)

    assert power(baseline, -0.02, 10_000, greater) < 0.01
    assert power(baseline, -0.02, 10_000, less) > 0.9
    assert (smallest_effect(baseline, 10_000, less) or 0) < 0


def test_ratio_baseline_comes_from_its_subjects() -> None:
    visits, orders = [1, 2, 3, 4] * 50, [0, 1, 1, 2] * 50
    baseline = baseline_of(of_subjects(orders, visits, before=(orders, visits)))

    assert baseline.value == pytest.approx(0.4)
    assert baseline.units == 2.5
    assert baseline.correlation == pytest.approx(1)
    assert baseline.left() == pytest.approx(0, abs=1e-12)


def test_design_counts_whole_weeks_and_keeps_its_plan() -> None:
    told = design(baseline_proportion(0.03), uplift=0.1, a_day=3000)

    assert isinstance(told, Design)
    assert told.subjects == 106_418
    assert told.arms == (53_209, 53_209)
    assert told.days == 42
    assert told.power == pytest.approx(0.8, abs=1e-4)
    assert told.plan == Analysis(shares=(1.0, 1.0), planned=106_418)
    assert days_for(7000, 1000) == 7
    assert days_for(7001, 1000) == 14
    looked = design(baseline_proportion(0.03), Question(method=Method.group_sequential, looks=4), uplift=0.1)
    assert isinstance(looked, Design)
    assert looked.plan.fractions == (0.25, 0.5, 0.75, 1.0)
    assert looked.plan_at([looked.subjects / 3]).fractions == pytest.approx((1 / 3,))
    assert looked.plan_at([looked.subjects / 2, looked.subjects + 9]).fractions == (0.5, 1.0)


def test_effect_worth_having_comes_from_money() -> None:
    """20,000 to make, 40 an order, 500,000 visitors a year: a tenth of a point more orders pays it back."""
    stakes = Stakes(value=40, subjects=500_000, cost=20_000)
    assert worth_having(stakes) == pytest.approx(0.001)

    told = design(baseline_proportion(0.03), stakes=stakes)
    assert isinstance(told, Design)
    assert told.effect == pytest.approx(0.001)
    assert told.stakes == stakes


def test_longer_shows_less() -> None:
    shown = [abs(effect or 0) for effect in reach(baseline_proportion(0.03), 2000).values()]

    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize(
    ("baseline", "asked", "expected"),
    [
        (baseline_proportion(0.03), {}, "no_effect"),
        (baseline_proportion(0.03), {"effect": 0.0}, "no_effect"),
        (baseline_mean(5, 0), {"effect": 1.0}, "no_variance"),
        (baseline_proportion(0.6), {"uplift": 0.8}, "out_of_range"),
        (baseline_proportion(0.03), {"uplift": 0.01, "a_day": 2000}, "too_long"),
        (baseline_mean(0, 1), {"effect": 0.001, "a_day": 2000}, "too_long"),
        (baseline_mean(5, 1), {"effect": 1e-9}, "too_long"),
    ],
)
def test_designs_that_cannot_be_are_refused(
    baseline: Baseline, asked: dict[str, float], expected: str
) -> None:
    told = design(baseline, **asked)  # type: ignore[arg-type]

    assert isinstance(told, Refusal)
    assert told.code == expected
    assert told.reason.render("fr") != told.reason.render("en")


# --- decision --------------------------------------------------------------------------------------------


def read(*rates: float, n: int = 50_000, plan: Analysis | None = None) -> Reading:
    return analyse(
        [Arm(f"arm {place}", of_proportion(n, rate * n)) for place, rate in enumerate(rates)], plan
    )


STAKES = Stakes(value=40, subjects=500_000, cost=20_000, least=10_000, currency="CHF")


def test_a_sure_gain_is_adopted_in_money() -> None:
    """+ 0.6 point × 40 × 500,000 − 20,000 = 100,000."""
    told = decide(read(0.05, 0.056), STAKES)[0]

    assert told.verdict is Verdict.adopt
    assert isinstance(told.money, Estimate)
    assert told.money.value == pytest.approx(100_000)
    assert told.money.low is not None
    assert 0 < told.money.low < 100_000
    assert told.money.grade is Grade.experiment
    assert told.money.options["currency"] == "CHF"
    assert told.regret is not None
    assert 0 <= told.regret < 100


def test_every_other_verdict() -> None:
    verdicts = {
        (0.05, 0.045): Verdict.keep,
        (0.05, 0.0505): Verdict.undecided,
    }
    for rates, expected in verdicts.items():
        assert decide(read(*rates), STAKES)[0].verdict is expected
    flat = decide(read(0.05, 0.0502), Stakes(40, 500_000, 0, 500_000))[0]
    assert flat.verdict is Verdict.indifferent
    refused = decide(read(0.05, 0.056, plan=Analysis(planned=10**6)), STAKES)[0]
    assert refused.verdict is Verdict.refused
    assert isinstance(refused.money, Refusal)
    for one in (flat, refused):
        assert one.reason.render("fr") != one.reason.render("en")


def test_undecided_says_how_many_would_decide() -> None:
    anew = decide(read(0.05, 0.0525), STAKES)[0]
    further = decide(read(0.05, 0.0525, plan=Analysis(Method.always_valid)), STAKES)[0]

    assert anew.verdict is further.verdict is Verdict.undecided
    assert anew.more is not None
    assert further.more is not None
    assert anew.more == further.more + 100_000
    assert "new experiment" in anew.reason.render("en")


def test_less_is_better_where_a_unit_costs() -> None:
    told = decide(read(0.05, 0.044), Stakes(value=-40, subjects=500_000))[0]

    assert told.verdict is Verdict.adopt
    assert isinstance(told.money, Estimate)
    assert told.money.low is not None
    assert told.money.high is not None
    assert 0 < told.money.low < told.money.value < told.money.high


def test_best_of_several_is_the_one_worth_most() -> None:
    decisions = decide(read(0.05, 0.056, 0.058, 0.044), STAKES)

    chosen = best(decisions)
    assert chosen is not None
    assert chosen.variant == "arm 2"
    assert best(decisions[2:]) is None


def test_one_sided_reading_has_an_open_end_in_money() -> None:
    told = decide(read(0.05, 0.056, plan=Analysis(side=Side.greater)), STAKES)[0]

    assert told.verdict is Verdict.adopt
    assert isinstance(told.money, Estimate)
    assert told.money.high is None
    assert math.isfinite(told.money.value)
