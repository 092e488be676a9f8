"""What somebody owes: everything that is theirs, nothing that is not, what is overdue first."""

from datetime import date

import pytest

from gouvernail.base.text import T, verbatim
from gouvernail.plan.model import Cadence, Plan
from gouvernail.web.rhythm import dues
from gouvernail.web.rhythm.dates import after, upcoming
from gouvernail.web.rhythm.owed import Call, Given, Kind, Me, owed

TODAY = date(2026, 6, 15)
PLAN = Plan.model_validate(
    {
        "teams": [{"id": "marketing", "function": "marketing"}, {"id": "sales", "function": "sales"}],
        "people": [{"id": "ada", "team": "marketing"}, {"id": "bo", "team": "sales"}],
        "objectives": [
            {
                "id": "leads",
                "title": "Leads",
                "owner": "ada",
                "start": "2026-01-01",
                "due": "2026-12-31",
                "evaluated": "monthly",
                "reviewed": "half_yearly",
            }
        ],
        "decisions": [
            {"id": "late", "title": "Late", "owner": "ada", "due": "2026-06-01"},
            {"id": "dateless", "title": "Dateless", "owner": "ada"},
            {"id": "ours", "title": "Ours", "owner": "marketing", "due": "2026-07-30"},
            {"id": "theirs", "title": "Theirs", "owner": "bo", "due": "2026-06-01"},
            {"id": "done", "title": "Done", "owner": "ada", "due": "2026-06-01", "done": "2026-06-02"},
            {"id": "mail", "title": "Mail", "owner": "ada@acme.example", "due": "2026-06-16"},
        ],
        "meetings": [
            {
                "id": "week",
                "title": "Week",
                "between": ["marketing", "sales"],
                "cadence": "weekly",
                "last": "2026-06-10",
            },
            {
                "id": "board",
                "title": "Board",
                "between": ["sales"],
                "cadence": "weekly",
                "last": "2026-06-10",
            },
            {
                "id": "year",
                "title": "Year",
                "between": ["marketing"],
                "cadence": "yearly",
                "last": "2026-06-10",
            },
        ],
    }
)
ADA = Me.of(PLAN, "ada", "ada@acme.example")


def targets(**others: object) -> list[str]:
    return [one.target for one in owed(PLAN, ADA, TODAY, **others)]  # type: ignore[arg-type]


def test_it_holds_what_is_mine_and_my_teams_and_nothing_else() -> None:
    assert set(targets()) == {"late", "dateless", "ours", "mail", "leads", "week"}


def test_what_is_overdue_stands_first_then_by_day_then_without_a_day() -> None:
    found = owed(PLAN, ADA, TODAY)

    assert [one.late for one in found] == sorted((one.late for one in found), reverse=True)
    late = [one.due for one in found if one.late]
    ahead = [one.due or date.max for one in found if not one.late]
    assert late == sorted(late)
    assert ahead == sorted(ahead)
    assert found[-1].target == "dateless"


def test_somebody_whom_the_plan_does_not_know_owes_by_their_address_alone() -> None:
    stranger = Me.of(PLAN, "", "ada@acme.example")

    assert [one.target for one in owed(PLAN, stranger, TODAY)] == ["mail"]
    assert owed(PLAN, Me.of(PLAN, "gone", "x@y.example"), TODAY) == ()


def test_a_finding_given_is_owed_until_it_is_gone() -> None:
    there = Given("AUD01:x", verbatim("Wrong."), T("Mend it."), date(2026, 6, 1))
    gone = Given("AUD01:y", None, None, date(2026, 6, 1))
    found = [one for one in owed(PLAN, ADA, TODAY, given=[there, gone]) if one.kind is Kind.finding]

    assert [(one.target, one.late) for one in found] == [("AUD01:x", True)]


def test_a_call_is_owed_without_a_day() -> None:
    found = [
        one
        for one in owed(PLAN, ADA, TODAY, calls=[Call("Bo", "And now?", "leads", TODAY)])
        if one.kind is Kind.mention
    ]

    assert str(found[0].what) == "Bo asks you about “Leads”"


def test_an_evaluation_is_due_by_its_cadence_after_the_last_one() -> None:
    plan = PLAN.model_validate(
        {**PLAN.model_dump(), "evaluations": [{"id": "e", "objective": "leads", "date": "2026-05-20"}]}
    )
    due = {(one.type.value, one.day) for one in dues.objectives_due(plan, TODAY)}

    assert due == {("evaluation", date(2026, 6, 20))}


def test_a_record_of_the_future_does_not_count() -> None:
    plan = PLAN.model_validate(
        {**PLAN.model_dump(), "evaluations": [{"id": "e", "objective": "leads", "date": "2026-07-20"}]}
    )

    assert [one.day for one in dues.objectives_due(plan, TODAY)] == [date(2026, 2, 1)]


def test_an_objective_that_is_over_is_evaluated_once_more_and_reviewed_no_more() -> None:
    body = {**PLAN.objectives[0].model_dump(), "due": "2026-05-31"}
    over = Plan.model_validate({"objectives": [body]})
    found = dues.objectives_due(over, TODAY)

    assert [(one.type.value, one.final, one.day) for one in found] == [
        ("evaluation", True, date(2026, 5, 31))
    ]
    drawn = Plan.model_validate(
        {"objectives": [body], "evaluations": [{"id": "e", "objective": "leads", "date": "2026-06-02"}]}
    )
    assert dues.objectives_due(drawn, TODAY) == ()


@pytest.mark.parametrize(
    ("day", "cadence", "next_"),
    [
        ("2026-01-31", Cadence.monthly, "2026-02-28"),
        ("2024-02-29", Cadence.yearly, "2025-02-28"),
        ("2026-11-30", Cadence.quarterly, "2027-02-28"),
        ("2026-12-31", Cadence.half_yearly, "2027-06-30"),
        ("2026-06-15", Cadence.weekly, "2026-06-22"),
        ("2026-06-15", Cadence.daily, "2026-06-16"),
    ],
)
def test_what_recurs_comes_back_by_the_calendar(day: str, cadence: Cadence, next_: str) -> None:
    assert after(date.fromisoformat(day), cadence) == date.fromisoformat(next_)
    # The rules believe a cadence kept for as long: the page never asks later than they do.
    assert (after(date.fromisoformat(day), cadence) - date.fromisoformat(day)).days <= cadence.days


def test_what_never_was_is_due_now_and_what_has_no_cadence_never() -> None:
    assert upcoming(None, Cadence.monthly, TODAY) == TODAY
    assert upcoming(TODAY, None, TODAY) is None
