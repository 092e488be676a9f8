"""Touches become paths: against a plain loop over people, whatever the batches."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.measurement.attribution.batches import CONVERSION, Batch, Window
from gouvernail.measurement.attribution.journeys import Journeys, walked
from gouvernail.measurement.attribution.models import MODELS, credit
from gouvernail.measurement.attribution.paths import tallied
from gouvernail.measurement.attribution.pieces import CollisionError, Keys

DAY = 86_400
NAMES = ("a", "b", "c")
Event = tuple[int, int, int, float]
"""person, instant, channel or CONVERSION, worth"""

events = st.lists(
    st.builds(
        lambda person, day, step: (person, day * DAY, step, 7.0 if step == CONVERSION else 0.0),
        st.integers(0, 5),
        st.integers(0, 30),
        st.integers(CONVERSION, 2),
    ),
    max_size=60,
).map(lambda found: sorted(found, key=lambda one: (one[0], one[1], one[2] == CONVERSION, one[2])))


def _batches(found: Sequence[Event], cuts: Sequence[int]) -> list[Batch]:
    places = [0, *sorted(min(cut, len(found)) for cut in cuts), len(found)]
    return [
        Batch(
            np.array([one[0] for one in part], dtype=np.int64),
            np.array([one[1] for one in part], dtype=np.int64),
            np.array([one[2] for one in part], dtype=np.int32),
            np.array([one[3] for one in part], dtype=np.float64),
        )
        for start, end in itertools.pairwise(places)
        for part in [found[start:end]]
    ]


def _told(found: Journeys) -> dict[tuple[int, ...], tuple[float, float, float]]:
    paths = found.paths
    return {
        tuple(paths.steps[start:end].tolist()): (won, worth, nulls)
        for start, end, won, worth, nulls in zip(
            paths.bounds[:-1].tolist(),
            paths.bounds[1:].tolist(),
            paths.conversions.tolist(),
            paths.value.tolist(),
            paths.nulls.tolist(),
            strict=True,
        )
    }


def _by_hand(
    found: Sequence[Event], window: Window
) -> tuple[dict[tuple[int, ...], tuple[float, ...]], float]:
    paths: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    untraced = 0.0
    for person in {one[0] for one in found}:
        met: list[tuple[int, int]] = []
        converted = False
        for _, instant, step, worth in (one for one in found if one[0] == person):
            if step != CONVERSION:
                met.append((instant, step))
                continue
            converted = True
            path = tuple(step for then, step in met if then >= instant - window.days * DAY)
            if path:
                paths[path][0] += 1
                paths[path][1] += worth
            else:
                untraced += 1
            met = [] if window.restart else met
        if met and (window.restart or not converted):
            paths[tuple(step for then, step in met if then >= met[-1][0] - window.days * DAY)][2] += 1
    return {path: tuple(counts) for path, counts in paths.items()}, untraced


@given(events, st.lists(st.integers(0, 60), max_size=4), st.booleans(), st.sampled_from([3.0, 10.0, 90.0]))
def test_paths_are_those_of_a_plain_loop(
    found: list[Event], cuts: list[int], restart: bool, days: float
) -> None:
    window = Window(days, restart)
    expected, untraced = _by_hand(found, window)

    told = walked(_batches(found, cuts), NAMES, window, groups=3)

    assert _told(told) == expected
    assert told.untraced == untraced
    assert told.people == len({one[0] for one in found})
    for counts, whole in (
        (told.tally.conversions, told.paths.conversions),
        (told.tally.nulls, told.paths.nulls),
    ):
        assert tallied(told.tally.path, counts, len(told.paths)).tolist() == whole.tolist()


@given(events, st.lists(st.integers(0, 60), max_size=4))
def test_batches_change_nothing(found: list[Event], cuts: list[int]) -> None:
    whole, parts = walked(_batches(found, []), NAMES), walked(_batches(found, cuts), NAMES)

    assert whole.paths.steps.tolist() == parts.paths.steps.tolist()
    assert whole.paths.value.tolist() == parts.paths.value.tolist()


def test_journeys_are_folded_while_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouvernail.measurement.attribution.journeys.HELD", 2)
    found = [(person, day * DAY, day % 3, 0.0) for person in range(9) for day in range(3)]

    told = walked(_batches(found, [4, 9, 17]), NAMES)

    assert _told(told) == {(0, 1, 2): (0.0, 0.0, 9.0)}


def test_ranges_of_numbers_and_blocks_of_steps_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    rows = zip(rng.integers(0, 90, 600), rng.integers(0, 200, 600), rng.integers(-1, 3, 600), strict=True)
    found: list[Event] = [
        (int(person), int(day) * DAY, int(step), float(rng.lognormal()) if step == CONVERSION else 0.0)
        for person, day, step in sorted(rows)
    ]

    def told() -> list[bytes]:
        made = walked(_batches(found, [100, 250, 251, 400]), NAMES, groups=3)
        shares = [credit(made.paths, model) for model in MODELS]
        columns = [*vars(made.tally).values(), made.paths.steps, made.paths.bounds, made.paths.value]
        return [column.tobytes() for column in (*columns, *(one for pair in shares for one in pair))]

    whole = told()
    monkeypatch.setattr("gouvernail.measurement.attribution.pieces.RANGE", 5)
    monkeypatch.setattr("gouvernail.measurement.attribution.paths.BLOCK", 4)

    assert told() == whole


def _aged_by_hand(found: Sequence[Event], window: Window, half_life: float) -> dict[int, list[float]]:
    credit: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for person in {one[0] for one in found}:
        met: list[tuple[int, int]] = []
        for _, instant, step, worth in (one for one in found if one[0] == person):
            if step != CONVERSION:
                met.append((instant, step))
                continue
            inside = [(then, channel) for then, channel in met if then >= instant - window.days * DAY]
            raw = [2 ** (-(instant - then) / DAY / half_life) for then, _ in inside]
            for weight, (_, channel) in zip(raw, inside, strict=True):
                credit[channel][0] += weight / sum(raw)
                credit[channel][1] += worth * weight / sum(raw)
            met = [] if window.restart else met
    return credit


@given(events, st.lists(st.integers(0, 60), max_size=4), st.booleans(), st.sampled_from([0.5, 7.0]))
def test_credit_by_age_is_that_of_a_plain_loop(
    found: list[Event], cuts: list[int], restart: bool, half_life: float
) -> None:
    window = Window(10.0, restart)
    expected = _aged_by_hand(found, window, half_life)

    told = walked(_batches(found, cuts), NAMES, window, groups=3, half_life_days=half_life).aged

    assert told is not None
    for channel in range(len(NAMES)):
        assert told.conversions[:, channel].sum() == pytest.approx(expected[channel][0], abs=1e-9)
        assert told.value[:, channel].sum() == pytest.approx(expected[channel][1], abs=1e-9)


def test_very_old_touches_weigh_nothing_and_break_nothing() -> None:
    found = [(1, 0, 0, 0.0), (1, 80 * DAY, 1, 0.0), (1, 90 * DAY, CONVERSION, 7.0)]

    told = walked(_batches(found, []), NAMES, half_life_days=0.01).aged

    assert told is not None
    assert told.conversions[0].tolist() == [0.0, 1.0, 0.0]


def test_a_seed_changes_numbers_and_no_count() -> None:
    found = [(person, day * DAY, (day * person) % 3, 0.0) for person in range(9) for day in range(3)]

    assert _told(walked(_batches(found, []), NAMES, seed=5)) == _told(walked(_batches(found, []), NAMES))


def test_two_paths_on_one_number_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    _collide(monkeypatch, seeds=1)
    found = [(1, 0, 0, 0.0), (2, 0, 1, 0.0)]

    with pytest.raises(CollisionError):
        walked(_batches(found, []), NAMES)
    assert len(walked(_batches(found, []), NAMES, seed=1).paths) == 2


def _collide(monkeypatch: pytest.MonkeyPatch, seeds: int) -> None:
    """Let all paths fall on one number under the first seeds; the second numbers stay as they are."""
    start = Keys.__init__

    def started(self: Keys, channels: Sequence[str], seed: int = 0) -> None:
        start(self, channels, seed)
        if seed < seeds:
            self.value = self.value.copy()
            self.value[:, 0] = 0

    monkeypatch.setattr(Keys, "__init__", started)
