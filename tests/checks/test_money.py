"""The rules on money: laws that hold for any plan, and sums by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.periods import Grain, Period, bucket, parse_period
from gouvernail.checks.campaign_evidence import ActionFacts
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding
from gouvernail.checks.index import Index
from gouvernail.checks.rules.budget.below_the_need import results
from gouvernail.checks.rules.budget.concentrated_channel import largest
from gouvernail.checks.rules.budget.term_split import split_by_term
from gouvernail.checks.rules.objectives.not_shown_attainable import as_much, past
from gouvernail.checks.runner import check, judge
from gouvernail.plan.model import Objective, Plan
from tests.checks.casebook import TODAY

BUDGETS = st.lists(st.integers(1, 100_000), min_size=4, max_size=8)
CHANNELS = ("search_paid", "email", "content", "tv", "instagram_paid", "instagram_organic")


def actions(budgets: list[int], **more: Any) -> list[dict[str, Any]]:
    return [
        {"id": f"a{i}", "budget": budget, "channel": CHANNELS[i % len(CHANNELS)], **more}
        for i, budget in enumerate(budgets)
    ]


def found(code: str, plan: dict[str, Any], evidence: Evidence | None = None) -> tuple[Finding, ...]:
    model, only = Plan.model_validate(plan), {code: RULES[code]}
    if evidence is None:
        return check(model, today=TODAY, rules=only).findings
    return judge(model, evidence, rules=only).findings


@given(BUDGETS)
def test_split_by_term_adds_up_to_the_budgets(budgets: list[int]) -> None:
    plan = Plan.model_validate({"actions": actions(budgets)})

    split = split_by_term(Index(plan), list(plan.actions))

    assert split.short + split.long == split.whole == sum(budgets)


@given(BUDGETS, st.sampled_from(["b2b", "b2c", None]))
def test_moving_what_bud07_says_brings_the_split_to_the_bound(budgets: list[int], market: str | None) -> None:
    plan = {"organisation": {"market": market}, "actions": actions(budgets)}
    for finding in found("BUD07", plan):
        assert finding.money is not None
        long, short = finding.evidence["long"], finding.evidence["short"]
        toward = 1 if finding.evidence["share"] < finding.evidence["bound"] else -1
        moved = float((long + toward * finding.money.amount) / (long + short))
        assert moved == pytest.approx(finding.evidence["bound"], abs=0.01 / float(long + short))


@given(BUDGETS)
def test_largest_channel_holds_no_more_than_the_whole(budgets: list[int]) -> None:
    holding = largest(Index(Plan.model_validate({"actions": actions(budgets)})))

    assert holding is not None
    assert (
        holding.amount
        == sum(action.budget or 0 for action in holding.actions)
        <= holding.whole
        == sum(budgets)
    )


@given(st.integers(1, 10_000), st.integers(1, 500), st.integers(1, 1_000_000))
def test_shortfall_and_means_sum_to_the_need(target: int, cost: int, budget: int) -> None:
    plan = {
        "organisation": {"currency": "CHF"},
        "objectives": [
            {"id": "o", "metric": "leads", "target": target, "start": "2026-01-01", "due": "2026-12-31"}
        ],
        "actions": [{"id": "a", "serves": "o", "budget": budget}],
    }
    evidence = Evidence(parse_period("2026-08"), TODAY, yearly={"cost_per_lead": Estimate(cost, "ratio")})
    findings = found("BUD02", plan, evidence)

    assert bool(findings) is (target * cost - budget > Decimal("0.1") * target * cost)
    for finding in findings:
        assert finding.money == Money(Decimal(target * cost - budget), "CHF")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"target": 1200, "start": date(2026, 1, 1), "due": date(2026, 12, 31)}, 1200),
        ({"target": 300, "window": "quarterly", "start": date(2026, 1, 1), "due": date(2026, 3, 31)}, 300),
        ({"target": 1200, "start": date(2026, 1, 1)}, None),
        ({"target": 1200, "start": date(2026, 12, 31), "due": date(2026, 1, 1)}, None),
        ({"target": 0, "start": date(2026, 1, 1), "due": date(2026, 12, 31)}, None),
    ],
)
def test_results_that_an_objective_needs(fields: dict[str, Any], expected: int | None) -> None:
    assert results(Objective(id="o", metric="leads", **fields)) == expected


def test_results_of_a_pace_follow_the_straight_way() -> None:
    pace = Objective(
        id="o",
        metric="leads",
        baseline=Decimal(100),
        target=Decimal(140),
        window="monthly",
        start=date(2026, 1, 1),
        due=date(2026, 12, 31),
    )

    found = results(pace)

    assert found is not None
    assert round(found, 4) == Decimal("1412.9032")  # (100 + 140) / 2 × 365 / 31


MONTHS = [bucket(date(2020 + i // 12, i % 12 + 1, 1), Grain.month) for i in range(60)]


@given(st.lists(st.one_of(st.none(), st.integers(0, 1000).map(float)), max_size=60), st.integers(1, 24))
def test_past_has_a_change_for_every_pair_that_is_known(values: list[float | None], steps: int) -> None:
    course: list[tuple[Period, float | None]] = list(zip(MONTHS, values, strict=False))

    seen = past(course, steps)

    pairs = [(a, b) for a, b in zip(values, values[steps:], strict=False) if a and b is not None]
    assert seen == pytest.approx([(b - a) / a for a, b in pairs])


@given(st.lists(st.floats(-1, 1), max_size=40), st.floats(0.01, 1))
def test_as_much_counts_alike_upward_and_downward(changes: list[float], asked: float) -> None:
    assert as_much(changes, asked) == sum(1 for one in changes if one >= asked)
    assert as_much([-one for one in changes], -asked) == as_much(changes, asked)


@given(st.lists(st.tuples(st.integers(1, 9_999), st.integers(0, 2)), min_size=1, max_size=8))
def test_untraced_spend_is_the_sum_of_what_left_no_trace(facts: list[tuple[int, int]]) -> None:
    plan = {"organisation": {"currency": "CHF"}, "actions": [{"id": f"a{i}"} for i in range(len(facts))]}
    evidence = Evidence(
        parse_period("2026-08"),
        TODAY,
        actions={
            f"a{i}": ActionFacts(f"a{i}", spend=Money(Decimal(spent), "CHF"), clicks=clicks)
            for i, (spent, clicks) in enumerate(facts)
        },
    )
    lost = sum(spent for spent, clicks in facts if not clicks)
    whole = sum(spent for spent, _ in facts)

    findings = found("BUD08", plan, evidence)

    assert [finding.money for finding in findings] == (
        [Money(Decimal(lost), "CHF")] if lost > Decimal("0.05") * whole else []
    )


@pytest.mark.parametrize(
    "code", ["BUD02", "BUD03", "BUD05", "BUD07", "BUD08", "BUD09", "CAS03", "OBJ03", "ORG02"]
)
def test_rule_on_money_survives_an_empty_plan_with_and_without_evidence(code: str) -> None:
    assert found(code, {}) == found(code, {}, Evidence(parse_period("2026-08"), TODAY)) == ()
