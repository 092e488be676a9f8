"""A bearing whose worker was killed is worked out by the same task, once more; by no other."""

import pytest

from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.bearings.tasks import work_out
from gouvernail.web.workspaces.models import Workspace


@pytest.mark.parametrize(
    ("task", "state"),
    [("mine", BearingState.ready), ("another", BearingState.running), ("", BearingState.running)],
)
def test_a_bearing_left_running(workspace: Workspace, plan: Plan, task: str, state: str) -> None:
    asked = shelf.question(workspace)
    made = shelf.order(asked)
    BearingRecord.objects.filter(pk=made.pk).update(state=BearingState.running, task="mine", body=None)
    work_out(made.pk, str(asked.period), asked.revision, task)
    assert BearingRecord.objects.get(pk=made.pk).state == state
