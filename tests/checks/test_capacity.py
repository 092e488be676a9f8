"""Leads expected month by month: exact, and against capacity."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gouvernail.checks.capacity import expected_leads, months_of, peaks
from gouvernail.plan.model import Action, Plan

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.decimals(1, 100_000, places=2), DAYS, st.integers(0, 900))
def test_months_sum_to_what_the_action_expects(leads: Decimal, start: date, length: int) -> None:
    action = Action(id="a", expected_leads=leads, start=start, end=start + timedelta(days=length))

    found = expected_leads([action])

    assert sum(found.values()) == Fraction(leads)
    assert tuple(found) == months_of(action)


def test_days_count_alike() -> None:
    action = Action(id="a", expected_leads=Decimal(160), start=date(2026, 10, 2), end=date(2026, 11, 30))

    assert expected_leads([action]) == {"2026-10": 80, "2026-11": 80}


def test_leads_that_just_fit_are_no_peak() -> None:
    plan = Plan.model_validate(
        {
            "teams": [{"id": "s", "leads_per_month": 100}],
            "actions": [{"id": "a", "expected_leads": 100, "start": "2026-10-01", "end": "2026-10-31"}],
        }
    )

    assert peaks(plan, plan.actions) == {}


def test_last_day_of_the_calendar_ends_the_count() -> None:
    action = Action(id="a", expected_leads=Decimal(31), start=date(9999, 12, 1), end=date.max)

    assert expected_leads([action]) == {"9999-12": 31}
