"""What is being done for a bearing is told while it is done, and giving it up ends the work between two stages."""

import pytest
from django.test import Client
from django.urls import reverse

from gouvernail import workflow
from gouvernail.base.text import Text
from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf, tasks
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn


def _left(workspace: Workspace) -> tuple[BearingRecord, shelf.Question]:
    asked = shelf.question(workspace)
    made = shelf.order(asked)
    BearingRecord.objects.filter(pk=made.pk).update(state=BearingState.running, task="mine", body=None)
    return BearingRecord.objects.get(pk=made.pk), asked


def test_the_page_says_what_is_being_done(
    workspace: Workspace,
    plan: Plan,
    owner: Client,
    join: Join,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, asked = _left(workspace)
    reader = join(Role.reader)
    reader.language = "fr"
    reader.save()
    french = signed_in(reader)
    pages: list[str] = []
    assemble = workflow.assemble

    def looked_at(*given: object) -> object:
        address = reverse("bearing-state", args=["acme", made.pk])
        pages.extend(client.get(address).content.decode() for client in (owner, french))
        pages.append(french.get(reverse("cockpit", args=["acme"])).content.decode())
        return assemble(*given)

    monkeypatch.setattr(workflow, "assemble", looked_at)
    tasks.work_out(made.pk, str(asked.period), asked.revision, "mine")

    assert "Step 7 of 7: Putting the bearing together." in pages[0]
    for page in pages[1:]:
        assert "Étape 7 sur 7\u00a0: " in page
        assert "Putting the bearing" not in page
    made.refresh_from_db()
    assert (made.state, made.message, made.progress) == (BearingState.ready, None, 1)


def test_a_bearing_given_up_ends_with_the_stage(
    workspace: Workspace, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, asked = _left(workspace)
    judged: list[int] = []
    gather = workflow.gather

    def given_up(*given: object) -> object:
        shelf.cancel(made)
        return gather(*given)

    monkeypatch.setattr(workflow, "gather", given_up)
    monkeypatch.setattr(workflow, "judge", lambda *_given: judged.append(1))
    tasks.work_out(made.pk, str(asked.period), asked.revision, "mine")

    made.refresh_from_db()
    assert made.state == BearingState.cancelled
    assert judged == []


def test_every_stage_is_told_once_in_order(workspace: Workspace, plan: Plan) -> None:
    asked = shelf.question(workspace)
    told: list[tuple[Text, int, int]] = []
    workflow.take_bearing(
        asked.loaded, None, asked.period, today=asked.today, progress=lambda *given: told.append(given)
    )
    assert told == [(stage, i, len(workflow.STAGES)) for i, stage in enumerate(workflow.STAGES)]
