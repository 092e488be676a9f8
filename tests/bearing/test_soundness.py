"""Where money goes: laws for every plan, then the worked cases of S0, S1 and DOMAIN §1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.bearing.alignment import Flow, MoneySplit, Soundness
from gouvernail.bearing.objectives import Purse
from gouvernail.bearing.soundness import BUDGET, ORPHAN, Shares, Ways, flows
from gouvernail.bearing.spending import aligned_spend
from gouvernail.checks.finding import Finding, Severity
from gouvernail.plan.graph import Graph, is_business_objective
from gouvernail.plan.model import Plan
from tests.plan.strategies import IDS, plans

AMOUNTS = st.decimals("0", "1000000", places=2)
ANY_FINDINGS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(Severity)), max_size=6)


def chf(amount: Any) -> Money:
    return Money(Decimal(str(amount)), "CHF")


def found(element: str, severity: Severity = Severity.blocking, code: str = "XXX01") -> Finding:
    return Finding(code, element, severity, T("wrong"), T("mend it"))


def ways(plan: Plan, findings: Iterable[Finding] = ()) -> Ways:
    return Ways(Graph(plan), findings)


def chain(**serves: Any) -> Plan:
    """Elements by name: b* business objectives, m* marketing objectives, a* actions."""
    sections: dict[str, list[dict[str, Any]]] = {"objectives": [], "actions": []}
    for id, above in serves.items():
        element = {"id": id, "serves": above}
        if id[0] == "a":
            sections["actions"].append(element)
        else:
            sections["objectives"].append({**element, "level": "business" if id[0] == "b" else "marketing"})
    return Plan.model_validate(sections)


def balance(rows: Iterable[Flow]) -> tuple[Mapping[str, Decimal], Mapping[str, Decimal]]:
    """Planned money into and out of each node."""
    into: dict[str, Decimal] = defaultdict(Decimal)
    out: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        into[row.target] += row.planned.amount
        out[row.source] += row.planned.amount
    return into, out


@settings(max_examples=25)
@given(plans(), ANY_FINDINGS)
def test_shares_of_any_element_sum_to_one(plan: Plan, findings: list[tuple[str, Severity]]) -> None:
    judged = ways(plan, [found(id, severity) for id, severity in findings])

    for element in plan.elements():
        shares = judged.shares(element.id)
        assert shares.aligned + shares.weak + shares.orphan == 1
        assert min(shares.aligned, shares.weak, shares.orphan) >= 0


@settings(max_examples=25)
@given(plans())
def test_money_is_orphan_exactly_where_no_business_objective_is_reached(plan: Plan) -> None:
    graph = Graph(plan)
    judged = Ways(graph, [])

    for element in plan.elements():
        reached = graph.reaches(element.id, is_business_objective)
        assert judged.shares(element.id).soundness is (Soundness.aligned if reached else Soundness.orphan)


@settings(max_examples=25)
@given(plans(), ANY_FINDINGS)
def test_money_is_weak_exactly_where_a_blocking_finding_lies_on_the_way(
    plan: Plan, findings: list[tuple[str, Severity]]
) -> None:
    judged = ways(plan, [found(id, severity) for id, severity in findings])

    for element in plan.elements():
        shares = judged.shares(element.id)
        if not shares.orphan:
            assert bool(shares.weak) is bool(judged.reasons(element.id))


@settings(max_examples=25)
@given(plans(), ANY_FINDINGS)
def test_findings_that_do_not_block_move_no_money(plan: Plan, findings: list[tuple[str, Severity]]) -> None:
    mild = [found(id, Severity.advice) for id, _ in findings]

    for element in plan.elements():
        assert ways(plan, mild).shares(element.id) == ways(plan).shares(element.id)


@settings(max_examples=25)
@given(plans())
def test_each_step_is_one_of_the_links_and_the_steps_share_the_whole(plan: Plan) -> None:
    judged = ways(plan)

    for element in plan.elements():
        steps = judged.steps(element.id)
        assert {id for id, _ in steps} <= {link.id for link in element.serves}
        assert sum((share for _, share in steps), Fraction(0)) == (1 if steps else 0)


@settings(max_examples=25)
@given(plans(), st.lists(AMOUNTS, min_size=12, max_size=12), ANY_FINDINGS)
def test_aligned_weak_and_orphan_are_the_money_exactly(
    plan: Plan, amounts: list[Decimal], findings: list[tuple[str, Severity]]
) -> None:
    judged = ways(plan, [found(id, severity) for id, severity in findings])
    planned = {action.id: chf(amount) for action, amount in zip(plan.actions, amounts, strict=False)}
    unmatched = chf(amounts[-1])

    figure = aligned_spend(judged, planned, planned, unmatched)

    whole = sum((money.amount for money in planned.values()), Decimal(0))
    assert figure.planned.total == chf(whole)
    assert figure.actual is not None
    assert figure.actual.total == chf(whole) + unmatched


@given(
    st.decimals("-99999999999999999", "99999999999999999", places=3),
    st.lists(st.integers(0, 9999), min_size=3),
)
def test_divided_money_sums_to_the_whole_whatever_the_shares(amount: Decimal, weights: list[int]) -> None:
    aligned = Fraction(weights[0], 9999)
    weak = (1 - aligned) * Fraction(weights[1], 9999)

    divided = Shares(aligned, weak, 1 - aligned - weak).divide(chf(amount))

    assert divided.total == chf(amount)


@settings(max_examples=25)
@given(plans(), st.lists(AMOUNTS, min_size=12, max_size=12), ANY_FINDINGS)
def test_every_node_passes_on_what_it_receives_to_the_cent(
    plan: Plan, amounts: list[Decimal], findings: list[tuple[str, Severity]]
) -> None:
    judged = ways(plan, [found(id, severity) for id, severity in findings])
    planned = {action.id: chf(amount) for action, amount in zip(plan.actions, amounts, strict=False)}

    rows = flows(judged, plan.actions, planned, planned, chf(amounts[-1]))

    into, out = balance(rows)
    ends = {id for id, element in plan.by_id.items() if is_business_objective(element)} | {ORPHAN}
    starts = {BUDGET} | {action.envelope for action in plan.actions}
    for node in set(into) | set(out):
        if node not in ends and node not in starts:
            assert into[node] == out[node], node
    assert all(row.planned.amount == row.planned.rounded().amount for row in rows)
    assert sum((into[end] for end in ends), Decimal(0)) == sum(
        (m.amount for m in planned.values()), Decimal(0)
    )


@settings(max_examples=25)
@given(plans(), st.lists(AMOUNTS, min_size=12, max_size=12))
def test_money_that_comes_to_the_business_objectives_is_all_that_is_not_orphan(
    plan: Plan, amounts: list[Decimal]
) -> None:
    judged = ways(plan)
    planned = {action.id: chf(amount) for action, amount in zip(plan.actions, amounts, strict=False)}

    arrivals = judged.arrivals(planned)

    business = [one.id for one in plan.objectives if is_business_objective(one)]
    came = sum((arrivals.get(id, Fraction(0)) for id in business), Fraction(0))
    split = aligned_spend(judged, planned, None, chf(0)).planned
    assert came == Fraction(split.aligned.amount) + Fraction(split.weak.amount)


def test_money_of_two_links_goes_by_their_weights() -> None:
    plan = chain(b1=[], b2=[], a={"b1": 3, "b2": 1})

    assert ways(plan).steps("a") == (("b1", Fraction(3, 4)), ("b2", Fraction(1, 4)))
    rows = flows(ways(plan), plan.actions, {"a": chf(100)}, {}, chf(0))
    assert [(row.source, row.target, row.planned, row.spent) for row in rows] == [
        ("budget", "a", chf(100), None),
        ("a", "b1", chf("75.00"), None),
        ("a", "b2", chf("25.00"), None),
    ]


def test_only_the_part_that_goes_by_a_flawed_objective_is_weak() -> None:
    judged = ways(chain(b1=[], m1="b1", m2="b1", a={"m1": 3, "m2": 1}), [found("m2")])

    assert judged.shares("a") == Shares(Fraction(3, 4), Fraction(1, 4), Fraction(0))
    assert judged.shares("a").soundness is Soundness.weak
    assert judged.shares("a").divide(chf("0.03")) == MoneySplit(chf("0.02"), chf("0.01"), chf("0.00"))
    assert judged.reasons("a") == ("XXX01:m2",)


def test_antoine_s_posts_that_serve_no_objective_are_orphan() -> None:
    """S0: money spent on being seen, that no business objective asked for."""
    plan = chain(b1=[], m1=[], a1="m1", a2="b1", a3=[])
    figure = aligned_spend(ways(plan), {"a1": chf(400), "a2": chf(600), "a3": chf(50)}, None, chf(0))

    assert (figure.planned.aligned, figure.planned.weak, figure.planned.orphan) == (
        chf(600),
        chf(0),
        chf(450),
    )


@pytest.mark.parametrize("flawed", ["a", "m1", "b1"])
def test_blocking_finding_anywhere_on_the_way_makes_it_weak(flawed: str) -> None:
    judged = ways(chain(b1=[], m1="b1", a="m1"), [found(flawed)])

    assert judged.shares("a").soundness is Soundness.weak
    assert judged.reasons("a") == (found(flawed).identity,)


def test_finding_above_the_business_objective_leaves_the_money_aligned() -> None:
    judged = ways(chain(b1="b2", b2=[], a="b1"), [found("b2")])

    assert judged.shares("a").soundness is Soundness.aligned


def test_reasons_name_the_own_finding_first_and_each_once() -> None:
    judged = ways(
        chain(b1=[], m1="b1", m2="b1", a=["m1", "m2"]), [found("b1"), found("a"), found("a", code="XXX02")]
    )

    assert judged.reasons("a") == (
        found("a").identity,
        found("a", code="XXX02").identity,
        found("b1").identity,
    )


def test_money_that_enters_a_circle_leaves_it_by_the_way_out() -> None:
    plan = chain(b1=[], m1="m2", m2=["m1", "b1"], a="m1")

    rows = flows(ways(plan, [found("m2")]), plan.actions, {"a": chf(10)}, {}, chf(0))

    assert [(row.source, row.target, row.planned.amount) for row in rows] == [
        ("budget", "a", Decimal(10)),
        ("a", "m1", Decimal(10)),
        ("m1", "m2", Decimal(10)),
        ("m2", "b1", Decimal(10)),
    ]
    assert {row.soundness for row in rows} == {Soundness.weak}


def test_weak_and_aligned_money_on_one_link_stay_apart() -> None:
    plan = chain(b1=[], m1="b1", a1="m1", a2="m1")

    rows = flows(
        ways(plan, [found("a2")]), plan.actions, {"a1": chf(10), "a2": chf(5)}, {"a2": chf(4)}, chf(0)
    )

    up = [(row.planned, row.spent, str(row.soundness)) for row in rows if row.source == "m1"]
    assert up == [(chf(10), None, "aligned"), (chf(5), chf(4), "weak")]


def test_spend_that_matches_no_action_flows_from_budget_to_orphan() -> None:
    rows = flows(ways(chain(b1=[])), (), {}, {}, chf("12.34"))

    assert [(row.source, row.target, row.planned, row.spent, str(row.soundness)) for row in rows] == [
        ("budget", "orphan", chf(0), chf("12.34"), "orphan")
    ]


def test_money_of_an_action_comes_from_its_envelope() -> None:
    plan = Plan.model_validate(
        {
            "objectives": [{"id": "b1", "level": "business"}],
            "envelopes": [{"id": "e1", "amount": 100}],
            "actions": [{"id": "a", "serves": "b1", "envelope": "e1"}],
        }
    )

    assert [row.source for row in flows(ways(plan), plan.actions, {"a": chf(1)}, {}, chf(0))] == ["e1", "a"]


def test_purse_adds_the_money_of_every_action_below() -> None:
    plan = chain(b1=[], m1="b1", m2="b1", a1={"m1": 1, "m2": 2}, a2="m2", a3=[])
    purse = Purse(ways(plan), {"a1": chf(90), "a2": chf(10), "a3": chf(5)}, {"a2": chf(7)}, "CHF")

    assert purse.of("m1") == (chf("30.00"), chf("0.00"))
    assert purse.of("m2") == (chf("70.00"), chf("7.00"))
    assert purse.of("b1") == (chf("100.00"), chf("7.00"))
    assert Purse(ways(plan), {}, {}, "CHF").of("b1") == (chf("0.00"), None)


def ladder(rungs: int, sides: int = 1) -> Plan:
    """A chain of objectives `rungs` long, each rung `sides` wide and fully linked: sides ** rungs ways up."""
    ids = [[f"m{rung}-{side}" for side in range(sides)] for rung in range(rungs)]
    objectives = [{"id": "b1", "level": "business"}]
    for rung, row in enumerate(ids):
        above = ids[rung - 1] if rung else ["b1"]
        objectives += [{"id": id, "level": "marketing", "serves": above} for id in row]
    return Plan.model_validate({"objectives": objectives, "actions": [{"id": "a", "serves": ids[-1]}]})


def test_many_ways_up_cost_no_more_than_the_links() -> None:
    """Two to the hundredth power ways: walking each would never end."""
    plan = ladder(100, sides=2)
    judged = ways(plan, [found("m0-1")])

    assert judged.shares("a").weak == Fraction(1, 2)
    rows = flows(judged, plan.actions, {"a": chf("1000.01")}, {"a": chf("999.99")}, chf(0))
    assert sum(row.planned.amount for row in rows if row.target == "b1") == Decimal("1000.01")
    assert Purse(judged, {"a": chf(8)}, {}, "CHF").of("m0-0")[0] == chf("4.00")


def test_ten_thousand_elements_in_a_row_are_passed_one_by_one() -> None:
    plan = ladder(10_000)
    judged = ways(plan)
    rows = flows(judged, plan.actions, {"a": chf(1)}, {}, chf(0))

    assert len(rows) == 10_002
    assert judged.shares("a").soundness is Soundness.aligned
