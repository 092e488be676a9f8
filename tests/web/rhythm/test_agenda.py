"""The agenda of a meeting: complete, in order, the same whatever order its material comes in."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Grade, Refusal
from gouvernail.base.text import T, verbatim
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Health, ObjectiveStatus
from gouvernail.bearing.moves import Gone, GoneFinding, Moves
from gouvernail.checks.finding import Finding, Severity
from gouvernail.plan.model import Plan
from gouvernail.web.rhythm.agenda import Heading, Item, Material, agenda, circle

TODAY = date(2026, 6, 15)
PLAN = Plan.model_validate(
    {
        "teams": [
            {"id": "marketing", "function": "marketing"},
            {"id": "sales", "function": "sales"},
            {"id": "management", "function": "management"},
        ],
        "people": [
            {"id": "ada", "title": "Ada", "team": "marketing"},
            {"id": "bo", "title": "Bo", "team": "sales"},
            {"id": "cy", "title": "Cy", "team": "management"},
        ],
        "objectives": [
            {
                "id": "revenue",
                "title": "Revenue",
                "level": "business",
                "start": "2026-01-01",
                "due": "2026-12-31",
                "evaluated": "monthly",
                "reviewed": "quarterly",
            },
            {
                "id": "clicks",
                "title": "Clicks",
                "level": "digital",
                "start": "2026-01-01",
                "evaluated": "weekly",
            },
        ],
        "decisions": [
            {"id": "late", "title": "Late", "due": "2026-06-01", "owner": "ada"},
            {"id": "soon", "title": "Soon", "due": "2026-06-20"},
            {"id": "far", "title": "Far", "due": "2026-09-01", "owner": "ada"},
            {"id": "done", "title": "Done", "due": "2026-06-01", "done": "2026-06-02", "owner": "ada"},
            {"id": "theirs", "title": "Theirs", "due": "2026-06-01", "owner": "cy"},
        ],
        "meetings": [
            {"id": "week", "title": "Week", "between": ["marketing", "sales"], "cadence": "weekly"},
            {"id": "board", "title": "Board", "between": ["management", "marketing"], "cadence": "monthly"},
            {"id": "all", "title": "All", "cadence": "yearly"},
        ],
    }
)
MEETINGS = {one.id: one for one in PLAN.meetings}


def found(code: str, element: str, severity: Severity = Severity.warning, worth: int = 0) -> LocatedFinding:
    finding = Finding(code, element, severity, verbatim(f"{code} on {element}"), T("Do it."))
    return LocatedFinding(finding, None, Decimal(0), None, None, worth=Decimal(worth))


def status(id: str, value: float | None, health: Health, level: str = "business") -> ObjectiveStatus:
    current: Any = (
        Refusal("no_data", T("No data."))
        if value is None
        else Estimate(value, None, None, 0.9, "sum", Grade.none)
    )
    nothing = Money(Decimal(0), "CHF")
    return ObjectiveStatus(
        id, id.title(), level, "revenue", None, Unit.count, Direction.up, None, None, None, None, None,
        current, None, Refusal("no_data", T("No data.")), None, health, (), nothing, None, (), (),
    )  # fmt: skip


def made(meeting: str = "all", **others: Any) -> tuple[Heading, ...]:
    return agenda(Material(MEETINGS[meeting], PLAN, TODAY, **others))


def words(headings: Iterable[Heading], item: Item) -> list[str]:
    return [str(point.words) for one in headings if one.item is item for point in one.points]


def moves(new: Iterable[LocatedFinding] = (), solved: Iterable[LocatedFinding] = ()) -> Moves:
    return Moves("before", tuple(new), (), tuple(GoneFinding(one, Gone.solved) for one in solved))


def test_decisions_come_back_until_they_are_done_what_is_overdue_first() -> None:
    assert words(made(), Item.decisions) == ["Late", "Theirs", "Soon"]


def test_a_meeting_hears_of_the_decisions_of_those_who_sit_there_and_of_nobodys() -> None:
    assert words(made("week"), Item.decisions) == ["Late", "Soon"]
    assert words(made("board"), Item.decisions) == ["Late", "Theirs", "Soon"]
    assert circle(PLAN, MEETINGS["week"]) == {"marketing", "sales", "ada", "bo"}


def test_without_anything_earlier_nothing_is_told_as_new_or_solved() -> None:
    headings = made(findings=(found("AUD01", "x"),))

    assert words(headings, Item.new) == words(headings, Item.solved) == []
    assert words(headings, Item.decide) == ["AUD01 on x"]


def test_what_is_to_be_decided_first_is_not_told_again_as_new() -> None:
    first, other = found("AUD01", "x", worth=9), found("AUD01", "y")
    headings = made(findings=(first, other), moves=moves(new=(first, other)))

    assert words(headings, Item.decide) == ["AUD01 on x"]
    assert words(headings, Item.new) == ["AUD01 on y"]


def test_new_findings_stand_gravest_first() -> None:
    several = [
        found("AUD01", "a", Severity.advice, 50),
        found("AUD01", "b", Severity.blocking),
        found("AUD01", "c", Severity.warning),
    ]

    assert words(made(moves=moves(new=several)), Item.new) == ["AUD01 on b", "AUD01 on c", "AUD01 on a"]


def test_marketing_and_sales_do_not_hear_of_the_vision_and_management_not_of_a_tracking_key() -> None:
    both = (found("VIS01", "v"), found("ACT08", "a"))

    assert words(made("week", findings=both), Item.decide) == ["ACT08 on a"]
    assert words(made("board", findings=both), Item.decide) == ["VIS01 on v"]
    assert len(words(made("all", findings=both), Item.decide)) == 2


def test_an_objective_is_told_only_where_it_moved() -> None:
    before = (status("revenue", 10, Health.on_course), status("still", 5, Health.at_risk))
    now = (status("revenue", 8, Health.off_course), status("still", 5, Health.at_risk))
    headings = made(objectives=now, before=before)

    assert words(headings, Item.objectives) == ["“Revenue”: Off course, it was: On course"]


def test_an_objective_without_data_is_unknown_never_off_or_on_course() -> None:
    headings = made(
        objectives=(status("revenue", None, Health.on_course),),
        before=(status("revenue", 10, Health.on_course),),
    )

    assert words(headings, Item.objectives) == ["“Revenue”: Unknown, it was: On course"]


def test_management_hears_of_business_objectives_alone() -> None:
    before = (status("clicks", 1, Health.on_course, "digital"), status("revenue", 1, Health.on_course))
    now = (status("clicks", 2, Health.at_risk, "digital"), status("revenue", 2, Health.at_risk))

    assert len(words(made("board", objectives=now, before=before), Item.objectives)) == 1
    assert len(words(made("all", objectives=now, before=before), Item.objectives)) == 2


def test_evaluations_and_reviews_due_are_told_and_those_done_lately_are_not() -> None:
    assert words(made("board"), Item.evaluate) == [
        "Evaluate “Revenue”",
        "Review “Revenue”: is it still right?",
    ]
    done = PLAN.model_validate(
        {
            **PLAN.model_dump(),
            "evaluations": [
                {"id": "r", "type": "review", "objective": "revenue", "date": TODAY - timedelta(days=3)}
            ],
        }
    )
    assert words(agenda(Material(MEETINGS["board"], done, TODAY)), Item.evaluate) == []


def test_an_agenda_of_nothing_is_empty() -> None:
    plan = Plan.model_validate({"meetings": [{"id": "m"}]})

    assert agenda(Material(plan.meetings[0], plan, TODAY)) == ()


_FINDINGS = st.lists(
    st.builds(
        found,
        st.sampled_from(["AUD01", "BUD01", "VIS01", "ACT08", "DAT01", "PER01"]),
        st.sampled_from([f"e{i}" for i in range(12)]),
        st.sampled_from(list(Severity)),
        st.integers(0, 5),
    ),
    max_size=30,
    unique_by=lambda one: one.finding.identity,
)


@given(_FINDINGS, st.integers(0, 10**6), st.sampled_from(list(MEETINGS)))
def test_order_does_not_matter(several: list[LocatedFinding], seed: int, meeting: str) -> None:
    mixed = list(several)
    random.Random(seed).shuffle(mixed)

    assert made(meeting, findings=tuple(several), moves=moves(several, several)) == made(
        meeting, findings=tuple(mixed), moves=moves(mixed, mixed)
    )


@given(_FINDINGS)
def test_nothing_is_dropped_in_silence(several: list[LocatedFinding]) -> None:
    headings = {one.item: one for one in made("all", findings=tuple(several), moves=moves(new=several))}
    told = {point.finding for one in headings.values() for point in one.points if point.finding}
    more = headings[Item.new].more if Item.new in headings else 0

    assert len(told) + more == len(several)


@given(_FINDINGS)
def test_items_stand_in_one_order_and_none_is_empty(several: list[LocatedFinding]) -> None:
    headings = made("all", findings=tuple(several), moves=moves(several, several))
    order = [list(Item).index(one.item) for one in headings]

    assert order == sorted(order)
    assert all(one.points for one in headings)
