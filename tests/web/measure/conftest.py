"""An organisation whose people are known: visits, sales, spend."""

from pathlib import Path
from typing import Any

import pytest

from gouvernail.base.periods import Period
from gouvernail.bearing.model import Bearing
from gouvernail.plan.load import LoadedPlan, load_text
from gouvernail.warehouse.lake import Lake
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Role, Workspace
from gouvernail.workflow import take_bearing
from tests.bearing.company import PLAN, TODAY, fill
from tests.bearing.selling import facts
from tests.web.conftest import PASSWORD, Join
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


@pytest.fixture
def opened(workspace: Workspace, join: Join, live_server: Any, browser: Any) -> Any:
    """Sign in as the owner: `opened(width, language)` gives a browser's page, and what goes wrong on it from then on.

    The page takes addresses of the site without its host.
    """

    def start(width: int, language: str, *, patience: int = 30_000, **more: Any) -> tuple[Any, list[str]]:
        person = join(Role.owner)
        User.objects.filter(pk=person.pk).update(language=language)
        viewport = {"width": width, "height": 900}
        page = browser.new_context(
            viewport=viewport, locale=language, base_url=live_server.url, **more
        ).new_page()
        page.set_default_timeout(patience)
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto("/sign-in/login/")
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/o/acme/")
        return page, wrong

    return start
