"""What a page looks at, and the bearings it finds: never waited for, never taken twice, nothing of before without a mark."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from gouvernail.base.periods import parse_period
from gouvernail.plan.model import Plan
from gouvernail.web.bearings import pulse, shelf, tasks
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.plans import store
from gouvernail.web.plans.models import Scenario
from gouvernail.web.workspaces.models import Workspace


class Session(dict[str, object]):
    """A session as far as `current` uses one."""


def look(workspace: Workspace, session: Session | None = None, **asked: str) -> Current:
    request = RequestFactory().get("/", asked)
    request.workspace, request.session = workspace, session if session is not None else Session()
    return current(request)


def test_without_plan_and_data_no_bearing_is_asked_for(workspace: Workspace) -> None:
    here = look(workspace)

    assert (here.record, here.bearing, here.has_plan, here.has_data) == (None, None, False, False)
    assert not BearingRecord.objects.exists()


def test_the_last_closed_month_of_the_newest_revision_is_there_at_once_where_tasks_are_done_at_once(
    workspace: Workspace, plan: Plan
) -> None:
    here = look(workspace)

    assert here.bearing is not None
    assert here.bearing.period == here.period
    assert here.bearing.made_from.plan == shelf.question(workspace).loaded.digest
    assert (here.older, here.progress, here.revision) == (False, None, here.head)


def test_what_was_chosen_is_remembered_until_it_is_taken_back(workspace: Workspace, plan: Plan) -> None:
    session = Session()
    look(workspace, session, period="2026-Q1")

    assert look(workspace, session).period == parse_period("2026-Q1")
    assert look(workspace, session, period="").period == look(workspace).period
    assert session == {f"view:{workspace.pk}": {}}


def test_a_period_that_is_none_is_told_and_the_default_shown(workspace: Workspace, plan: Plan) -> None:
    here = look(workspace, period="soon")

    assert here.period == look(workspace).period
    assert here.complaint
    assert "soon" in str(here.complaint)


def test_an_earlier_revision_can_be_looked_at(workspace: Workspace, plan: Plan) -> None:
    first = store.head(workspace)
    store.commit(workspace, None, [store.Change("values", "extra", {"title": "Extra"})])
    here = look(workspace, revision=str(first))

    assert (here.revision, here.head) == (first, first + 1)
    assert here.plan == plan
    assert look(workspace, revision="99").revision == first + 1


def test_a_scenario_has_bearings_of_its_own(workspace: Workspace, plan: Plan) -> None:
    scenario = Scenario.objects.create(workspace=workspace, name="Less", base=store.head(workspace))
    store.commit(workspace, None, [store.Change("values", "extra", {"title": "Extra"})], scenario=scenario)
    there, main = look(workspace, scenario=str(scenario.pk)), look(workspace)

    assert there.bearing
    assert main.bearing
    assert there.bearing.made_from.plan != main.bearing.made_from.plan
    assert "extra" in {row.id for row in there.bearing.chain}
    assert main.scenario is None
    assert main.scenarios == (scenario,)


def test_while_a_bearing_is_taken_the_one_before_is_shown_and_marked(
    workspace: Workspace, plan: Plan, request: pytest.FixtureRequest
) -> None:
    before = look(workspace)
    store.commit(workspace, None, [store.Change("values", "extra", {"title": "Extra"})])
    request.getfixturevalue("no_worker")
    here = look(workspace)

    assert here.bearing == before.bearing
    assert here.older
    assert here.stale
    assert here.progress
    assert here.progress.polling
    assert here.progress.may_cancel


def test_a_question_is_ordered_once(workspace: Workspace, plan: Plan, no_worker: None) -> None:
    assert look(workspace).record == look(workspace).record
    assert BearingRecord.objects.count() == 1


def test_a_cancelled_bearing_stays_so_until_somebody_asks_again(
    workspace: Workspace, plan: Plan, no_worker: None
) -> None:
    made = look(workspace).record
    assert made
    assert shelf.cancel(made)

    again = look(workspace)
    assert again.record
    assert again.record.state == BearingState.cancelled
    assert again.progress
    assert again.progress.may_retry
    assert shelf.retry(again.record).state == BearingState.waiting


def test_what_a_worker_finds_after_the_cancelling_is_dropped(workspace: Workspace, plan: Plan) -> None:
    made = look(workspace).record
    assert made
    bearing = shelf.opened(made)
    assert bearing
    BearingRecord.objects.update(state=BearingState.cancelled, body=None)
    shelf.put(made, bearing)

    made.refresh_from_db()
    assert (made.state, made.body) == (BearingState.cancelled, None)


def test_a_worker_that_died_is_noticed_and_the_work_offered_again(
    workspace: Workspace, plan: Plan, no_worker: None
) -> None:
    made = look(workspace).record
    assert made
    long_ago = timezone.now() - timedelta(minutes=10)
    BearingRecord.objects.update(state=BearingState.running, started=long_ago)
    here = look(workspace)
    assert here.progress
    assert here.progress.may_retry
    with pulse.beating(workspace, made.pk):
        beating = look(workspace).progress

    assert beating
    assert not beating.may_retry
    assert here.record
    assert shelf.retry(here.record).state == BearingState.waiting


def test_a_failure_is_told_in_the_readers_language(workspace: Workspace, plan: Plan, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "_taken", fail)
    here = look(workspace)

    assert here.bearing is None
    assert here.progress
    assert here.progress.failed
    assert here.progress.message == str(tasks.BROKEN)


def test_what_nobody_reads_makes_room(workspace: Workspace, plan: Plan, monkeypatch) -> None:
    monkeypatch.setattr(shelf, "KEPT", 2)
    for month in ("2026-01", "2026-02", "2026-03"):
        look(workspace, period=month)

    kept = set(BearingRecord.objects.values_list("period", flat=True))
    assert kept == {"2026-02", "2026-03"}


def test_the_state_of_a_bearing_follows_itself_and_brings_the_page_back(
    workspace: Workspace, plan: Plan, owner: Client, no_worker: None
) -> None:
    made = shelf.order(shelf.question(workspace))
    waiting = owner.get(f"/o/acme/bearings/{made.pk}")
    BearingRecord.objects.update(state=BearingState.ready)
    ready = owner.get(f"/o/acme/bearings/{made.pk}")

    assert b"every 2s" in waiting.content
    assert "HX-Refresh" not in waiting.headers
    assert ready.headers["HX-Refresh"] == "true"
    assert ready.content.strip() == b""


def test_cancelling_and_asking_again_come_back_to_the_page_and_stand_in_the_trail(
    workspace: Workspace, plan: Plan, owner: Client, no_worker: None
) -> None:
    made = shelf.order(shelf.question(workspace))
    gone = owner.post(f"/o/acme/bearings/{made.pk}/cancel", {"next": "/o/acme/?x=1"})
    assert gone.headers["Location"] == "/o/acme/?x=1"
    back = owner.post(f"/o/acme/bearings/{made.pk}/retry", {"next": "https://elsewhere.example/"})

    assert back.headers["Location"] == "/o/acme/"
    trail = list(workspace.trail.values_list("what", flat=True))
    assert trail[:2] == ["bearing.retried", "bearing.cancelled"]


def test_another_organisations_bearing_is_not_found(
    workspace: Workspace, plan: Plan, owner: Client, no_worker: None
) -> None:
    other = Workspace.objects.create(slug="rival", name="Rival")
    store.commit(other, None, store.replacement(other, plan).changes)
    made = shelf.order(shelf.question(other))

    assert owner.get(f"/o/acme/bearings/{made.pk}").status_code == 404
    assert owner.post(f"/o/acme/bearings/{made.pk}/cancel").status_code == 404
