"""Intervals of credit: resampled groups of people against the formula of a mean, and against other people."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from gouvernail.measurement.attribution.batches import CONVERSION, Batch
from gouvernail.measurement.attribution.intervals import Draws, of_journeys
from gouvernail.measurement.attribution.journeys import Journeys, walked
from gouvernail.measurement.attribution.models import Attribution, Options, Share, credit
from gouvernail.simulate.causal.demand import CHANNELS, DEMANDS
from gouvernail.simulate.causal.people import Holdouts, play, rows


def _walked(people: int, seed: int, groups: int = 200) -> Journeys:
    played = play(DEMANDS["mixed"], people, seed, Holdouts(0.0, 0.0))
    return walked((Batch(*columns) for columns in rows(played)), CHANNELS, groups=groups)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found() -> Journeys:
    return _walked(12_000, 1)


@pytest.fixture(scope="module")
def told(found: Journeys) -> Attribution:
    answer = of_journeys(found, draws=Draws(solved=20))
    assert isinstance(answer, Attribution)
    return answer


def test_every_model_of_a_small_chain_has_an_interval_around_its_credit(told: Attribution) -> None:
    for shares in told.models.values():
        for share in shares.values():
            assert share.conversions_low is not None
            assert share.conversions_high is not None
            assert share.conversions_low <= share.conversions <= share.conversions_high
            assert share.value_low is not None
            assert share.value_high is not None
            assert share.value_low <= share.value <= share.value_high
    assert told.options["intervals"]["level"] == 0.9


def test_credit_is_that_without_intervals(found: Journeys, told: Attribution) -> None:
    for model in ("linear", "markov_2", "shapley_rate"):
        conversions = [share.conversions for share in told.models[model].values()]
        assert conversions == pytest.approx(credit(found.paths, model)[0].tolist())


def test_first_touches_spread_like_counts() -> None:
    # Who converts once, with one touch, is a draw of a count: its standard error is about its square root.
    people, channels = 20_000, ("a", "b")
    rng = np.random.default_rng(2)
    person = np.repeat(np.arange(people), 2)
    instant = np.tile([0, 1], people)
    step = np.stack([rng.integers(0, 2, people), np.full(people, CONVERSION)], axis=1).ravel()
    keep = np.ones(2 * people, dtype=bool)
    keep[1::2] = rng.random(people) < 0.05
    batch = Batch(person[keep], instant[keep], step[keep].astype(np.int32), (step == CONVERSION)[keep] * 5.0)

    answer = of_journeys(walked([batch], channels, groups=200), Options(models=("first",)))

    assert isinstance(answer, Attribution)
    for share in answer.models["first"].values():
        spread = ((share.conversions_high or 0) - share.conversions) / 1.65
        assert spread == pytest.approx(share.conversions**0.5, rel=0.2)
        assert share.value_high == pytest.approx(5 * (share.conversions_high or 0))


def test_same_answer_every_run(found: Journeys, told: Attribution) -> None:
    assert of_journeys(found, draws=Draws(solved=20)) == told


def test_few_groups_tell_no_interval(found: Journeys) -> None:
    answer = of_journeys(_walked(300, 1, groups=5))

    assert isinstance(answer, Attribution)
    assert all(share.conversions_low is None for share in answer.models["last"].values())


@pytest.mark.slow
def test_intervals_cover_the_credit_of_all_people() -> None:
    models = ("last", "linear", "time_decay", "markov_1", "shapley", "shapley_rate")
    everybody = of_journeys(_walked(600_000, 99, groups=1), Options(models=models))
    assert isinstance(everybody, Attribution)
    inside = dict.fromkeys(models, 0)
    for seed in range(30):
        answer = of_journeys(_walked(6_000, seed), Options(models=models))
        assert isinstance(answer, Attribution)
        for model in models:
            inside[model] += _covered(answer.models[model], everybody.models[model], 100)

    assert all(0.8 <= count / (30 * len(CHANNELS)) <= 0.97 for count in inside.values()), inside


def _covered(shares: Mapping[str, Share], true: Mapping[str, Share], scale: float) -> int:
    return sum(
        (share.conversions_low or 0) <= true[name].conversions / scale <= (share.conversions_high or 0)
        for name, share in shares.items()
    )
