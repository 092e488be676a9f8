"""The score's law: losses sum to 100 − score, exactly; and the worked table of docs/score.md."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, Severity
from gouvernail.checks.runner import check
from gouvernail.checks.score import ScoreResult, score
from gouvernail.plan.model import Layer, Plan
from tests.plan.strategies import plans

TODAY = date(2026, 9, 15)


def found(element: str, severity: str, code: str = "XXX01", missing: Layer | None = None) -> Finding:
    return Finding(code, element, Severity(severity), T("Wrong."), T("Mend."), missing_in=missing)


def costs(result: ScoreResult) -> dict[str, str]:
    return {f"{loss.code} {loss.element}": str(loss.cost) for loss in result.losses}


WORKED = Plan.model_validate(
    {
        "values": [{"id": "v1"}, {"id": "v2"}],
        "visions": [{"id": "vision"}],
        "missions": [{"id": "mission"}],
        "segments": [{"id": "s1"}, {"id": "s2"}],
        "objectives": [{"id": "o"}],
        "actions": [{"id": "fair", "budget": 30000}, {"id": "ads", "budget": 10000}, {"id": "blog"}],
    }
)


@st.composite
def judged(draw: st.DrawFn) -> tuple[Plan, list[Finding]]:
    plan = draw(plans())
    ids = [element.id for element in plan.elements()]
    on_elements = st.builds(
        found,
        st.sampled_from([*ids, "nowhere"]),
        st.sampled_from(list(Severity)),
        st.sampled_from(["XXX01", "XXX02", "PER01"]),
    )
    on_layers = st.builds(
        lambda layer, severity, code: found(layer.value, severity, code, layer),
        st.sampled_from(list(Layer)),
        st.sampled_from(list(Severity)),
        st.sampled_from(["XXX03", "XXX04"]),
    )
    return plan, draw(st.lists(on_elements | on_layers, max_size=20))


@given(judged())
def test_losses_sum_to_what_is_lost_exactly(case: tuple[Plan, list[Finding]]) -> None:
    result = score(*case)

    assert sum((loss.cost for loss in result.losses), Decimal(0)) == 100 - result.score
    assert sum(result.by_layer.values(), Decimal(0)) == result.score
    assert 0 <= result.score <= 100
    assert all(loss.cost >= 0 for loss in result.losses)
    assert all(left >= 0 for left in result.by_layer.values())


@given(judged(), st.randoms())
def test_order_of_findings_changes_nothing(case: tuple[Plan, list[Finding]], random: object) -> None:
    plan, findings = case
    shuffled = list(findings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert score(plan, shuffled) == score(plan, findings)


@given(judged())
def test_one_finding_more_never_raises_the_score(case: tuple[Plan, list[Finding]]) -> None:
    plan, findings = case

    for n in range(len(findings)):
        assert score(plan, findings[: n + 1]).score <= score(plan, findings[:n]).score


def test_no_finding_is_a_hundred() -> None:
    assert score(WORKED, []).score == 100


def test_nothing_planned_is_nothing_coherent() -> None:
    empty = Plan()

    assert score(empty, check(empty, today=TODAY).findings).score == 0


def test_worked_table_of_the_page() -> None:
    result = score(
        WORKED,
        [
            found("v1", "advice", "VAL02"),
            found("vision", "warning", "VIS02"),
            found("strategy", "warning", "STR01", Layer.strategy),
            found("o", "blocking", "OBJ02"),
            found("o", "warning", "OBJ05"),
            found("fair", "blocking", "ACT08"),
            found("blog", "warning", "ACT02"),
        ],
    )

    assert costs(result) == {
        "VAL02 v1": "0.84",
        "VIS02 vision": "8.33",
        "STR01 strategy": "3.33",
        "OBJ02 o": "11.11",
        "OBJ05 o": "5.56",
        "ACT08 fair": "8.33",
        "ACT02 blog": "2.78",
    }
    assert result.score == Decimal("59.72")


def test_action_without_money_has_the_average_share() -> None:
    lost = costs(score(WORKED, [found("blog", "blocking"), found("ads", "blocking")]))

    assert lost == {"XXX01 blog": "5.55", "XXX01 ads": "2.78"}


def test_measured_and_dated_rules_cost_nothing() -> None:
    result = score(WORKED, [found("o", "warning", "PER01"), found("o", "warning", "REV01")])

    assert (result.score, result.losses) == (100, ())


def test_what_stands_around_the_chain_costs_nothing() -> None:
    plan = Plan.model_validate({"teams": [{"id": "sales"}], "values": [{"id": "v"}]})

    assert score(plan, [found("sales", "warning", "ORG02")]).score == 100


def test_cancelled_action_has_no_share() -> None:
    plan = Plan.model_validate({"actions": [{"id": "a", "status": "cancelled"}, {"id": "b"}]})

    assert costs(score(plan, [found("a", "blocking"), found("b", "blocking")])) == {"XXX01 b": "16.67"}
