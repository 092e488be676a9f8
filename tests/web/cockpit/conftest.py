"""The demo company in an organisation: imported once a session, its bearing taken once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gouvernail.base.periods import parse_period
from gouvernail.bearing.model import Bearing
from gouvernail.plan.load import load_text
from gouvernail.plan.model import Plan
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.simulate.company import write
from gouvernail.sources.files.generic import find_mapping
from gouvernail.sources.importing import run
from gouvernail.sources.protocol import Context
from gouvernail.warehouse.lake import Lake
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.models import BearingRecord
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace
from gouvernail.workflow import take_bearing

COMPANY = COMPANIES["antoine"]


@dataclass(frozen=True)
class Demo:
    """The company's lake and plans, and its bearing under the last plan."""

    lake: Path
    plans: tuple[Plan, ...]
    bearing: Bearing


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Import the demo company's exports, and take its bearing."""
    exports, folder = tmp_path_factory.mktemp("exports"), tmp_path_factory.mktemp("antoine") / "lake"
    told = write("antoine", exports)
    lake = Lake.open(folder)
    loaded = [load_text(text) for text in COMPANY.revisions]
    zone = loaded[0].plan.organisation.time_zone
    context = Context(told.currency, zone, lake.secret, COMPANY.today)
    for each in told.files:
        path = exports / each.file
        run(path, lake, context, find_mapping(path))
    bearing = take_bearing(loaded[-1], lake, parse_period(COMPANY.period), today=COMPANY.today)
    return Demo(folder, tuple(one.plan for one in loaded), bearing)


@pytest.fixture
def company(workspace: Workspace, demo: Demo) -> Workspace:
    """The organisation with the demo's plans and facts, its bearing on the shelf."""
    workspace.today = COMPANY.today
    workspace.save()
    workspace.folder.mkdir(parents=True)
    workspace.lake_path.symlink_to(demo.lake)
    for plan in demo.plans:
        store.commit(workspace, None, store.replacement(workspace, plan).changes)
    put(workspace, demo.bearing)
    return workspace


def put(workspace: Workspace, bearing: Bearing) -> BearingRecord:
    """Put a bearing on the shelf as the answer to what a page asks first, and to the same for the period before."""
    asked = shelf.question(workspace)
    for period in (asked.period, asked.period.previous()):
        key = {
            "workspace": workspace,
            "digest": asked.loaded.digest,
            "data": asked.data,
            "period": str(period),
            "today": asked.today,
            "code": shelf.code_version(),
        }
        made = BearingRecord.objects.create(**key, revision=asked.revision, state="running")
        shelf.put(made, bearing)
    return made


Elements = Callable[[int], Plan]


@pytest.fixture
def many(workspace: Workspace) -> Elements:
    """Write a plan with so many objectives (and as many actions that serve them)."""

    def make(count: int) -> Plan:
        made = Plan.model_validate(
            {
                "values": [{"id": "care", "title": "Care"}],
                "objectives": [
                    {"id": f"o{i}", "title": f"Objective {i}", "level": "business", "serves": "care"}
                    for i in range(count)
                ],
                "actions": [{"id": f"a{i}", "title": f"Action {i}", "serves": f"o{i}"} for i in range(count)],
            }
        )
        store.commit(workspace, None, store.replacement(workspace, made).changes)
        return made

    return make
