"""Meetings from agenda to minutes; decisions until they are done; evaluations and reviews; two people on one decision."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.rhythm.models import Minutes
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from tests.web.conftest import Join, SignedIn
from tests.web.rhythm.conftest import TODAY

HERE = "/o/acme/rhythm"


@pytest.fixture
def meeting(workspace: Workspace, plan: Plan, today: date) -> str:
    """A meeting of the plan."""
    body = {
        "title": "Weekly",
        "between": [one.id for one in plan.teams][:2],
        "cadence": "weekly",
        "last": "2026-06-01",
    }
    store.commit(workspace, None, [store.Change("meetings", "weekly-point", body)])
    return "weekly-point"


def test_a_meeting_from_its_agenda_to_its_minutes(
    workspace: Workspace, plan: Plan, meeting: str, owner: Client
) -> None:
    page = owner.get(f"{HERE}/meetings/{meeting}")
    assert page.status_code == 200
    assert "overdue since June 8, 2026" in page.content.decode()

    owner.post(f"{HERE}/meetings/{meeting}/start")
    made = Minutes.objects.get()
    owner.post(f"{HERE}/minutes/{made.pk}/write", {"present": "Ada, Bo", "notes": "We looked at the leads."})
    owner.post(
        f"{HERE}/minutes/{made.pk}/decide",
        {
            "title": "Call back within a day",
            "owner": plan.people[0].id,
            "due": "2026-06-30",
            "about": [plan.objectives[0].id],
        },
    )
    owner.post(f"{HERE}/minutes/{made.pk}/write", {"present": "Ada, Bo", "notes": "We looked.", "close": "1"})
    made.refresh_from_db()
    now = store.read(workspace)
    decision = now.decisions[-1]

    assert (made.notes, made.held, made.closed is not None) == ("We looked.", TODAY, True)
    assert made.decisions == [decision.id] == ["call-back-within-a-day"]
    assert (decision.date, decision.due, decision.owner) == (TODAY, date(2026, 6, 30), plan.people[0].id)
    assert next(one for one in now.meetings if one.id == meeting).last == TODAY
    shown = owner.get(f"{HERE}/minutes/{made.pk}").content.decode()
    assert "We looked." in shown
    assert "Call back within a day" in shown
    assert "<textarea" not in shown


def test_a_meeting_that_goes_on_is_not_started_twice_and_a_closed_one_not_written(
    meeting: str, owner: Client
) -> None:
    owner.post(f"{HERE}/meetings/{meeting}/start")
    owner.post(f"{HERE}/meetings/{meeting}/start")
    made = Minutes.objects.get()
    owner.post(f"{HERE}/minutes/{made.pk}/write", {"notes": "All", "close": "1"})

    assert owner.post(f"{HERE}/minutes/{made.pk}/write", {"notes": "Else"}).status_code == 409
    owner.post(f"{HERE}/minutes/{made.pk}/decide", {"title": "No"})
    made.refresh_from_db()
    assert (made.notes, made.decisions) == ("All", [])


def test_the_agenda_is_kept_as_it_stood(workspace: Workspace, meeting: str, late, owner: Client) -> None:
    late(1)
    owner.post(f"{HERE}/meetings/{meeting}/start")
    made = Minutes.objects.get()
    store.commit(workspace, None, [store.Change("decisions", "late-0", None)])

    assert "Decision late-0" in owner.get(f"{HERE}/minutes/{made.pk}").content.decode()
    assert made.agenda[0]["title"]["fr"] != ""
    assert made.agenda[0]["points"][0]["element"] == "late-0"


def test_what_moved_since_the_last_meeting_stands_on_the_agenda(
    workspace: Workspace, meeting: str, owner: Client, late
) -> None:
    from django.utils import timezone

    from gouvernail.web.plans.models import PlanRevision

    PlanRevision.objects.update(made=timezone.datetime(2026, 5, 20, tzinfo=timezone.get_current_timezone()))
    late(1)
    agenda = owner.get(f"{HERE}/meetings/{meeting}").context["agenda"]
    told = [point.words for heading in agenda for point in heading.points]

    assert any("Decision late-0" in one for one in told)


def test_minutes_of_another_organisation_are_not_found(meeting: str, owner: Client) -> None:
    rival = Workspace.objects.create(slug="rival", name="Rival")
    theirs = Minutes.objects.create(workspace=rival, meeting=meeting, held=TODAY, notes="Secret")

    for address in ("", "/write", "/decide"):
        assert owner.post(f"{HERE}/minutes/{theirs.pk}{address}").status_code == 404


@pytest.mark.parametrize(
    ("role", "start", "new", "done"),
    [
        (Role.owner, 302, 200, 200),
        (Role.management, 302, 200, 200),
        (Role.contributor, 403, 403, 200),
        (Role.reader, 403, 403, 403),
        (Role.partner, 403, 403, 403),
    ],
)
def test_who_may_hold_meetings_and_decide(
    role: str, start: int, new: int, done: int, meeting: str, late, join: Join, signed_in: SignedIn
) -> None:
    late(1)
    client = signed_in(join(role))

    assert client.post(f"{HERE}/meetings/{meeting}/start").status_code == start
    assert client.get(f"{HERE}/decisions/new").status_code == new
    assert client.get(f"{HERE}/decisions/late-0/done").status_code == done


def test_meetings_go_into_a_calendar(workspace: Workspace, meeting: str, owner: Client) -> None:
    body = {
        "title": "Ä very long title, with; signs " + "ö" * 60,
        "cadence": "quarterly",
        "last": "2026-05-31",
    }
    store.commit(workspace, None, [store.Change("meetings", "long", body)])
    text = owner.get(f"{HERE}/meetings/calendar.ics").content.decode()

    assert text.count("BEGIN:VEVENT") >= 2
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "SUMMARY:Ä very long title\\, with\\; signs öö" in text.replace("\r\n ", "")
    assert "RRULE:FREQ=MONTHLY;INTERVAL=3" in text
    # A day that has passed is not put into anybody's calendar: the next one is today.
    assert "DTSTART;VALUE=DATE:20260615" in text
    assert owner.get(f"{HERE}/meetings/nothing/calendar.ics").status_code == 404


def test_a_decision_comes_back_until_it_is_done(
    workspace: Workspace, late, join: Join, signed_in: SignedIn, plan: Plan
) -> None:
    late(1)
    user = join(Role.marketing)
    Membership.objects.filter(user=user).update(person=plan.people[0].id)
    client = signed_in(user)

    assert "Decision late-0" in client.get(f"{HERE}/").content.decode()
    base = store.head(workspace)
    client.post(
        f"{HERE}/decisions/late-0/done", {"done": "2026-06-15", "follow_up": "It worked.", "base": base}
    )
    decision = store.read(workspace).get("late-0")
    assert (decision.done, decision.follow_up) == (TODAY, "It worked.")
    assert "Decision late-0" not in client.get(f"{HERE}/").content.decode()
    client.post(f"{HERE}/decisions/late-0/reopen")
    assert store.read(workspace).get("late-0").done is None


def test_a_decision_put_off_says_why(workspace: Workspace, late, owner: Client) -> None:
    late(1)
    owner.post(f"{HERE}/decisions/late-0/later", {"due": "2026-07-01", "why": "The supplier is late."})
    decision = store.read(workspace).get("late-0")

    assert decision.due == date(2026, 7, 1)
    assert decision.follow_up == "2026-03-01 → 2026-07-01: The supplier is late."


def test_two_people_on_one_decision_see_both_versions_and_choose(
    workspace: Workspace, late, owner: Client
) -> None:
    late(1)
    base = store.head(workspace)
    theirs = {"title": "Decision late-0", "date": "2026-01-05", "due": "2026-03-01", "done": "2026-06-01"}
    store.commit(workspace, None, [store.Change("decisions", "late-0", theirs)])
    mine = {"done": "2026-06-15", "follow_up": "Mine.", "base": base}
    answer = owner.post(f"{HERE}/decisions/late-0/done", mine)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "June 1, 2026" in page
    assert "June 15, 2026" in page
    assert store.read(workspace).get("late-0").done == date(2026, 6, 1)
    owner.post(f"{HERE}/decisions/late-0/done", {**mine, "base": answer.context["base"]})
    assert store.read(workspace).get("late-0").done == TODAY


def test_two_decisions_of_one_name_are_two(workspace: Workspace, plan: Plan, owner: Client) -> None:
    for _ in range(2):
        owner.post(f"{HERE}/decisions/new", {"title": "Stop the banner"})

    assert {"stop-the-banner", "stop-the-banner-2"} <= {one.id for one in store.read(workspace).decisions}


@pytest.mark.parametrize("n", [1, 3, 300])
def test_many_decisions_make_no_more_queries(n: int, late, owner: Client, django_assert_num_queries) -> None:
    late(n)
    for address, queries in ((f"{HERE}/decisions/", 6), (f"{HERE}/", 10), (f"{HERE}/meetings/", 7)):
        owner.get(address)
        with django_assert_num_queries(queries):
            owner.get(address)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12 500", "12500"), ("12’500.50", "12500.5"), ("1.250,5", "1250.5"), ("4,5", "4.5"), ("25 %", "0.25")],
)
def test_an_evaluation_stands_in_the_plan_with_its_number_as_people_write_it(
    typed: str, value: str, workspace: Workspace, plan: Plan, owner: Client, today: date
) -> None:
    objective = plan.objectives[0].id
    page = owner.get(f"{HERE}/objectives/{objective}/evaluate")
    assert page.status_code == 200
    owner.post(
        f"{HERE}/objectives/{objective}/evaluate",
        {"date": "2026-06-15", "value": typed, "confidence": "0.7", "note": "On course."},
    )
    made = store.read(workspace).evaluations[-1]

    assert (made.objective, made.date, made.value) == (objective, TODAY, Decimal(value))
    assert (made.confidence, made.note, made.type) == (Decimal("0.7"), "On course.", "evaluation")


@pytest.mark.parametrize("typed", ["many", "1e99999", "--5", "1.2.3"])
def test_what_is_no_number_is_refused(
    typed: str, workspace: Workspace, plan: Plan, owner: Client, today: date
) -> None:
    before = store.head(workspace)
    answer = owner.post(
        f"{HERE}/objectives/{plan.objectives[0].id}/evaluate", {"date": "2026-06-15", "value": typed}
    )

    assert answer.status_code == 200
    assert "This is not a number." in answer.content.decode()
    assert store.head(workspace) == before


def test_an_evaluation_that_says_nothing_is_refused(
    workspace: Workspace, plan: Plan, owner: Client, today: date
) -> None:
    before = store.head(workspace)
    owner.post(f"{HERE}/objectives/{plan.objectives[0].id}/evaluate", {"date": "2026-06-15", "value": ""})

    assert store.head(workspace) == before


@pytest.mark.parametrize("verdict", ["keep", "change", "drop"])
def test_a_review_stands_in_the_plan_and_leads_on(
    verdict: str, workspace: Workspace, plan: Plan, owner: Client, today: date
) -> None:
    objective = plan.objectives[0].id
    answer = owner.post(
        f"{HERE}/objectives/{objective}/review",
        {"date": "2026-06-15", "verdict": verdict, "note": "The market is another."},
    )
    made = store.read(workspace).evaluations[-1]

    assert (made.type, made.tags, made.note) == ("review", (verdict,), "The market is another.")
    assert answer.status_code == 302
    assert ("edit" in answer.headers["Location"]) is (verdict != "keep")


def test_a_contributor_evaluates_but_does_not_review(plan: Plan, join: Join, signed_in: SignedIn) -> None:
    client = signed_in(join(Role.contributor))
    objective = f"{HERE}/objectives/{plan.objectives[0].id}"

    assert client.get(f"{objective}/evaluate").status_code == 200
    assert client.get(f"{objective}/review").status_code == 403


def test_somebody_says_who_they_are_in_the_plan(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    user = join(Role.sales)
    client = signed_in(user)
    client.post(f"{HERE}/me", {"person": "nobody-such"})
    assert Membership.objects.get(user=user).person == ""
    client.post(f"{HERE}/me", {"person": plan.people[0].id})

    assert Membership.objects.get(user=user).person == plan.people[0].id


@pytest.mark.parametrize("address", ["/", "/meetings/", "/decisions/"])
def test_without_a_plan_the_pages_teach(address: str, workspace: Workspace, owner: Client) -> None:
    page = owner.get(f"{HERE}{address}")

    assert page.status_code == 200
    assert "empty-state" in page.content.decode()


def _going_on(owner: Client, meeting: str) -> Minutes:
    owner.post(f"{HERE}/meetings/{meeting}/start")
    return Minutes.objects.get(closed=None)


def _was(client: Client, made: Minutes) -> str:
    return str(client.get(f"{HERE}/minutes/{made.pk}").context["form"].initial["was"])


def test_two_who_write_the_minutes_at_once_lose_nothing(meeting: str, owner: Client, join: Join) -> None:
    made = _going_on(owner, meeting)
    was = _was(owner, made)
    address = f"{HERE}/minutes/{made.pk}/write"
    owner.post(address, {"present": "Ada", "notes": "Hers.", "was": was})
    kept = owner.post(
        address, {"present": "Ada", "notes": "His.", "was": was}, headers={"hx-request": "true"}
    )
    asked = owner.post(address, {"present": "Ada", "notes": "His.", "was": was})

    made.refresh_from_db()
    assert made.notes == "Hers."
    assert "Somebody else wrote in these minutes meanwhile" in kept.content.decode()
    assert asked.status_code == 409
    assert {"His.", "Hers."} <= set(asked.content.decode().replace("\n", "").replace("<", ">").split(">"))


def test_who_goes_on_writing_is_kept_time_and_again(meeting: str, owner: Client) -> None:
    made = _going_on(owner, meeting)
    was = _was(owner, made)
    for words in ("One.", "One. Two.", "One. Two. Three."):
        answer = owner.post(
            f"{HERE}/minutes/{made.pk}/write",
            {"present": "Ada", "notes": words, "was": was},
            headers={"hx-request": "true"},
        )
        made.refresh_from_db()
        assert made.notes == words
        was = answer.context["mark"]
        assert f'value="{was}" hx-swap-oob="true"' in answer.content.decode()


def test_what_is_written_into_a_closed_meeting_is_shown_and_not_lost(
    meeting: str, owner: Client, workspace: Workspace
) -> None:
    made = _going_on(owner, meeting)
    owner.post(f"{HERE}/minutes/{made.pk}/write", {"notes": "We met.", "close": "1"})
    late = owner.post(f"{HERE}/minutes/{made.pk}/write", {"notes": "One word more."})
    decided = owner.post(f"{HERE}/minutes/{made.pk}/decide", {"title": "Too late"}, follow=True)

    assert late.status_code == 409
    assert "The meeting was closed meanwhile" in late.content.decode()
    assert "One word more." in late.content.decode()
    assert "The meeting was closed meanwhile" in decided.content.decode()
    assert not any(one.name == "Too late" for one in store.read(workspace).decisions)
    made.refresh_from_db()
    assert made.notes == "We met."


def test_a_meeting_closed_too_early_is_opened_again(
    meeting: str, owner: Client, workspace: Workspace
) -> None:
    made = _going_on(owner, meeting)
    address = f"{HERE}/minutes/{made.pk}"
    owner.post(f"{address}/write", {"notes": "We met.", "close": "1"})
    assert "Open the meeting again" in owner.get(address).content.decode()
    owner.post(f"{address}/reopen")
    owner.post(f"{address}/decide", {"title": "One thing more"})
    owner.post(f"{address}/write", {"notes": "We met, and went on.", "close": "1"})

    made.refresh_from_db()
    assert (made.notes, made.closed is not None) == ("We met, and went on.", True)
    assert made.decisions == ["one-thing-more"]
    assert next(one for one in store.read(workspace).meetings if one.id == meeting).last == TODAY


def test_a_meeting_has_one_open_minutes_at_a_time(meeting: str, owner: Client) -> None:
    made = _going_on(owner, meeting)
    owner.post(f"{HERE}/minutes/{made.pk}/write", {"notes": "", "close": "1"})
    for _ in range(2):
        owner.post(f"{HERE}/meetings/{meeting}/start")
    seen = owner.post(f"{HERE}/minutes/{made.pk}/reopen", follow=True).content.decode()

    assert Minutes.objects.filter(closed=None).count() == 1
    assert Minutes.objects.count() == 2
    assert "close those first" in seen


@pytest.mark.parametrize(("role", "status"), [(Role.sales, 403), (Role.reader, 403), (Role.partner, 403)])
def test_who_may_not_decide_opens_no_meeting_again(
    role: str, status: int, meeting: str, owner: Client, join: Join, signed_in: SignedIn
) -> None:
    made = _going_on(owner, meeting)
    owner.post(f"{HERE}/minutes/{made.pk}/write", {"notes": "", "close": "1"})

    assert signed_in(join(role)).post(f"{HERE}/minutes/{made.pk}/reopen").status_code == status
    assert Minutes.objects.get().closed
