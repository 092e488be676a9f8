"""Paths out of the lake: the same sales and the same touches as first and last touch credit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import parse_period
from gouvernail.measurement.attribution import stream
from gouvernail.measurement.attribution.batches import Window
from gouvernail.measurement.attribution.journeys import Journeys, walked
from gouvernail.measurement.attribution.models import credit
from gouvernail.measurement.attribution.pieces import CollisionError
from gouvernail.measurement.attribution.stream import UNNAMED, Asked, Level, journeys
from gouvernail.measurement.attribution.touch import Credit
from gouvernail.measurement.attribution.touch import credit as touch_credit
from gouvernail.metrics.keys import ActionKeys, Key
from tests.metrics.engines import MemoryEngine, Row, money

JANUARY = parse_period("2026-01")
NOON = datetime(2026, 1, 20, 12)
ACTIONS = [ActionKeys("ads", (Key("ads"),)), ActionKeys("mail", (Key("mail"),))]
ONCE = Window(90, restart=False)


def _order(person: str | None, value: int, number: int, kind: str = "order") -> Row:
    at = NOON - timedelta(hours=number)
    return {
        "source": "shopify",
        "source_row": number,
        "person": person,
        "kind": kind,
        "order_id": f"o{number}",
        "day": at.date(),
        "instant": at,
        "value": money(str(value)),
        "currency": "CHF",
    }


def _touch(person: str | None, campaign: str | None, hours: int) -> Row:
    at = NOON - timedelta(hours=hours)
    return {
        "source": "ga4",
        "person": person,
        "instant": at,
        "day": at.date(),
        "campaign": campaign,
        "channel": {"ads": "search_paid", "mail": "email"}.get(campaign or ""),
        "traffic_source": campaign,
        "medium": "cpc" if campaign == "ads" else None,
    }


def _asked(level: Level = "channel", window: Window = ONCE) -> Asked:
    return Asked(JANUARY, level, window, "CHF", groups=5)


def _found(engine: MemoryEngine, level: Level = "channel", window: Window = ONCE) -> Journeys:
    told = journeys(engine, _asked(level, window), ACTIONS)
    assert isinstance(told, Journeys)
    return told


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("channel", {"search_paid": 1, "email": 0, UNNAMED: 0}),
        ("source_medium", {"ads / cpc": 1, f"mail / {UNNAMED}": 0, f"other / {UNNAMED}": 0}),
        ("campaign", {"ads": 1, "mail": 0, "other": 0}),
        ("action", {"ads": 1, "mail": 0, UNNAMED: 0}),
    ],
)
def test_a_step_is_named_at_each_level(level: Level, expected: dict[str, float]) -> None:
    engine = MemoryEngine(
        conversions=[_order("p", 100, 1)],
        touchpoints=[_touch("p", "ads", 30), _touch("p", "mail", 20), _touch("p", "other", 10)],
    )

    paths = _found(engine, level).paths

    assert dict(zip(paths.channels, credit(paths, "first")[0].tolist(), strict=True)) == expected


def test_what_nobody_touched_has_no_path() -> None:
    engine = MemoryEngine(
        conversions=[
            _order("p", 100, 1),
            _order(None, 30, 2),
            _order("q", 7, 3),
            _order("p", -5, 4, "refund"),
        ],
        touchpoints=[_touch("p", "ads", 30), _touch("r", "mail", 20), _touch(None, "mail", 20)],
    )

    told = _found(engine)

    assert (told.paths.conversions.sum(), told.paths.nulls.sum()) == (1, 1)
    assert (told.untraced, told.untraced_value) == (2, 32)


def test_lines_of_an_order_are_one_sale_and_its_refund_is_taken_off() -> None:
    lines = [_order("p", 60, 1), _order("p", 40, 2), _order("p", -25, 3, "refund")]
    engine = MemoryEngine(
        conversions=[{**line, "order_id": "o1"} for line in lines], touchpoints=[_touch("p", "ads", 30)]
    )

    paths = _found(engine).paths

    assert (paths.conversions.tolist(), paths.value.tolist()) == ([1], [75])


def test_nothing_sold_and_nobody_touched_are_refused() -> None:
    nothing = journeys(MemoryEngine(touchpoints=[_touch("p", "ads", 1)]), _asked())
    nobody = journeys(MemoryEngine(conversions=[_order("p", 1, 1)]), _asked())

    assert isinstance(nothing, Refusal)
    assert isinstance(nobody, Refusal)
    assert (nothing.code, nobody.code) == ("no_data", "no_touchpoints")


def test_rows_are_streamed_again_where_two_paths_fall_on_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = MemoryEngine(
        conversions=[_order("p", 100, 1)],
        touchpoints=[_touch("p", "ads", 30), _touch("q", "mail", 20)],
    )
    expected = _found(engine)
    seeds: list[int] = []

    def stumbling(*given: Any, seed: int, **options: Any) -> Journeys:
        seeds.append(seed)
        found = walked(*given, seed=seed, **options)
        if seed < 2:
            raise CollisionError
        return found

    monkeypatch.setattr(stream, "walked", stumbling)

    told = _found(engine)

    assert seeds == [0, 1, 2]
    assert told.paths.conversions.sum() == expected.paths.conversions.sum()
    assert told.aged is not None
    assert told.aged.half_life_days == 7.0


def test_three_collisions_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def colliding(*given: Any, **options: Any) -> Journeys:
        raise CollisionError

    monkeypatch.setattr(stream, "walked", colliding)
    engine = MemoryEngine(conversions=[_order("p", 100, 1)], touchpoints=[_touch("p", "ads", 30)])

    with pytest.raises(CollisionError):
        _found(engine)


people = st.sampled_from(["p", "q", "r"])


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(people, st.sampled_from(["ads", "mail", None]), st.integers(0, 200)),
        min_size=1,
        max_size=20,
    ),
    st.lists(st.tuples(people, st.integers(1, 99)), min_size=1, max_size=8),
)
def test_first_and_last_agree_with_touch_credit(
    touches: list[tuple[str, str | None, int]], orders: list[tuple[str, int]]
) -> None:
    # One touch a minute of the day at most: ties are broken by different names at different levels.
    apart = {(person, hours): campaign for person, campaign, hours in touches}
    engine = MemoryEngine(
        conversions=[_order(person, worth, 10 * number) for number, (person, worth) in enumerate(orders)],
        touchpoints=[_touch(person, campaign, hours) for (person, hours), campaign in apart.items()],
    )
    paths = _found(engine, "action").paths

    for rule in ("first", "last"):
        told = touch_credit(engine, ACTIONS, JANUARY, rule, 90, currency="CHF")
        assert isinstance(told, Credit)
        if told.basis == "record":
            assert not paths.conversions.sum()
            continue
        conversions, value = credit(paths, rule)
        named = dict(zip(paths.channels, zip(conversions.tolist(), value.tolist(), strict=True), strict=True))
        for action, share in told.by_action.items():
            assert named[action] == pytest.approx((share.conversions, float(share.revenue)))
