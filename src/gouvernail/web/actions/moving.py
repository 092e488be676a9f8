"""Moving an action from one state to another: the one change that the board makes."""

from __future__ import annotations

from django.http import Http404

from gouvernail.plan.model import Status
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision, Scenario
from gouvernail.web.workspaces.models import Workspace


def move(
    workspace: Workspace, author: User, id: str, state: Status, scenario: Scenario | None = None
) -> PlanRevision | None:
    """Give the action its new state; None where it has it already.

    Raises:
        Http404: there is no such action.
        Conflict: somebody changed it at the same moment.
    """
    row = store.row_of(workspace, "actions", id, scenario)
    if row is None:
        raise Http404
    body = {**row.body, "status": state.value}
    if state is Status.planned:
        # The model's own default is not written.
        del body["status"]
    change = store.Change("actions", id, body, row.number)
    return store.commit(workspace, author, [change], note=f"{id}: {state.value}", scenario=scenario)
