"""The causal simulator: a truth that is counted, holdouts that are random, demand of three kinds."""

from __future__ import annotations

import numpy as np
import pytest

from gouvernail.measurement.attribution.batches import Batch, Window
from gouvernail.measurement.attribution.journeys import walked
from gouvernail.measurement.attribution.models import Attribution, attribute
from gouvernail.simulate.causal.demand import CHANNELS, DEMANDS, Demand
from gouvernail.simulate.causal.people import Holdouts, Played, play, rows

PEOPLE = 30_000


@pytest.fixture(scope="module", params=sorted(DEMANDS))
def demand(request: pytest.FixtureRequest) -> Demand:
    return DEMANDS[request.param]


def test_one_seed_one_answer(demand: Demand) -> None:
    once, again, other = play(demand, 500, 1), play(demand, 500, 1), play(demand, 500, 2)

    assert once.bought.tolist() == again.bought.tolist()
    assert once.truth.without.tolist() == again.truth.without.tolist()
    assert once.truth.nothing.tolist() != other.truth.nothing.tolist()


def test_without_holdouts_people_live_in_the_world_of_all_channels(demand: Demand) -> None:
    played = play(demand, PEOPLE, 3, Holdouts(0.0, 0.0))

    assert [len(played.buyer), played.value.sum()] == pytest.approx(played.truth.everything.tolist())


def test_held_out_of_everything_people_live_in_the_world_of_none(demand: Demand) -> None:
    played = play(demand, PEOPLE, 3, Holdouts(0.0, 1.0))

    assert len(played.who) == 0
    assert [len(played.buyer), played.value.sum()] == pytest.approx(played.truth.nothing.tolist())


def test_a_world_that_withholds_one_channel_is_that_channel_s_counterfactual(demand: Demand) -> None:
    played = play(demand, PEOPLE, 3)

    assert (played.truth.incremental[:, 0] > 0).all()
    assert played.truth.total[0] > 0
    assert played.truth.shares.sum() == pytest.approx(1)


def test_who_would_be_met_first_does_not_hang_on_the_own_holdout(demand: Demand) -> None:
    played = play(demand, PEOPLE, 3, Holdouts(0.5, 0.0))
    reached = np.isfinite(played.would)

    for place in range(len(CHANNELS)):
        held = played.held[:, place]
        assert reached[held, place].mean() == pytest.approx(reached[~held, place].mean(), abs=0.02)
        assert not (played.held[played.who[played.channel == place], place]).any()


def _last_touch(played: Played) -> tuple[np.ndarray, np.ndarray]:
    batches = (Batch(*columns) for columns in rows(played))  # type: ignore[arg-type]
    found = attribute(walked(batches, CHANNELS, Window()).paths)
    assert isinstance(found, Attribution)
    credited = np.array([found.models["last"][name].conversions for name in CHANNELS])
    return credited / credited.sum(), played.truth.shares


def test_the_last_touch_flatters_search_where_intent_brings_people_there() -> None:
    credited, true = _last_touch(play(DEMANDS["intent_driven"], PEOPLE, 3, Holdouts(0.0, 0.0)))
    brand = CHANNELS.index("search_brand")

    assert credited[brand] > 2 * true[brand]
    assert (credited[:3] < true[:3]).all()
