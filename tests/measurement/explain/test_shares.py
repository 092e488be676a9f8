"""Shares of one formula: the Shapley value by its definition, at every kind of formula."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.formula import Node, evaluate, names, parse
from gouvernail.measurement.explain.shares import shares

ANY = st.floats(-1000, 1000).map(lambda x: round(x, 3))
POSITIVE = st.floats(0.1, 1000)
AWAY = POSITIVE | st.floats(-1000, -0.1)
FORMULAS = (
    "a + b - c",
    "a * b",
    "a * b * c * d",
    "2 * a - b / 3",
    "a / b",
    "a * b / (c * d)",
    "a / (b / c)",
    "(a - b) / b",
    "a / (a + b)",
    "a * (b + c * d) - e",
    "p * q / (p + r)",
    "a * a * b",
    "(a + b) / (c + d) * e",
)


def by_definition(node: Node, before: dict[str, float], now: dict[str, float]) -> dict[str, float]:
    """The mean, over every order of the metrics, of what each adds when its turn comes."""
    parts = names(node)
    added = dict.fromkeys(parts, 0.0)
    orders = list(itertools.permutations(parts))
    for order in orders:
        at = dict(before)
        for name in order:
            earlier = evaluate(node, at.get)
            at[name] = now[name]
            later = evaluate(node, at.get)
            assert earlier is not None
            assert later is not None
            added[name] += (later - earlier) / len(orders)
    return added


@pytest.mark.parametrize("words", FORMULAS)
@settings(max_examples=20)
@given(data=st.data())
def test_shares_times_moves_are_the_shapley_value(words: str, data: st.DataObject) -> None:
    node = parse(words)
    values = POSITIVE if any(sum_ in words for sum_ in ("/ (a +", "/ (p +", "/ (c +")) else AWAY
    before = {name: data.draw(values) for name in names(node)}
    now = {name: x if data.draw(st.integers(0, 3)) == 0 else data.draw(values) for name, x in before.items()}
    told = shares(node, before, now)
    expected = by_definition(node, before, now)

    assert told is not None
    scale = max(1.0, *(abs(value) for value in expected.values()))
    for name, value in expected.items():
        assert math.isclose(told[name] * (now[name] - before[name]), value, abs_tol=1e-9 * scale)


@given(st.lists(st.tuples(ANY, ANY), min_size=2, max_size=5))
def test_products_take_zeros_and_negatives(ends: list[tuple[float, float]]) -> None:
    ids = [f"x{i}" for i in range(len(ends))]
    node = parse(" * ".join(ids))
    before, now = ({id: end[side] for id, end in zip(ids, ends, strict=True)} for side in (0, 1))
    told, expected = shares(node, before, now), by_definition(node, before, now)

    assert told is not None
    scale = max(1.0, *(abs(value) for value in expected.values()))
    for id in ids:
        assert math.isclose(told[id] * (now[id] - before[id]), expected[id], abs_tol=1e-9 * scale)


def test_what_stands_still_has_the_share_that_a_small_move_would_have() -> None:
    told = shares(parse("a * b"), {"a": 2, "b": 3}, {"a": 2, "b": 5})

    assert told == {"a": 4.0, "b": 2.0}


def test_a_divisor_may_change_its_sign_but_not_be_zero_on_the_way() -> None:
    assert shares(parse("a / b"), {"a": 1, "b": -2}, {"a": 1, "b": 4}) == {
        "a": pytest.approx(-0.125),
        "b": pytest.approx(0.125),
    }
    assert shares(parse("a / (b - c)"), {"a": 1, "b": 2, "c": 1}, {"a": 1, "b": 5, "c": 2}) is None


def test_a_product_of_many_factors_closes() -> None:
    ids = [f"x{i}" for i in range(60)]
    before = {id: 1 + i / 100 for i, id in enumerate(ids)}
    now = {id: 1 + (i * 37 % 60) / 90 for i, id in enumerate(ids)}
    told = shares(parse(" * ".join(ids)), before, now)

    assert told is not None
    move = math.prod(now.values()) - math.prod(before.values())
    assert math.isclose(sum(told[id] * (now[id] - before[id]) for id in ids), move, rel_tol=1e-10)


def test_a_divisor_of_many_parts_counts_as_one() -> None:
    ids = [f"x{i}" for i in range(14)]
    node = parse(f"a / ({' + '.join(ids)})")
    before = {"a": 10.0, **dict.fromkeys(ids, 1.0)}
    now = {"a": 12.0, **{id: 1.0 + i / 10 for i, id in enumerate(ids)}}
    whole = shares(parse("a / d"), {"a": 10, "d": 14}, {"a": 12, "d": sum(now[id] for id in ids)})
    told = shares(node, before, now)

    assert told is not None
    assert whole is not None
    assert told == {"a": pytest.approx(whole["a"]), **dict.fromkeys(ids, pytest.approx(whole["d"]))}
