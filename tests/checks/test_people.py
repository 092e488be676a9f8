"""Who works on a plan and who answers for what."""

import pytest

from gouvernail.checks.people import accountable, alone, answered
from gouvernail.plan.model import Plan


@pytest.mark.parametrize(
    ("plan", "is_alone"),
    [
        ({}, False),
        ({"people": [{"id": "eva"}]}, True),
        ({"people": [{"id": "eva"}, {"id": "bruno"}]}, False),
        ({"organisation": {"employees": 1}}, True),
        ({"organisation": {"employees": 12}}, False),
    ],
)
def test_alone_is_who_does_everything(plan: dict[str, object], is_alone: bool) -> None:
    assert alone(Plan.model_validate(plan)) is is_alone


def test_accountable_gathers_the_lines_of_an_element() -> None:
    plan = Plan.model_validate(
        {
            "responsibilities": [
                {"id": "r", "element": "o", "accountable": ["eva", "bruno"]},
                {"id": "s", "element": "o", "accountable": ["eva"]},
                {"id": "t", "element": "p", "responsible": ["eva"]},
            ]
        }
    )

    assert accountable(plan) == {"o": ("eva", "bruno")}


def test_answered_is_owned_or_accounted_for() -> None:
    plan = Plan.model_validate(
        {
            "objectives": [{"id": "o"}, {"id": "p", "owner": "eva"}, {"id": "q"}],
            "responsibilities": [{"id": "r", "element": "q", "accountable": "eva"}],
        }
    )

    assert answered(plan) == {"p", "q"}
