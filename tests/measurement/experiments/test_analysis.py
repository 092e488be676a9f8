"""Reading an experiment: laws that any reading keeps, hand calculations, and what must be refused."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.measurement.experiments.analysis import Comparison, Reading, analyse
from gouvernail.measurement.experiments.compare import Relative
from gouvernail.measurement.experiments.decision import money
from gouvernail.measurement.experiments.multiplicity import Correction, adjusted, interval_level
from gouvernail.measurement.experiments.plan import Analysis, Method, Side
from gouvernail.measurement.experiments.posterior import Prior, losses
from gouvernail.measurement.experiments.question import Stakes
from gouvernail.measurement.experiments.sample import (
    Arm,
    Sample,
    of_deviation,
    of_mean,
    of_proportion,
    of_subjects,
)
from gouvernail.measurement.experiments.split import split


def estimate(outcome: Outcome) -> Estimate:
    assert isinstance(outcome, Estimate), outcome
    return outcome


def ends(outcome: Outcome) -> tuple[float, float]:
    told = estimate(outcome)
    assert told.low is not None
    assert told.high is not None
    return told.low, told.high


def code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refusal)
    assert outcome.reason.render("en").endswith(".")
    assert outcome.reason.render("fr") != outcome.reason.render("en")
    return outcome.code


def read(*samples: Sample, plan: Analysis | None = None) -> Reading:
    return analyse([Arm(f"arm {place}", sample) for place, sample in enumerate(samples)], plan)


def first(*samples: Sample, plan: Analysis | None = None) -> Comparison:
    return read(*samples, plan=plan).comparisons[0]


def test_worked_table_of_the_page(root: Path) -> None:
    """1,000 of 20,000 against 1,120 of 20,000: docs/methods/experiments.md."""
    told = first(of_proportion(20_000, 1000), of_proportion(20_000, 1120))

    error = math.sqrt(0.05 * 0.95 / 20_000 + 0.056 * 0.944 / 20_000)
    assert error == pytest.approx(0.0022401, abs=5e-8)
    assert told.error == pytest.approx(error)
    assert told.p == pytest.approx(0.0074, abs=5e-5)
    assert estimate(told.absolute).value == pytest.approx(0.006)
    assert ends(told.absolute) == pytest.approx((0.00161, 0.01039), abs=5e-6)
    assert estimate(told.relative).value == pytest.approx(0.12)
    assert ends(told.relative) == pytest.approx((0.0309, 0.2173), abs=5e-5)
    assert estimate(told.relative).grade is Grade.experiment
    gain = money(told.absolute, Stakes(40, 500_000, 20_000))
    assert ends(gain) == pytest.approx((12_186, 187_814), abs=1)
    page = (root / "docs" / "methods" / "experiments.md").read_text(encoding="utf-8")
    for shown in ("0.0022401", "0.0074", "0.161 to 1.039", "3.09 to 21.73", "12,186 to 187,814"):
        assert shown in page


def test_welch_by_hand() -> None:
    """23 of mean 41.522 (deviation 17.149), 21 of 51.476 (11.007): t = 2.31 (Moore and McCabe, reading scores)."""
    plan = Analysis(split_level=0.0)
    told = first(of_deviation(23, 41.522, 17.149), of_deviation(21, 51.476, 11.007), plan=plan)

    assert estimate(told.absolute).value / (told.error or 0) == pytest.approx(2.311, abs=5e-4)
    assert told.p == pytest.approx(0.0264, abs=5e-5)


samples = st.builds(of_deviation, st.integers(20, 10_000), st.floats(0.5, 100), st.floats(0.01, 300))


@given(samples, samples, st.sampled_from(list(Side)))
def test_relative_interval_leaves_zero_out_when_the_difference_does(a: Sample, b: Sample, side: Side) -> None:
    told = first(a, b, plan=Analysis(side=side, split_level=0.0))
    if isinstance(told.relative, Refusal):
        assert told.relative.code == "no_baseline"
        return
    apart, share = estimate(told.absolute), estimate(told.relative)
    for one, other in ((apart.low, share.low), (apart.high, share.high)):
        assert (one is None) == (other is None)
        if one is not None and other is not None and abs(one) > 1e-6:
            assert (one > 0) == (other > 0)
    assert told.found == ((told.p or 0) < 0.05)


@given(samples, samples)
def test_swapping_arms_turns_the_difference_about(a: Sample, b: Sample) -> None:
    plan = Analysis(split_level=0.0)
    there, back = first(a, b, plan=plan), first(b, a, plan=plan)
    low, high = ends(there.absolute)

    assert ends(back.absolute) == pytest.approx((-high, -low))
    assert back.p == pytest.approx(there.p)


@given(samples, samples, st.floats(0.01, 100))
def test_unit_changes_nothing_but_the_unit(a: Sample, b: Sample, factor: float) -> None:
    def scaled(one: Sample) -> Sample:
        return of_deviation(one.n, one.means[0] * factor, math.sqrt(one.spread[0]) * factor)

    plan = Analysis(split_level=0.0)
    here, there = first(a, b, plan=plan), first(scaled(a), scaled(b), plan=plan)
    assert there.p == pytest.approx(here.p, abs=1e-9)
    if isinstance(here.relative, Estimate):
        assert ends(there.relative) == pytest.approx(ends(here.relative), rel=1e-6, abs=1e-9)


@given(st.integers(200, 5000), st.floats(-0.9, 0.9), st.integers(0, 2**32 - 1))
def test_a_shifted_covariate_changes_nothing(n: int, slope: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = rng.normal(size=n)
    after = 10 + slope * before + rng.normal(size=n)
    half = n // 2

    def told(shift: float) -> Comparison:
        arms = [
            of_subjects(after[part], before=(before[part] * 3 + shift,))
            for part in (slice(half), slice(half, n))
        ]
        return first(*arms, plan=Analysis(split_level=0.0))

    assert ends(told(0).absolute) == pytest.approx(ends(told(100.0).absolute), rel=1e-6)


def test_covariate_takes_off_what_it_foretells() -> None:
    rng = np.random.default_rng(7)
    before = rng.normal(size=40_000)
    after = 0.8 * before + 0.6 * rng.normal(size=40_000)
    arms = [of_subjects(after[part], before=(before[part],)) for part in (slice(20_000), slice(20_000, None))]
    plain, told = read(*arms, plan=Analysis(adjust=False)), read(*arms)

    assert told.explained == pytest.approx(0.64, abs=0.01)
    ratio = (told.comparisons[0].error or 0) ** 2 / (plain.comparisons[0].error or 1) ** 2
    assert ratio == pytest.approx(1 - 0.64, rel=0.02)


def test_negative_control_has_a_relative_effect_over_its_size() -> None:
    told = first(of_deviation(900, -10.0, 5.0), of_deviation(900, -8.0, 5.0))

    assert estimate(told.relative).value == pytest.approx(0.2)
    low, high = ends(told.relative)
    assert 0 < low < 0.2 < high


@pytest.mark.parametrize("way", list(Relative))
def test_ways_of_the_relative_effect_agree_where_the_control_is_sure(way: Relative) -> None:
    told = first(of_deviation(10**6, 10.0, 5.0), of_deviation(10**6, 10.5, 5.0), plan=Analysis(relative=way))

    assert ends(told.relative) == pytest.approx((0.04858, 0.05142), abs=2e-5)


# --- several variants ------------------------------------------------------------------------------------


def test_holm_and_benjamini_hochberg_by_hand() -> None:
    p = (0.01, 0.04, 0.03, 0.005)

    assert adjusted(p, Correction.bonferroni) == pytest.approx((0.04, 0.16, 0.12, 0.02))
    assert adjusted(p, Correction.holm) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert adjusted(p, Correction.hochberg) == pytest.approx((0.03, 0.04, 0.04, 0.02))
    assert adjusted(p, Correction.benjamini_hochberg) == pytest.approx((0.02, 0.04, 0.04, 0.02))
    assert adjusted(p, Correction.benjamini_yekutieli)[3] == pytest.approx(0.02 * (1 + 1 / 2 + 1 / 3 + 1 / 4))
    assert adjusted(p, Correction.none) == p
    assert adjusted((), Correction.holm) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.sampled_from(list(Correction)))
def test_correction_never_lowers_nor_reorders(p: list[float], way: Correction) -> None:
    raised = adjusted(p, way)

    assert all(1 >= new >= old for old, new in zip(p, raised, strict=True))
    assert [raised[place] for place in np.argsort(p)] == sorted(raised)


def test_false_discovery_widens_by_the_share_found() -> None:
    assert interval_level(0.95, 10, 2, Correction.benjamini_hochberg) == pytest.approx(0.99)
    assert interval_level(0.95, 10, 0, Correction.benjamini_yekutieli) == pytest.approx(0.995)
    assert interval_level(0.95, 10, 2, Correction.holm) == pytest.approx(0.995)
    assert interval_level(0.95, 10, 2, Correction.none) == 0.95


def test_several_variants_have_wider_intervals() -> None:
    a, b = of_proportion(10_000, 500), of_proportion(10_000, 560)
    alone, among = first(a, b), first(a, b, of_proportion(10_000, 505))

    assert among.p == pytest.approx(2 * (alone.p or 0))
    assert ends(among.absolute)[0] < ends(alone.absolute)[0]
    assert estimate(among.absolute).options["interval_level"] == pytest.approx(0.975)


# --- belief ----------------------------------------------------------------------------------------------


@given(st.floats(-5, 5), st.floats(0.01, 10))
def test_losses_are_the_means_of_both_parts(mean: float, deviation: float) -> None:
    control, variant = losses(mean, deviation)

    assert control >= -1e-12
    assert variant >= -1e-12
    assert control - variant == pytest.approx(mean, abs=1e-9)


def test_prior_shrinks_luck() -> None:
    a, b = of_proportion(500, 25), of_proportion(500, 40)
    free = first(a, b, plan=Analysis(Method.bayesian))
    held = first(a, b, plan=Analysis(Method.bayesian, prior=Prior(0.0, 0.1)))

    assert 0 < estimate(held.relative).value < estimate(free.relative).value
    assert 0 < estimate(held.absolute).value < estimate(free.absolute).value


# --- refusals --------------------------------------------------------------------------------------------


def test_a_split_that_chance_hardly_makes_stops_the_reading() -> None:
    told = read(of_proportion(10_000, 500), of_proportion(10_500, 560))

    assert told.split is not None
    assert told.split.alarm
    assert {code(one.absolute) for one in told.comparisons} == {"split"}
    assert (
        read(of_proportion(10_000, 500), of_proportion(10_500, 560), plan=Analysis(shares=(10, 10.5))).refusal
        is None
    )


@pytest.mark.parametrize(
    ("samples", "plan", "expected"),
    [
        ((of_mean(5, 5, 9), of_mean(5, 6, 9)), Analysis(), "too_few"),
        ((of_deviation(40, 5, 9), of_deviation(40, 6, 9)), Analysis(Method.always_valid), "too_few"),
        ((of_proportion(900, 4), of_proportion(900, 40)), Analysis(), "too_few_events"),
        ((of_proportion(900, 40), of_proportion(900, 897)), Analysis(), "too_few_events"),
        ((of_deviation(90, 5, 0), of_deviation(90, 6, 0)), Analysis(), "no_variance"),
        ((of_deviation(90, 5, 2), of_deviation(90, 6, 2)), Analysis(planned=500), "too_early"),
        (
            (of_subjects([0.0] * 50, [0.0] * 50), of_subjects([1.0] * 50, [1.0] * 50)),
            Analysis(),
            "no_denominator",
        ),
    ],
)
def test_what_cannot_be_told_is_refused(samples: tuple[Sample, ...], plan: Analysis, expected: str) -> None:
    told = first(*samples, plan=plan)

    assert code(told.absolute) == expected
    assert code(told.relative) == expected
    assert told.p is None
    assert not told.found


def test_control_near_zero_has_a_difference_but_no_relative_effect() -> None:
    told = first(of_deviation(900, 0.01, 5.0), of_deviation(900, 1.0, 5.0))

    assert code(told.relative) == "no_baseline"
    assert estimate(told.absolute).value == pytest.approx(0.99)
    nought = first(of_deviation(900, 0.0, 5.0), of_deviation(900, 1.0, 5.0), plan=Analysis(Method.bayesian))
    assert code(nought.relative) == "no_baseline"


def test_one_arm_is_no_comparison() -> None:
    told = read(of_proportion(900, 40))

    assert told.refusal is not None
    assert code(told.refusal) == "no_comparison"
    assert told.comparisons == ()


def test_a_refused_variant_leaves_the_others() -> None:
    plan = Analysis(shares=(900, 8, 900), split_level=0.0)
    told = read(of_deviation(900, 5, 2), of_deviation(8, 5, 2), of_deviation(900, 6, 2), plan=plan)

    assert code(told.comparisons[0].absolute) == "too_few"
    assert estimate(told.comparisons[1].absolute).value == pytest.approx(1)


def test_an_empty_arm_spoils_no_other() -> None:
    rng = np.random.default_rng(2)

    def arm(n: int) -> Sample:
        visits, earlier = rng.integers(1, 9, n), rng.integers(1, 9, n)
        return of_subjects(rng.binomial(visits, 0.3), visits, before=(rng.binomial(earlier, 0.3), earlier))

    told = read(arm(900), arm(0), arm(900), plan=Analysis(split_level=0.0))

    assert code(told.comparisons[0].absolute) == "too_few"
    assert math.isfinite(ends(told.comparisons[1].absolute)[0])
    assert math.isfinite(told.explained)


def test_a_covariate_without_any_history_is_left_aside() -> None:
    rng = np.random.default_rng(3)
    visits, nothing = rng.integers(1, 9, 900), np.zeros(900)
    orders = [rng.binomial(visits, rate) for rate in (0.3, 0.4)]
    bare = first(*(of_subjects(one, visits) for one in orders))
    told = first(*(of_subjects(one, visits, before=(nothing, nothing)) for one in orders))

    assert ends(told.absolute) == pytest.approx(ends(bare.absolute))
    assert ends(told.relative) == pytest.approx(ends(bare.relative))


@pytest.mark.parametrize(
    "make",
    [
        lambda: analyse([]),
        lambda: analyse([Arm("a", of_proportion(9, 3)), Arm("a", of_proportion(9, 3))]),
        lambda: analyse([Arm("a", of_proportion(9, 3)), Arm("b", of_mean(9, 3, 9))]),
        lambda: Analysis(level=95),
        lambda: Analysis(Method.group_sequential),
        lambda: Analysis(Method.always_valid, Side.greater),
        lambda: split([3, 4], [1]),
    ],
)
def test_mistakes_of_the_caller_are_errors(make: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()  # type: ignore[operator]


# --- split -----------------------------------------------------------------------------------------------


def test_split_by_hand() -> None:
    """8 of 10 on one side: 2 × (45 + 10 + 1) / 1024; three arms by the chi-squared law."""
    assert split([8, 2]).p == pytest.approx(112 / 1024)
    assert split([110, 100, 90]).p == pytest.approx(math.exp(-1), rel=1e-9)
    assert split([0, 0]).p == 1
    assert split([90, 10], [9, 1]).p > 0.9


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=5))
def test_split_does_not_care_for_the_order(counts: list[int]) -> None:
    assume(sum(counts))
    for always_valid in (False, True):
        there, back = split(counts, always_valid=always_valid), split(counts[::-1], always_valid=always_valid)
        assert 0 <= there.p <= 1
        assert there.p == pytest.approx(back.p, rel=1e-6, abs=1e-12)


def test_always_valid_split_finds_a_lasting_fault() -> None:
    assert not split([5_000, 5_100], always_valid=True).alarm
    assert split([50_000, 52_500], always_valid=True).alarm
