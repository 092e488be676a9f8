"""Measured rules answer whatever they are given: any evidence, any plan, any threshold; and never pass in silence."""

from collections.abc import Mapping
from datetime import date

import pytest

from gouvernail.base.periods import parse_period
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.rule import Rule
from gouvernail.checks.runner import CheckResult, judge
from gouvernail.plan.model import Plan
from tests.checks.casebook import Case, cases

MEASURED: Mapping[str, Rule] = {code: rule for code, rule in RULES.items() if rule.measured}
EVIDENT = [case for case in cases() if case.evidence is not None]
NAMED = Plan.model_validate(
    {
        "objectives": [
            {"id": "a", "metric": "leads", "target": 0},
            {"id": "b", "metric": "lead_to_mql_rate"},
        ],
        "actions": [{"id": "fair", "budget": 0}, {"id": "ads", "channel": "no_such_channel"}],
        "competitors": [{"id": "acme", "domain": "."}, {"id": "other", "title": " "}],
        "segments": [{"id": "young", "age": {"low": 100, "high": 3}, "roles": [""], "countries": [""]}],
        "personas": [{"id": "p", "segment": "nobody"}],
        "benchmarks": [{"id": "z", "metric": "ctr", "value": 0, "source": "x", "year": 2026}],
    }
)


def read_aloud(result: CheckResult) -> None:
    for finding in result.findings:
        for language in ("en", "fr"):
            assert finding.message.render(language)
            assert finding.hint.render(language)
        assert 0 < finding.confidence <= 1


@pytest.mark.parametrize("case", EVIDENT, ids=lambda case: f"{case.rule}-{case.name}")
def test_any_evidence_fits_any_plan(case: Case) -> None:
    assert case.evidence is not None
    for plan in (Plan(), NAMED, Plan.model_validate(case.plan)):
        read_aloud(judge(plan, case.evidence, rules=MEASURED))


@pytest.mark.parametrize("threshold", [0.0, 1e9])
def test_any_threshold_is_taken(threshold: float) -> None:
    tuned = {
        code: {one.name: threshold for one in rule.parameters if isinstance(one.default, float)}
        for code, rule in MEASURED.items()
    }
    for case in EVIDENT:
        assert case.evidence is not None
        read_aloud(judge(Plan.model_validate(case.plan), case.evidence, parameters=tuned, rules=MEASURED))


@pytest.mark.parametrize("code", MEASURED)
def test_without_evidence_it_is_not_checked(code: str) -> None:
    nothing = Evidence(parse_period("2026-08"), date(2026, 9, 15))

    result = judge(Plan(), nothing, rules={code: RULES[code]})

    assert result.findings == ()
    # PER01 speaks objective by objective: a plan without any has nothing that could be off course.
    assert [gap.code for gap in result.not_checked] == ([] if code == "PER01" else [code])
