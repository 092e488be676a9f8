"""Explanations: they close, in any order and under any names, and leave nothing to guess."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.outcome import Refusal
from gouvernail.measurement.explain.explanation import Explanation, Role
from gouvernail.measurement.explain.mix import Mix, Segment, mix
from gouvernail.measurement.explain.tree import explain, gap
from gouvernail.metrics.drivers import Tree

FUNNEL = {"revenue": "won_deals * average_deal_value", "won_deals": "qualified_leads * win_rate"}
LEAVES = "abcdefgh"
VALUES = st.floats(0.5, 1000).map(lambda x: round(x, 3))


def told(tree: Tree, root: str, before: Mapping[str, float], now: Mapping[str, float]) -> Explanation:
    """Return an explanation that must be there."""
    found = explain(tree, root, before, now)
    assert isinstance(found, Explanation)
    return found


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Trees of up to three levels, with sums, products, ratios, and leaves that several formulas name."""
    formulas = {}
    below = list(LEAVES)
    for level in range(draw(st.integers(1, 3))):
        made = []
        for i in range(draw(st.integers(1, 3))):
            parts = draw(st.lists(st.sampled_from(below), min_size=2, max_size=4, unique=True))
            marks = [draw(st.sampled_from("+-*/")) for _ in parts[1:]]
            words = parts[0]
            for mark, part in zip(marks, parts[1:], strict=True):
                words = f"({words} {mark} {part})" if draw(st.booleans()) else f"{words} {mark} {part}"
            formulas[f"m{level}{i}"] = words
            made.append(f"m{level}{i}")
        below += made
    formulas["root"] = " + ".join(sorted({*formulas, "a"}))
    return formulas


SIDES = st.fixed_dictionaries(dict.fromkeys(LEAVES, VALUES))


@given(trees(), SIDES, SIDES)
def test_the_lowest_parts_add_up_to_the_move(
    formulas: dict[str, str], before: dict[str, float], now: dict[str, float]
) -> None:
    tree = Tree(formulas)
    found = explain(tree, "root", before, now)
    if isinstance(found, Refusal):
        assert found.code in ("no_values", "zero_on_the_way", "not_closed")
        return
    ends = tree.evaluate(before)["root"], tree.evaluate(now)["root"]
    scale = max([1.0, *(abs(part.added) for part in found.parts), *map(abs, ends)])

    assert (found.before, found.now) == ends
    assert math.isclose(math.fsum(one.added for one in found.lowest), found.move, abs_tol=1e-9 * scale)
    assert math.isclose(math.fsum(one.added for one in found.under("root")), found.move, abs_tol=1e-9 * scale)
    for metric in {part.metric for part in found.parts if not part.lowest}:
        parts = math.fsum(part.added for part in found.under(metric))
        assert math.isclose(parts, found.added(metric), abs_tol=1e-9 * scale)


@given(SIDES, SIDES, st.permutations("abcd"))
def test_the_order_of_children_does_not_matter(
    before: dict[str, float], now: dict[str, float], order: list[str]
) -> None:
    for mark in "+*":
        straight = told(Tree({"r": f" {mark} ".join("abcd")}), "r", before, now)
        turned = told(Tree({"r": f" {mark} ".join(order)}), "r", before, now)
        for id in "abcd":
            assert math.isclose(
                straight.added(id), turned.added(id), rel_tol=1e-9, abs_tol=1e-9 * abs(straight.now)
            )


@given(SIDES, SIDES)
def test_what_did_not_move_added_nothing(before: dict[str, float], now: dict[str, float]) -> None:
    tree = Tree({"r": "s * p / g", "s": "a + b - c", "p": "d * e", "g": "f + h"})
    found = explain(tree, "r", before, {**now, "b": before["b"], "d": before["d"], "f": before["f"]})
    if isinstance(found, Explanation):
        assert [found.added(id) for id in "bdf"] == [0.0, 0.0, 0.0]


@given(SIDES, SIDES)
def test_names_do_not_matter(before: dict[str, float], now: dict[str, float]) -> None:
    tree = {"r": "a * b + c / d", "b": "e - f"}
    other = {"z9": "y1 * q + x / k", "q": "n - m"}
    names = {"r": "z9", "a": "y1", "b": "q", "c": "x", "d": "k", "e": "n", "f": "m"}
    found = told(Tree(tree), "r", before, now)
    renamed = told(
        Tree(other),
        "z9",
        {names[id]: value for id, value in before.items() if id in names},
        {names[id]: value for id, value in now.items() if id in names},
    )
    moved = [replace(part, metric=names[part.metric], of=names[part.of]) for part in found.parts]

    assert tuple(moved) == renamed.parts


def test_a_driver_taken_apart_leaves_what_stands_above_as_it_was() -> None:
    before = {"qualified_leads": 100, "win_rate": 0.2, "average_deal_value": 1000}
    now = {"qualified_leads": 120, "win_rate": 0.21, "average_deal_value": 900}
    whole = told(Tree(FUNNEL), "revenue", before, now)
    flat = told(
        Tree({"revenue": FUNNEL["revenue"]}),
        "revenue",
        {"won_deals": 20, "average_deal_value": 1000},
        {"won_deals": 25.2, "average_deal_value": 900},
    )

    for id in ("won_deals", "average_deal_value"):
        assert whole.added(id) == pytest.approx(flat.added(id))
    assert whole.added("qualified_leads") + whole.added("win_rate") == pytest.approx(whole.added("won_deals"))


