"""Mix: the published split, hand calculations, laws."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.outcome import Refusal
from gouvernail.measurement.explain.mix import Effect, Mix, Segment, mix

SIZES = st.floats(0, 1e4).map(lambda x: round(x, 2))
SEGMENTS = st.dictionaries(
    st.sampled_from("abcdef"), st.builds(Segment, st.floats(-1e4, 1e4).map(lambda x: round(x, 2)), SIZES)
)


def test_the_published_example_splits_into_rate_and_volume(shared_data: Path) -> None:
    vector = json.loads((shared_data / "truth/drivers/icanexplain_revenue_example.json").read_text("utf-8"))
    years = {
        row["year"]: Segment(row["bookings"] * row["revenue_per_booking"], row["bookings"])
        for row in vector["data"]
    }
    told = mix({"all": years[2021]}, {"all": years[2022]})

    assert isinstance(told, Mix)
    assert told.added(Effect.rate) == pytest.approx(vector["shapley_2022"]["rate"], rel=1e-12)
    assert told.added(Effect.volume) == pytest.approx(vector["shapley_2022"]["volume"], rel=1e-12)


def test_a_better_mixture_is_told_apart_from_better_segments() -> None:
    # Search 1,000 at 4 %, display 1,000 at 1 % → 1,500 at 4 %, 500 at 1.4 %: 2.5 % → 3.35 %.
    before = {"search": Segment(40, 1000), "display": Segment(10, 1000)}
    now = {"search": Segment(60, 1500), "display": Segment(7, 500)}
    told = mix(before, now, "rate")

    assert isinstance(told, Mix)
    assert {(part.effect, part.segment): round(part.added, 9) for part in told.parts} == {
        (Effect.rate, "search"): 0.0,
        (Effect.mix, "search"): round(0.25 * (0.04 - 0.02925), 9),
        (Effect.rate, "display"): round(0.375 * 0.004, 9),
        (Effect.mix, "display"): round(-0.25 * (0.012 - 0.02925), 9),
    }


@given(SEGMENTS, SEGMENTS, st.sampled_from(["total", "rate"]))
def test_effects_add_up_to_the_move(before: dict[str, Segment], now: dict[str, Segment], of: str) -> None:
    told = mix(before, now, "rate" if of == "rate" else "total")
    if isinstance(told, Refusal):
        sizes = [sum(one.size for one in side.values()) for side in (before, now)]
        assert not all(sizes)
        return
    scale = max([1.0, *(abs(part.added) for part in told.parts), abs(told.before), abs(told.now)])

    assert math.isclose(
        math.fsum(part.added for part in told.parts), told.now - told.before, abs_tol=1e-9 * scale
    )
    if of == "total":
        assert told.now == pytest.approx(sum(one.value for one in now.values()), abs=1e-6)


@given(SEGMENTS, SEGMENTS)
def test_the_order_of_segments_does_not_matter(before: dict[str, Segment], now: dict[str, Segment]) -> None:
    told = mix(before, now)
    turned = mix(dict(reversed(before.items())), dict(reversed(now.items())))
    if isinstance(told, Refusal) or isinstance(turned, Refusal):
        assert told == turned
        return

    first = {(part.effect, part.segment): part.added for part in told.parts}
    second = {(part.effect, part.segment): part.added for part in turned.parts}
    assert first.keys() == second.keys()
    assert all(math.isclose(first[key], second[key], rel_tol=1e-9, abs_tol=1e-7) for key in first)


def test_a_new_segment_is_mix_and_value_without_size_stands_apart() -> None:
    told = mix(
        {"a": Segment(10, 100)}, {"a": Segment(10, 100), "b": Segment(30, 100), "phone": Segment(5, 0)}
    )

    assert isinstance(told, Mix)
    assert {(part.effect, part.segment): part.added for part in told.parts} == {
        (Effect.volume, ""): pytest.approx(15.0),
        (Effect.rate, "a"): 0.0,
        (Effect.mix, "a"): pytest.approx(150 * -0.5 * (0.1 - 0.15)),
        (Effect.rate, "b"): 0.0,
        (Effect.mix, "b"): pytest.approx(150 * 0.5 * (0.3 - 0.15)),
        (Effect.apart, "phone"): 5.0,
    }


def test_no_size_is_no_rate() -> None:
    told = mix({"a": Segment(0, 0)}, {"a": Segment(1, 0)})

    assert isinstance(told, Refusal)
    assert told.code == "no_volume"
