"""An organisation whose people are known: visits, sales, spend."""

from pathlib import Path

import pytest

from gouvernail.plan.load import load_text
from gouvernail.warehouse.lake import Lake
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace
from tests.bearing.company import PLAN, TODAY, fill
from tests.bearing.selling import facts


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
