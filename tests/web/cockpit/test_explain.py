"""Contributions: they add up to the move, and share it as the parts moved."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.formula import evaluate, parse
from gouvernail.web.cockpit.explain import contributions

VALUES = st.floats(0.1, 1000)


def test_a_product_shares_its_move_between_its_factors() -> None:
    # 10 × 5 = 50 → 12 × 6 = 72. In either order: deals first 10, then 12; price first 10, then 12.
    added = contributions(parse("deals * price"), {"deals": 10, "price": 5}, {"deals": 12, "price": 6})

    assert added == {"deals": 11.0, "price": 11.0}


@given(VALUES, VALUES, VALUES, VALUES, VALUES, VALUES)
def test_contributions_add_up_to_the_move(a: float, b: float, c: float, x: float, y: float, z: float) -> None:
    node = parse("p * q / (p + r)")
    before, now = {"p": a, "q": b, "r": c}, {"p": x, "q": y, "r": z}
    added = contributions(node, before, now)
    first, last = evaluate(node, before.get), evaluate(node, now.get)

    assert added
    assert first is not None
    assert last is not None
    assert math.isclose(sum(added.values()), last - first, rel_tol=1e-9, abs_tol=1e-7)


def test_what_did_not_move_added_nothing() -> None:
    added = contributions(parse("a * b"), {"a": 2, "b": 3}, {"a": 2, "b": 4})

    assert added == {"a": 0.0, "b": pytest.approx(2.0)}


def test_a_division_by_zero_on_the_way_explains_nothing() -> None:
    assert contributions(parse("a / b"), {"a": 1, "b": 0}, {"a": 1, "b": 2}) is None
