"""Running the rules: order, tuning, setting aside; and no rule raises on any plan."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import parse_period
from gouvernail.base.text import T
from gouvernail.checks.campaign_evidence import ActionFacts, OrphanCampaign
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.runner import CheckResult, check, judge
from gouvernail.checks.score import score
from gouvernail.metrics.two_sources import TwoSources
from gouvernail.plan.model import Plan
from tests.checks.casebook import Case, cases
from tests.plan.strategies import plans, sub_plans

TODAY = date(2026, 9, 15)
RICH = [case for case in cases() if len(case.plan) > 1]
NOTHING = Evidence(period=parse_period("2026-08"), today=TODAY)


def rendered(result: CheckResult) -> list[str]:
    """Render everything a reader may see, in both languages."""
    texts = [text for finding in result.findings for text in (finding.message, finding.hint)]
    texts += [gap.reason for gap in result.not_checked]
    return [text.render(language) for text in texts for language in ("en", "fr")]


@given(plans())
def test_no_rule_raises_on_any_plan(plan: Plan) -> None:
    result = check(plan, today=TODAY)
    rendered(result)
    rendered(judge(plan, NOTHING))

    score(plan, result.findings)


@given(plans())
def test_no_measured_rule_raises_whatever_the_plan_knows_of_the_evidence(plan: Plan) -> None:
    august = parse_period("2026-08")
    spent = Money(Decimal(900), "CHF")
    evidence = Evidence(
        period=august,
        today=TODAY,
        actions={id: ActionFacts(id, spent, None, None, None, None, None, None) for id in ("e1", "nobody")},
        orphans=(
            OrphanCampaign("meta_ads", "Été 2026", Money(Decimal(100), "EUR"), august.start, august.end),
        ),
        disagreements=(TwoSources("unheard_of", "a", "b", august, Decimal(0), Decimal(7)),),
        probabilities={
            "e1": Estimate(0.1, "trend"),
            "e2": Refusal("no_data", T("No data.")),
            "nobody": Estimate(1, "trend"),
        },
        monthly_leads={"2026-08": Decimal(10**6)},
        sources=("meta_ads",),
    )

    rendered(judge(plan, evidence))


@settings(max_examples=40)
@given(st.data())
def test_no_rule_raises_on_a_part_of_a_valid_plan(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(RICH))
    part = data.draw(sub_plans(Plan.model_validate(case.plan)))

    rendered(check(part, today=TODAY))
    rendered(judge(part, case.evidence or NOTHING))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.rule}-{case.name}")
def test_no_rule_raises_on_any_other_rules_case(case: Case) -> None:
    plan = Plan.model_validate(case.plan)

    assert all("{" not in words for words in rendered(check(plan, today=case.today)))
    assert all("{" not in words for words in rendered(judge(plan, case.evidence or NOTHING)))


def test_findings_come_by_layer_then_severity_then_code() -> None:
    plan = Plan.model_validate(
        {
            "values": [{"id": "v", "title": "Innovation"}],
            "objectives": [{"id": "o"}, {"id": "p"}],
            "actions": [{"id": "a", "serves": "nobody"}],
        }
    )
    codes = ("ACT01", "MIS01", "MIS03", "OBJ02", "OBJ08", "OBJ16", "REF01", "STR01", "VAL02", "VIS01")
    result = check(plan, today=TODAY, rules={code: RULES[code] for code in codes})

    assert [(f.code, f.element) for f in result.findings] == [
        ("VAL02", "v"),
        ("VIS01", "vision"),
        ("MIS01", "mission"),
        ("MIS03", "mission"),
        ("STR01", "strategy"),
        ("OBJ02", "o"),
        ("OBJ02", "p"),
        ("OBJ16", "objectives"),
        ("OBJ08", "o"),
        ("OBJ08", "p"),
        ("ACT01", "a"),
        ("REF01", "a"),
    ]


def test_same_plan_gives_the_same_result() -> None:
    plan = Plan.model_validate(RICH[0].plan)

    assert check(plan, today=TODAY) == check(plan, today=TODAY)


def test_ignored_rule_is_listed_with_its_reason() -> None:
    plan = Plan.model_validate({"rules": {"ignore": [{"rule": "VAL01", "reason": "written elsewhere"}]}})
    result = check(plan, today=TODAY)

    assert [(entry.finding.code, entry.reason) for entry in result.ignored] == [
        ("VAL01", "written elsewhere")
    ]
    assert "VAL01" not in {finding.code for finding in result.findings}


def test_rule_ignored_for_one_element_still_judges_the_others() -> None:
    plan = Plan.model_validate(
        {
            "actions": [{"id": "a"}, {"id": "b"}],
            "rules": {"ignore": [{"rule": "ACT02", "elements": ["a"], "reason": "a trial"}]},
        }
    )
    result = check(plan, today=TODAY, rules={"ACT02": RULES["ACT02"]})

    assert [finding.element for finding in result.findings] == ["b"]
    assert [entry.finding.element for entry in result.ignored] == ["a"]


def test_parameters_of_the_call_come_before_those_of_the_plan() -> None:
    plan = Plan.model_validate(
        {
            "objectives": [{"id": "o", "baseline": 100, "target": 120}],
            "rules": {"parameters": {"OBJ03": {"growth": 0.5}}},
        }
    )
    only = {"OBJ03": RULES["OBJ03"]}

    assert check(plan, today=TODAY, rules=only).findings == ()
    assert len(check(plan, today=TODAY, rules=only, parameters={"OBJ03": {"growth": 0.1}}).findings) == 1


def test_check_runs_no_measured_rule_and_judge_no_plain_one() -> None:
    plan = Plan()
    checked, judged = check(plan, today=TODAY), judge(plan, NOTHING)

    assert not any(RULES[f.code].measured for f in (*checked.findings, *checked.not_checked))
    # PER01 speaks objective by objective, and there is none.
    measured = {code for code in RULES if RULES[code].measured} - {"PER01"}
    assert measured <= {gap.code for gap in judged.not_checked}
    assert all(RULES[gap.code].measured or RULES[gap.code].also_judges for gap in judged.not_checked)
    assert judged.findings == ()


def test_a_plan_full_of_unknown_names_is_checked_in_linear_time() -> None:
    plan = Plan.model_validate(
        {
            "actions": [
                {"id": f"a{n}", "serves": f"gone-{n}", "kpis": [f"kpi_{n}"], "channel": f"c{n}"}
                for n in range(3000)
            ]
        }
    )
    result = check(plan, today=TODAY, rules={code: RULES[code] for code in ("REF01", "REF03")})

    assert len(result.findings) == 9000


def test_a_long_chain_of_drivers_is_followed_to_its_end() -> None:
    chain = [f"m{n}" for n in range(3000)]
    plan = Plan.model_validate(
        {
            "metrics": [{"id": id, "formula": f"{part} * 1"} for id, part in pairwise(chain)],
            "objectives": [
                {"id": "top", "metric": "m0", "baseline": 100, "target": 120},
                {"id": "low", "serves": "top", "metric": "m2999", "baseline": 10, "target": 11},
            ],
        }
    )
    result = check(plan, today=TODAY, rules={"CAS01": RULES["CAS01"]})

    assert [(finding.element, round(finding.evidence["reached"], 6)) for finding in result.findings] == [
        ("top", 0.1)
    ]


def test_absurd_amounts_are_judged_without_overflow() -> None:
    plan = Plan.model_validate(
        {
            "drivers": [{"id": "d", "metric": "revenue", "formula": "leads * leads"}],
            "objectives": [
                {
                    "id": "o",
                    "metric": "revenue",
                    "baseline": "0.0000000001",
                    "target": "99999999999999999999",
                },
                {
                    "id": "p",
                    "metric": "revenue",
                    "baseline": "9999999999999999999",
                    "target": "99999999999999999999",
                },
                {
                    "id": "l",
                    "serves": ["o", "p"],
                    "metric": "leads",
                    "baseline": "1000000000000000000",
                    "target": "1100000000000000000",
                },
                {
                    "id": "r",
                    "serves": "p",
                    "metric": "revenue",
                    "baseline": "11111111111111111111",
                    "target": "22222222222222222222",
                },
            ],
        }
    )

    rendered(check(plan, today=TODAY))


def test_an_endless_formula_is_judged_without_exhausting_the_stack() -> None:
    plan = Plan.model_validate(
        {
            "drivers": [{"id": "d", "metric": "revenue", "formula": " + ".join(["leads"] * 5000)}],
            "objectives": [
                {"id": "o", "metric": "revenue", "baseline": 1, "target": 2},
                {"id": "l", "serves": "o", "metric": "leads", "baseline": 1, "target": 2},
            ],
        }
    )

    assert "CAS02" in {gap.code for gap in check(plan, today=TODAY).not_checked}
