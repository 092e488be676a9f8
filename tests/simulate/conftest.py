"""The simulated companies, written and imported once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from gouvernail.base.periods import parse_period
from gouvernail.bearing.model import Bearing
from gouvernail.plan.load import LoadedPlan, load_plan
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.simulate.company import write
from gouvernail.simulate.truth import Truth
from gouvernail.sources.files.generic import find_mapping
from gouvernail.sources.importing import run
from gouvernail.sources.protocol import Context, Preview
from gouvernail.warehouse.lake import Lake
from gouvernail.workflow import take_bearing


@dataclass(frozen=True)
class Imported:
    """A company in a lake: its exports, what is true, what each file brought, and its plans, oldest first."""

    folder: Path
    truth: Truth
    lake: Lake
    files: Mapping[str, Preview]
    plans: tuple[LoadedPlan, ...]


Importer = Callable[[str], Imported]
Taker = Callable[[str, int], Bearing]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make readings` write what the demos say anew."""
    parser.addoption("--rewrite-readings", action="store_true", help="write tests/simulate/readings anew")


@pytest.fixture(scope="session")
def rewrite_readings(pytestconfig: pytest.Config) -> bool:
    """Whether to write the readings anew; the option is unknown where other tests were named."""
    return bool(pytestconfig.getoption("--rewrite-readings", default=False))


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Importer:
    """Return the company of that name, imported the first time it is asked for."""

    @cache
    def make(company: str) -> Imported:
        folder, beside = tmp_path_factory.mktemp(company), tmp_path_factory.mktemp("lake")
        plans = tuple(
            _plan(beside, number, text) for number, text in enumerate(COMPANIES[company].revisions, 1)
        )
        told = write(company, folder)
        lake = Lake.open(beside / "lake")
        zone = plans[0].plan.organisation.time_zone
        context = Context(told.currency, zone, lake.secret, COMPANIES[company].today)
        files = {
            each.file: run(folder / each.file, lake, context, find_mapping(folder / each.file)).preview
            for each in told.files
        }
        return Imported(folder, told, lake, files, plans)

    return make


@pytest.fixture(scope="session")
def bearing(imported: Importer) -> Taker:
    """Return the bearing of a company's last month under one revision of its plan, taken once."""

    @cache
    def take(company: str, revision: int) -> Bearing:
        found, known = imported(company), COMPANIES[company]
        period = parse_period(known.period)
        return take_bearing(found.plans[revision - 1], found.lake, period, today=known.today)

    return take


def _plan(folder: Path, number: int, text: str) -> LoadedPlan:
    path = folder / f"revision-{number}.yaml"
    path.write_text(text, encoding="utf-8")
    return load_plan(path)