def test_opposite_moves_that_leave_a_metric_where_it_was_are_told() -> None:
    found = told(
        Tree({"r": "s * p", "s": "a + b"}), "r", {"a": 1, "b": 3, "p": 10}, {"a": 3, "b": 1, "p": 10}
    )

    assert {part.metric: part.added for part in found.parts} == {"s": 0.0, "a": 20.0, "b": -20.0, "p": 0.0}


def shared() -> Explanation:
    tree = Tree({"r": "x + y", "x": "v * 2", "y": "v * w", "v": "a - b"})
    return told(tree, "r", {"a": 5, "b": 1, "w": 3}, {"a": 6, "b": 1, "w": 3})


def test_a_shared_driver_is_taken_apart_under_each() -> None:
    assert [(part.of, part.metric, part.added, part.lowest) for part in shared().parts] == [
        ("r", "x", 2.0, False),
        ("x", "v", 2.0, False),
        ("v", "a", 2.0, True),
        ("v", "b", 0.0, True),
        ("r", "y", 3.0, False),
        ("y", "v", 3.0, False),
        ("v", "a", 3.0, True),
        ("v", "b", 0.0, True),
        ("y", "w", 0.0, True),
    ]


def test_ways_without_end_are_told_together() -> None:
    formulas = {f"m{i}": f"m{i + 1} * x + m{i + 1}" for i in range(40)}
    before, now = {"m40": 1.0, "x": 0.01}, {"m40": 1.1, "x": 0.02}
    found = told(Tree(formulas), "m0", before, now)

    assert len(found.parts) < 200
    assert math.isclose(math.fsum(one.added for one in found.lowest), found.move, rel_tol=1e-9)


def test_what_a_formula_does_not_tell_is_a_part_of_its_own() -> None:
    before = {"qualified_leads": 100, "win_rate": 0.2, "average_deal_value": 1000, "revenue": 21_000}
    now = {"qualified_leads": 100, "win_rate": 0.2, "average_deal_value": 1000, "revenue": 20_500}
    found = told(Tree(FUNNEL), "revenue", before, now)

    assert found.move == -500
    assert [
        (part.metric, part.before, part.now, part.added) for part in found.lowest if part.role is Role.rest
    ] == [("revenue", 1000, 500, -500)]


def test_a_driver_whose_parts_are_missing_is_taken_whole_and_says_so() -> None:
    before = {"won_deals": 20, "win_rate": 0.2, "average_deal_value": 1000}
    found = told(Tree(FUNNEL), "revenue", before, {**before, "won_deals": 25})
    won = next(part for part in found.parts if part.metric == "won_deals")

    assert (won.added, won.lowest) == (5000, True)
    assert won.note is not None
    assert won.note.code == "no_values"


def test_a_driver_with_a_zero_on_its_way_is_taken_whole() -> None:
    tree = Tree({"r": "g * 10", "g": "a / (b - c)"})
    found = told(tree, "r", {"a": 1, "b": 2, "c": 1}, {"a": 1, "b": 5, "c": 2})
    ratio = found.parts[0]

    assert ratio.lowest
    assert ratio.note is not None
    assert ratio.note.code == "zero_on_the_way"


@pytest.mark.parametrize(
    ("root", "now", "code"),
    [("revenue", {"win_rate": 0.2}, "no_values"), ("win_rate", {"win_rate": 0.3}, "no_formula")],
)
def test_what_cannot_be_explained_is_refused(root: str, now: dict[str, float], code: str) -> None:
    before = {"qualified_leads": 100, "win_rate": 0.2, "average_deal_value": 1000}
    found = explain(Tree(FUNNEL), root, before, now)

    assert isinstance(found, Refusal)
    assert found.code == code


def test_a_gap_counts_drivers_against_their_targets_and_tells_what_was_asked_of_none() -> None:
    baseline = {"qualified_leads": 100, "win_rate": 0.2, "average_deal_value": 1000}
    found = gap(
        Tree(FUNNEL),
        "revenue",
        30_000,
        {"qualified_leads": 110, "win_rate": 0.2, "average_deal_value": 1000},
        {"qualified_leads": 125},
        baseline,
    )

    assert isinstance(found, Explanation)
    assert (found.before, found.now) == (30_000, 22_000)
    assert {(part.metric, part.role): part.added for part in found.lowest} == {
        ("qualified_leads", Role.driver): pytest.approx(-3000),
        ("win_rate", Role.driver): 0.0,
        ("average_deal_value", Role.driver): 0.0,
        ("revenue", Role.rest): pytest.approx(-5000),
    }


def test_segments_stand_under_the_metric_that_they_make() -> None:
    tree = Tree({"orders": "visits * conversion"})
    first = {"search": Segment(40, 1000), "display": Segment(10, 1000)}
    last = {"search": Segment(60, 1500), "display": Segment(7, 500)}
    mixed = mix(first, last, "rate")
    assert isinstance(mixed, Mix)
    found = explain(
        tree,
        "orders",
        {"visits": 2000, "conversion": 0.025},
        {"visits": 2000, "conversion": 0.0335},
        {"conversion": mixed},
    )

    assert isinstance(found, Explanation)
    assert math.fsum(part.added for part in found.lowest) == pytest.approx(17)
    assert {(part.role, part.segment) for part in found.under("conversion")} == {
        (role, segment) for role in (Role.rate, Role.mix) for segment in ("search", "display")
    }
