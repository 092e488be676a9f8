"""A meeting keeps two functions in touch where both sit at it, it comes back, and it was held of late."""

from datetime import date
from typing import Any

from gouvernail.checks.index import Index
from gouvernail.checks.meetings import functions, gathering, irregular
from gouvernail.plan.model import Function, Plan, Purpose

TODAY = date(2026, 9, 15)
BOTH = (Function.marketing, Function.sales)
TEAMS = [{"id": "mkt", "function": "marketing"}, {"id": "sales", "function": "sales"}]


def _index(*meetings: dict[str, Any]) -> Index:
    return Index(Plan.model_validate({"teams": TEAMS, "meetings": meetings}))


def _why(*meetings: dict[str, Any]) -> str | None:
    index = _index(*meetings)
    found = irregular(index.plan.meetings, TODAY, longest_gap_days=92, patience_days=60)
    return found.why.render("en") if found else None


def test_functions_are_those_of_the_teams_that_exist() -> None:
    index = _index({"id": "m", "between": ["mkt", "nobody"]})

    assert functions(index, index.plan.meetings[0]) == {Function.marketing}


def test_gathering_believes_the_teams_before_the_purpose() -> None:
    index = _index(
        {"id": "both", "between": ["mkt", "sales"]},
        {"id": "said", "purpose": "marketing_sales"},
        {"id": "one", "purpose": "marketing_sales", "between": ["mkt"]},
        {"id": "other", "purpose": "management"},
    )

    found = gathering(index, BOTH, (Purpose.marketing_sales,))

    assert [meeting.id for meeting in found] == ["both", "said"]


def test_irregular_has_nothing_to_say_of_no_meeting() -> None:
    assert _why() is None


def test_irregular_is_silent_as_soon_as_one_meeting_is_regular() -> None:
    assert _why({"id": "m"}, {"id": "n", "cadence": "monthly"}) is None


def test_irregular_speaks_of_the_meeting_held_last() -> None:
    assert _why(
        {"id": "m", "cadence": "weekly", "last": "2026-01-05"},
        {"id": "n", "title": "Talk", "cadence": "weekly", "last": "2026-06-30"},
    ) == ("“Talk” should take place every week and was last held on June 30, 2026")


def test_irregular_waits_for_patience_where_the_cadence_is_short() -> None:
    held_two_months_ago = {"id": "m", "cadence": "weekly", "last": "2026-07-17"}

    assert _why(held_two_months_ago) is None
