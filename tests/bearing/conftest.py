"""One small lake for every test of the bearing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.bearing.model import Bearing
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import bearing_of, fill, rows, write_plan


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace folder with the hand-reckoned company's plan and lake: read it, never write to it."""
    folder = tmp_path_factory.mktemp("zoe")
    write_plan(folder)
    (folder / ".gouvernail").mkdir()
    fill(Lake.open(folder / ".gouvernail" / "lake"), rows())
    return folder


@pytest.fixture(scope="session")
def lake(workspace: Path) -> Lake:
    return Lake.open(workspace / ".gouvernail" / "lake")


@pytest.fixture(scope="session")
def bearing(workspace: Path, lake: Lake) -> Bearing:
    return bearing_of(workspace / "plan.yaml", lake)
