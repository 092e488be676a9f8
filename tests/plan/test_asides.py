"""Setting findings aside in the text of a plan: one entry more or less, everything else to the letter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from gouvernail.plan.asides import with_aside, without_aside
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import load_text
from gouvernail.plan.model import Ignore, Plan
from tests.plan.strategies import plans

TRIAL = Ignore(rule="ACT02", elements=("fair",), reason="A trial: “once”", by="Zoé", day=date(2026, 10, 5))
ENTRY = """\
- rule: ACT02
  elements: [fair]
  reason: "A trial: “once”"
  by: "Zoé"
  day: 2026-10-05
"""


def indented(by: int) -> str:
    return "".join(f"{' ' * by}{line}" for line in ENTRY.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "rules:\n  ignore:\n" + indented(4)),
        ("# only a comment\n", "# only a comment\n\nrules:\n  ignore:\n" + indented(4)),
        ("values:   # ours\n- id: a", "values:   # ours\n- id: a\n\nrules:\n  ignore:\n" + indented(4)),
        (
            "rules:  # tuned\n    # why\n    parameters: {}\nvalues: []\n",
            "rules:  # tuned\n    ignore:\n" + indented(6) + "    # why\n    parameters: {}\nvalues: []\n",
        ),
        (
            "rules:\n  ignore:\n  # first\n  - rule: VAL01  # no\n    reason: later on\n\n# end\nvalues: []\n",
            "rules:\n  ignore:\n  # first\n  - rule: VAL01  # no\n    reason: later on\n"
            + indented(2)
            + "\n# end\nvalues: []\n",
        ),
    ],
)
def test_entry_is_added_and_nothing_else_is_touched(before: str, after: str) -> None:
    assert with_aside(before, TRIAL) == after


def test_entry_goes_into_a_list_in_one_line_too() -> None:
    made = with_aside("rules: {ignore: [{rule: VAL01, reason: later}]}  # x\n", TRIAL)

    assert [one.rule for one in load_text(made).plan.rules.ignore] == ["VAL01", "ACT02"]


def test_taking_up_again_gives_the_text_from_before() -> None:
    text = "# ours\nvalues:\n  - id: a  # b\n"

    assert without_aside(with_aside(text, TRIAL), "ACT02", ["fair"]) == text


def test_entry_that_names_other_elements_keeps_them() -> None:
    text = "rules:\n  ignore:\n    # a\n    - rule: ACT02  # b\n      elements: [fair, ads]  # c\n      reason: trial\n"

    assert without_aside(text, "ACT02", ["fair"]) == text.replace("[fair, ads]", "[ads]")


def test_only_the_entries_of_the_rule_go() -> None:
    text = (
        "rules:\n  ignore:\n    - {rule: ACT02, reason: trial}\n    - {rule: VAL01, reason: later}  # keep\n"
    )

    assert without_aside(text, "ACT02", []) == text.replace("    - {rule: ACT02, reason: trial}\n", "")


def test_rule_set_aside_on_the_whole_plan_stays_where_an_element_is_named() -> None:
    text = "rules:\n  ignore:\n    - {rule: ACT02, reason: trial}\n"

    assert without_aside(text, "ACT02", ["fair"]) == text


@settings(max_examples=40, deadline=None)
@given(plans())
def test_any_plan_says_the_same_and_one_thing_more(plan: Plan) -> None:
    text = dump_plan(plan)
    made = load_text(with_aside(text, TRIAL)).plan

    assert made.rules.ignore == (*plan.rules.ignore, TRIAL)
    assert made.model_copy(update={"rules": plan.rules}) == plan
    kept = tuple(one for one in plan.rules.ignore if one.rule != "ACT02")
    assert load_text(without_aside(with_aside(text, TRIAL), "ACT02", [])).plan.rules.ignore == kept
