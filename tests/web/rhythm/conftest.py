"""A plan with as many findings as a test wants, on a day that stands still."""

from collections.abc import Callable
from datetime import date

import pytest

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace

TODAY = date(2026, 6, 15)


@pytest.fixture
def today(workspace: Workspace) -> date:
    """The organisation's day."""
    workspace.today = TODAY
    workspace.save()
    return TODAY


@pytest.fixture
def late(workspace: Workspace, plan: Plan, today: date) -> Callable[[int], list[str]]:
    """Put `n` decisions into the plan that nobody followed up: as many findings (REV02)."""

    def make(n: int) -> list[str]:
        ids = [f"late-{i}" for i in range(n)]
        body = {"date": "2026-01-05", "due": "2026-03-01", "owner": plan.people[0].id}
        changes = [store.Change("decisions", id, {"title": f"Decision {id}", **body}) for id in ids]
        store.commit(workspace, None, changes)
        return ids

    return make
