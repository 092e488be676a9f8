"""Every case of every rule: what it must find, where, and in which words."""

from decimal import Decimal

import pytest

from gouvernail.base.text import Text
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.runner import check, judge
from gouvernail.plan.model import Plan
from tests.checks.casebook import Case, cases


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.rule}-{case.name}")
def test_rule_finds_what_the_case_says(case: Case) -> None:
    plan = Plan.model_validate(case.plan)
    only = {case.rule: RULES[case.rule]}
    if case.evidence is None:
        previous = Plan.model_validate(case.previous) if case.previous is not None else None
        result = check(plan, today=case.today, rules=only, previous=previous)
    else:
        result = judge(plan, case.evidence, rules=only)

    assert [(f.element, f.severity.value) for f in result.findings] == [
        (wanted["element"], wanted["severity"]) for wanted in case.expect
    ]
    assert bool(result.not_checked) is case.name.startswith("unchecked")
    assert bool(case.expect) is case.name.startswith("fail")
    for finding, wanted in zip(result.findings, case.expect, strict=True):
        for language in ("en", "fr"):
            message = _spaced(finding.message, language)
            hint = _spaced(finding.hint, language)
            for words in wanted.get(language, []):
                assert words in message
            for words in wanted.get(f"hint_{language}", []):
                assert words in hint
        if "money" in wanted:
            assert finding.money is not None
            assert finding.money.amount == Decimal(str(wanted["money"]))


def _spaced(text: Text, language: str) -> str:
    """Unbreakable spaces, wide and narrow, are hard to type in a case."""
    return text.render(language).replace("\u00a0", " ").replace("\u202f", " ")
