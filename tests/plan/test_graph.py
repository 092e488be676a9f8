from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.plan.graph import Graph, is_business_objective
from gouvernail.plan.model import Plan
from tests.plan.strategies import IDS, plans


def graph(**serves: Any) -> Graph:
    """Elements by name: v* values, b* business objectives, m* marketing objectives, a* actions."""
    sections: dict[str, list[dict[str, Any]]] = {"values": [], "objectives": [], "actions": []}
    for id, above in serves.items():
        element = {"id": id, "serves": above}
        match id[0]:
            case "v":
                sections["values"].append(element)
            case "a":
                sections["actions"].append(element)
            case kind:
                level = "business" if kind == "b" else "marketing"
                sections["objectives"].append({**element, "level": level})
    return Graph(Plan.model_validate(sections))


def ids(elements: Any) -> list[str]:
    return [element.id for element in elements]


def test_shares_follow_weights_and_sum_to_one() -> None:
    parents = graph(b1=[], b2=[], b3=[], a={"b1": 1, "b2": 1, "b3": 1}).parents("a")

    assert [(parent.id, round(share, 3)) for parent, share in parents] == [
        ("b1", Decimal("0.333")),
        ("b2", Decimal("0.333")),
        ("b3", Decimal("0.333")),
    ]
    assert sum(share for _, share in parents) == 1


def test_shares_go_to_existing_parents_only() -> None:
    parents = graph(b1=[], a={"b1": 1, "nobody": 3}).parents("a")

    assert [(parent.id, share) for parent, share in parents] == [("b1", Decimal(1))]


def test_parent_named_twice_counts_with_both_weights() -> None:
    found = graph(
        b1=[], b2=[], a=[{"id": "b1", "weight": 1}, {"id": "b2", "weight": 2}, {"id": "b1", "weight": 1}]
    )

    assert found.business_shares("a") == {"b1": Fraction(1, 2), "b2": Fraction(1, 2)}


def test_neighbours_and_ways_up() -> None:
    found = graph(v=[], b=["v"], m1=["b"], m2=["b", "v"], a=["m1", "m2"])

    assert ids(found.children("b")) == ["m1", "m2"]
    assert ids(found.ancestors("a")) == ["m1", "m2", "b", "v"]
    assert ids(found.descendants("b")) == ["m1", "m2", "a"]
    assert [ids(path) for path in found.paths_up("a")] == [
        ["a", "m1", "b", "v"],
        ["a", "m2", "b", "v"],
        ["a", "m2", "v"],
    ]
    assert [ids(path) for path in found.paths_up("a", until=is_business_objective)] == [
        ["a", "m1", "b"],
        ["a", "m2", "b"],
    ]
    assert ids(found.to_values("a")) == ["v"]
    assert ids(found.business_objectives("a")) == ["b"]
    assert found.reaches("a", is_business_objective)
    assert not found.reaches("v", is_business_objective)


def test_unknown_element_has_no_place_in_the_graph() -> None:
    found = graph(v=[])

    assert found.parents("x") == found.children("x") == found.ancestors("x") == found.to_values("x") == ()
    assert list(found.paths_up("x")) == []
    assert not found.reaches("x", lambda element: True)
    assert found.split_money("x", Decimal(1)) == {}


def test_money_climbs_by_shares_to_the_cent() -> None:
    found = graph(b1=[], b2=[], m=["b1", "b2"], a={"m": 2, "b1": 1})

    assert found.split_money("a", Decimal("100.00")) == {"b1": Decimal("66.67"), "b2": Decimal("33.33")}


def test_money_stops_at_the_first_business_objective() -> None:
    found = graph(b1=[], b2=["b1"], a=["b2"])

    assert found.split_money("a", Decimal(10)) == {"b2": Decimal(10)}
    assert found.split_money("b2", Decimal(10)) == {"b2": Decimal(10)}


def test_links_that_reach_no_business_objective_take_no_money() -> None:
    found = graph(v=[], b=[], m=[], a={"b": 1, "m": 1, "v": 2})

    assert found.split_money("a", Decimal("9.99")) == {"b": Decimal("9.99")}


def test_money_that_reaches_no_business_objective_is_orphan() -> None:
    assert graph(v=[], m=["v"], a=["m"]).split_money("a", Decimal(5)) == {}


@pytest.mark.parametrize("start", ["a", "m1", "m2", "m3"])
def test_money_leaves_a_circle(start: str) -> None:
    found = graph(b=[], m1=["m2"], m2=["m3"], m3=["m1", "b"], a=["m1"])

    assert found.split_money(start, Decimal("0.05")) == {"b": Decimal("0.05")}
    assert found.cycles() == [("m1", "m2", "m3")]


def test_element_that_serves_itself_is_a_cycle_of_one() -> None:
    found = graph(b=["b"], a=["a", "b"])

    assert found.cycles() == [("b",), ("a",)]
    assert ids(parent for parent, _ in found.parents("a")) == ["b"]


def test_chain_of_ten_thousand_is_climbed() -> None:
    found = graph(b=[], **{f"m{i}": [f"m{i - 1}" if i else "b"] for i in range(10_000)})

    assert found.split_money("m9999", Decimal(7)) == {"b": Decimal(7)}
    assert found.cycles() == []


@given(plans(), st.sampled_from(IDS), st.decimals("0", "1000000", places=2))
def test_no_cent_is_lost_or_made(plan: Plan, id: str, amount: Decimal) -> None:
    found = Graph(plan)
    parts = found.split_money(id, amount)

    assert bool(parts) == found.reaches(id, is_business_objective)
    if parts:
        assert sum(parts.values()) == amount
        assert sum(found.business_shares(id).values()) == 1
        assert all(part >= 0 for part in parts.values())


@given(plans())
def test_parents_and_children_mirror_each_other(plan: Plan) -> None:
    found = Graph(plan)

    for element in plan.elements():
        parents = found.parents(element.id)
        assert sum(share for _, share in parents) == (1 if parents else 0)
        assert all(element in found.children(parent.id) for parent, _ in parents)
        assert {parent.id for parent, _ in parents} <= set(ids(found.ancestors(element.id)))
