"""An organisation whose people are known: visits, sales, spend."""

from pathlib import Path
from typing import Any

import pytest

from gouvernail.base.periods import Period
from gouvernail.bearing.model import Bearing
from gouvernail.plan.load import LoadedPlan, load_text
from gouvernail.warehouse.lake import Lake
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace
from gouvernail.workflow import take_bearing
from tests.bearing.company import PLAN, TODAY, fill
from tests.bearing.selling import facts
from tests.web.measure import trying


@pytest.fixture
def selling(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The small company with four sales of September 2026, three of them with a path; its bearing stays ordered."""
    monkeypatch.setattr("gouvernail.web.bearings.tasks.work_out", lambda *_: None)
    workspace.today = TODAY
    workspace.save()
    workspace.folder.mkdir(parents=True, exist_ok=True)
    fill(Lake.open(Path(workspace.lake_path)), facts())
    store.commit(workspace, None, store.replacement(workspace, load_text(PLAN).plan).changes)
    return workspace


TAKEN: dict[tuple[str, str], Bearing] = {}
"""Bearings of the company that tries things, by plan and period: its facts are the same in every test."""


def _taken(loaded: LoadedPlan, lake: Any, period: Period, **more: Any) -> Bearing:
    key = loaded.digest, str(period)
    if key not in TAKEN:
        TAKEN[key] = take_bearing(loaded, lake, period, **more)
    return TAKEN[key]


@pytest.fixture
def trying_out(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The small company with experiments: ended, running, planned, and one that only the facts know."""
    monkeypatch.setattr("gouvernail.workflow.take_bearing", _taken)
    workspace.today = TODAY
    workspace.save()
    workspace.folder.mkdir(parents=True, exist_ok=True)
    lake = Lake.open(Path(workspace.lake_path))
    fill(lake, facts())
    trying.fill(lake)
    store.commit(workspace, None, store.replacement(workspace, load_text(PLAN).plan).changes)
    added = [
        store.Change("experiments", one["id"], {k: v for k, v in one.items() if k != "id"})
        for one in trying.PLAN
    ]
    store.commit(workspace, None, added)
    return workspace
