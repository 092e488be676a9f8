"""The driver grammar: reading, showing, evaluating, and its exact derivatives."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import Binary, Constant, Name, Node, evaluate, gradient, names, parse, show

METRICS = ["leads", "win_rate", "basket"]
VALUES = st.fixed_dictionaries({name: st.floats(0.5, 20) for name in METRICS})
LEAVES = st.sampled_from([Name(name) for name in METRICS]) | st.decimals("0", "99999", places=3).map(
    lambda value: Constant(float(value))
)
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES, lambda inner: st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), inner, inner), max_leaves=8
)


@given(TREES)
def test_show_reads_back_as_the_same_tree(tree: Node) -> None:
    assert parse(show(tree)) == tree


@given(TREES, VALUES)
def test_show_keeps_the_value(tree: Node, values: dict[str, float]) -> None:
    assert evaluate(parse(show(tree)), values.get) == evaluate(tree, values.get)


@given(TREES, VALUES, st.sampled_from(METRICS))
def test_gradient_equals_finite_differences(tree: Node, values: dict[str, float], name: str) -> None:
    slopes = gradient(tree, values)
    step = 1e-4 * values[name]
    centre = evaluate(tree, values.get)
    above = evaluate(tree, {**values, name: values[name] + step}.get)
    below = evaluate(tree, {**values, name: values[name] - step}.get)
    if slopes is None or centre is None or above is None or below is None:
        return  # a division by zero
    # Where a denominator nearly vanishes the differences, not the gradient, are wrong: they disagree on both sides.
    forward, backward = (above - centre) / step, (centre - below) / step
    size = max(abs(forward), abs(backward), abs(centre) / values[name], 1e-3)
    assume(abs(forward - backward) < 1e-3 * size)
    assume(abs(centre) < 1e9)

    assert slopes.get(name, 0.0) == pytest.approx((above - below) / (2 * step), abs=1e-3 * size)


@given(st.text(max_size=20))
def test_any_text_is_a_formula_or_a_formula_error(words: str) -> None:
    try:
        assert parse(show(parse(words))) == parse(words)
    except FormulaError as error:
        assert 0 <= error.position <= len(words)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("8 / 4 / 2", 1.0),
        ("8 - 4 - 2", 2.0),
        ("-2 * 3", -6.0),
        ("2 * -3", -6.0),
        ("leads * win_rate", 6.0),
        ("leads / 0", None),
        ("leads * unheard_of", None),
    ],
)
def test_formula_is_evaluated_as_written(words: str, value: float | None) -> None:
    assert evaluate(parse(words), {"leads": 12.0, "win_rate": 0.5}.get) == value


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("", 0),
        ("leads *", 7),
        ("(leads", 6),
        ("leads)", 5),
        ("leads ^ 2", 6),
        ("leads win_rate", 6),
        ("* 2", 0),
    ],
)
def test_fault_of_a_formula_has_its_position(words: str, position: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(words)

    assert caught.value.position == position


def test_deep_nesting_is_refused() -> None:
    for words in ("(" * 5000 + "1" + ")" * 5000, "-" * 5000 + "1"):
        with pytest.raises(FormulaError):
            parse(words)


def test_names_are_in_reading_order_each_once() -> None:
    assert names(parse("b * a / (b + c)")) == ("b", "a", "c")


def test_gradient_without_a_value_is_none() -> None:
    assert gradient(parse("leads * unheard_of"), {"leads": 1.0}) is None
    assert gradient(parse("leads / win_rate"), {"leads": 1.0, "win_rate": 0.0}) is None
