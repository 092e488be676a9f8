from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.base.errors import PlanError
from gouvernail.plan.load import load_plan, load_text
from gouvernail.plan.model import CURRENT_VERSION, Action, Link, Objective, Organisation, Plan, Value
from gouvernail.plan.upgrades import UPGRADES

OLD = Path(__file__).parent / "v0.yaml"


def test_version_0_reads_as_todays_plan() -> None:
    assert load_plan(OLD).plan == Plan(
        organisation=Organisation(name="Acme", currency="CHF"),
        values=(Value(id="courage"),),
        objectives=(
            Objective(
                id="growth",
                title="Growth",
                serves=(Link(id="courage"),),
                metric="revenue",
                target=Decimal(1200000),
                due=date(2026, 12, 31),
            ),
        ),
        actions=(Action(id="launch", serves=(Link(id="growth"),), budget=Decimal(5000)),),
    )


def test_locations_of_an_old_file_are_its_own_lines() -> None:
    locations = load_plan(OLD).locations

    assert str(locations.of("growth", "due")) == f"{OLD}:12"
    assert str(locations.of("objectives")) == f"{OLD}:6"


def test_faults_of_an_old_file_are_on_its_own_lines() -> None:
    with pytest.raises(PlanError) as caught:
        load_text("version: 0\ngoals:\n  - id: growth\n    deadline: soon\n")

    (fault,) = caught.value.faults
    assert fault.line == 4


def test_every_older_version_has_an_upgrade_and_an_old_file() -> None:
    assert list(UPGRADES) == list(range(CURRENT_VERSION))
    assert [f"v{version}.yaml" for version in UPGRADES] == sorted(
        file.name for file in Path(__file__).parent.glob("v*.yaml")
    )
