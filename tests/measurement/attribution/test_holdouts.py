"""Holdouts tell what channels cause: by hand, against a simulator whose truth is counted, and refusals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.measurement.attribution.holdouts import incremental
from gouvernail.measurement.attribution.study import Incremental, Reading, Study
from gouvernail.simulate.causal.demand import CHANNELS, DEMANDS
from gouvernail.simulate.causal.people import Played, play


def _value(outcome: Outcome) -> float:
    assert isinstance(outcome, Estimate), outcome
    return outcome.value


def _study(played: Played) -> Study:
    return Study(CHANNELS, played.held, played.buyer, played.value, played.bought, played.would)


@pytest.fixture(scope="module")
def played() -> Played:
    return play(DEMANDS["intent_driven"], 100_000, seed=7)


@pytest.fixture(scope="module")
def answer(played: Played) -> Incremental:
    found = incremental(_study(played))
    assert isinstance(found, Incremental)
    return found


def test_one_channel_by_hand() -> None:
    # Of 100 held out 30 buy for 10 each; of 300 shown 120 do. Shown to all 400: 400 × (.4 - .3) = 40 sales.
    held = np.arange(400)[:, None] < 100
    buyer = np.concatenate((np.arange(30), np.arange(100, 220)))

    found = incremental(Study(("radio",), held, buyer, np.full(150, 10.0)))

    assert isinstance(found, Incremental)
    effect = found.channels["radio"]
    assert _value(effect.conversions) == pytest.approx(40)
    assert _value(effect.value) == pytest.approx(400)
    assert _value(found.total) == pytest.approx(40)
    assert (effect.held, effect.shown, found.basis) == (100, 300, "intention_to_treat")
    spread = 400 * (0.3 * 0.7 / 100 + 0.4 * 0.6 / 300) ** 0.5
    assert isinstance(effect.conversions, Estimate)
    assert effect.conversions.high == pytest.approx(40 + 1.6448536 * spread)
    assert effect.conversions.grade is Grade.experiment


def test_only_would_be_exposed_count_from_their_first_meeting_on() -> None:
    # The hand case again, with as many who would never have met the channel, and sales before the first meeting.
    held = np.tile(np.arange(400) < 100, 2)[:, None]
    buyer = np.concatenate((np.arange(30), np.arange(100, 220), np.arange(300, 400), np.arange(400, 800)))
    bought = np.concatenate((np.full(150, 9.0), np.full(100, 1.0), np.full(400, 9.0)))
    would = np.where(np.arange(800) < 400, 5.0, np.inf)[:, None]

    found = incremental(Study(("radio",), held, buyer, np.ones(650), bought, would))

    assert isinstance(found, Incremental)
    assert _value(found.channels["radio"].conversions) == pytest.approx(40)


def test_truth_lies_within_the_intervals(played: Played, answer: Incremental) -> None:
    inside = 0
    for place, name in enumerate(CHANNELS):
        for outcome, truth in (
            (answer.channels[name].conversions, played.truth.incremental[place, 0]),
            (answer.channels[name].share, played.truth.shares[place]),
        ):
            assert isinstance(outcome, Estimate)
            assert outcome.low is not None
            assert outcome.high is not None
            inside += outcome.low <= truth <= outcome.high
    assert inside >= 9
    assert _value(answer.total) == pytest.approx(played.truth.total[0], rel=0.15)


def test_shares_sum_to_one(answer: Incremental) -> None:
    assert sum(_value(one.share) for one in answer.channels.values()) == pytest.approx(1)
    assert sum(_value(one.value_share) for one in answer.channels.values()) == pytest.approx(1)


def test_the_log_of_exposure_narrows_intervals(played: Played, answer: Incremental) -> None:
    plain = incremental(Study(CHANNELS, played.held, played.buyer, played.value))

    assert isinstance(plain, Incremental)
    for name in CHANNELS:
        narrow, wide = answer.channels[name].conversions, plain.channels[name].conversions
        assert isinstance(narrow, Estimate)
        assert isinstance(wide, Estimate)
        assert (narrow.high or 0) - (narrow.low or 0) < (wide.high or 0) - (wide.low or 0)


def test_the_order_of_people_and_channels_does_not_matter(played: Played, answer: Incremental) -> None:
    order = np.random.default_rng(3).permutation(played.people)
    new = np.argsort(order)
    turned = Study(
        CHANNELS[::-1],
        played.held[order][:, ::-1],
        new[played.buyer],
        played.value,
        played.bought,
        played.would[order][:, ::-1],
    )

    found = incremental(turned)

    assert isinstance(found, Incremental)
    for name in CHANNELS:
        assert _value(found.channels[name].share) == pytest.approx(_value(answer.channels[name].share))


def _refused(study: Study, channel: str = CHANNELS[0], reading: Reading | None = None) -> str:
    found = incremental(study, reading)
    outcome = found if isinstance(found, Refusal) else found.channels[channel].conversions
    assert isinstance(outcome, Refusal)
    return outcome.code


def test_refusals(played: Played) -> None:
    study = _study(played)

    assert _refused(replace(study, held=np.zeros_like(study.held))) == "no_holdout"
    assert _refused(study, reading=Reading(fewest=10**6)) == "too_few"
    assert _refused(replace(study, shares=(0.3,) * len(CHANNELS))) == "imbalance"


def test_a_log_that_forgets_those_held_out_is_no_random_part(played: Played) -> None:
    would = played.would.copy()
    would[played.held[:, 0] & (np.arange(played.people) % 3 == 0), 0] = np.inf

    assert _refused(replace(_study(played), would=would)) == "imbalance"


def test_planned_shares_that_hold_change_nothing(played: Played, answer: Incremental) -> None:
    found = incremental(replace(_study(played), shares=(0.1,) * len(CHANNELS)))

    assert isinstance(found, Incremental)
    assert found.channels["email"] == answer.channels["email"]


def test_no_common_holdout_no_total(played: Played) -> None:
    few = ~played.held.all(axis=1)
    kept = np.isin(played.buyer, np.flatnonzero(few))
    number = np.cumsum(few) - 1
    study = Study(CHANNELS, played.held[few], number[played.buyer[kept]], played.value[kept])

    found = incremental(study)

    assert isinstance(found, Incremental)
    assert isinstance(found.total, Refusal)
    assert found.total.code == "no_common_holdout"


def test_no_effect_no_share() -> None:
    rng = np.random.default_rng(5)
    held = rng.random((20_000, 2)) < 0.1
    buyer = np.flatnonzero(rng.random(20_000) < 0.05)

    found = incremental(Study(("a", "b"), held, buyer, np.ones(len(buyer))))

    assert isinstance(found, Incremental)
    assert isinstance(found.channels["a"].share, Refusal)
    assert found.channels["a"].share.code == "no_effect"
