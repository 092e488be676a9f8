"""The engine: typed tables over one version of the lake, and coverage."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from gouvernail.base.errors import UsageError, WarehouseError
from gouvernail.warehouse.engine import Engine, engine_of
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.records import Coverage
from gouvernail.warehouse.schema import arrow_schema
from gouvernail.warehouse.tables import TABLES
from tests.warehouse.workbench import bring, spend


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


def test_every_table_of_an_empty_lake_is_empty_with_its_schema(lake: Lake) -> None:
    engine = Engine(lake)

    for name in TABLES:
        found = engine.execute(engine.table(name))
        assert (found.num_rows, found.schema) == (0, arrow_schema(name))


def test_table_with_rows_has_the_same_schema_as_an_empty_one(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1, 2], 5, campaign="Été")})
    engine = Engine(lake)

    found = engine.execute(engine.table("spend"))

    assert found.schema == arrow_schema("spend")
    assert found.column("campaign").to_pylist() == ["Été", "Été"]


def test_engine_keeps_the_version_it_was_made_with(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1], 5)})
    engine = Engine(lake)
    bring(lake, "feb", {"spend": spend([1], 7)})

    table = engine.table("spend")

    assert engine.execute(table.cost.sum().name("cost")).to_pydict() == {"cost": [Decimal(5)]}
    assert engine.version != lake.version() == Engine(lake).version


def test_file_without_a_newer_column_reads_null(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    older = arrow_schema("email").remove(arrow_schema("email").get_field_index("sent"))
    with monkeypatch.context() as patch:
        for room in ("gouvernail.warehouse.schema", "gouvernail.warehouse.spool"):
            patch.setattr(f"{room}.arrow_schema", lambda _: older)
        patch.setattr("gouvernail.warehouse.delta.arrow_schema", lambda _: older)
        patch.setattr("tests.warehouse.workbench.arrow_schema", lambda _: older)
        bring(lake, "old", {"email": [{"day": date(2026, 1, 1), "opens": 3}]})
    bring(lake, "new", {"email": [{"day": date(2026, 1, 2), "sent": 8}]})

    engine = Engine(lake)
    rows = engine.execute(engine.table("email").order_by("day")["opens", "sent"])

    assert rows.to_pylist() == [{"opens": 3, "sent": None}, {"opens": None, "sent": 8}]


def test_unknown_table_and_engine_are_refused(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WarehouseError, match="no table costs"):
        Engine(lake).table("costs")
    monkeypatch.setenv("GOUVERNAIL_ENGINE", "abacus")
    with pytest.raises(UsageError, match="GOUVERNAIL_ENGINE is abacus"):
        Engine(lake)


def test_engine_out_of_memory_says_so(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_MEMORY", "lots")

    with pytest.raises(WarehouseError, match="GOUVERNAIL_MEMORY"):
        Engine(lake)


def test_coverage_tells_days_gaps_and_exact_totals_per_account(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1, 2, 5], 10, currency="CHF", clicks=3)})
    bring(
        lake, "mixed", {"spend": spend([1], 1, currency="EUR") + spend([1], 2, currency="USD")}, account="b"
    )

    two, one = lake.coverage()

    assert one == Coverage(
        "google_ads",
        "main",
        "spend",
        3,
        date(2026, 1, 1),
        date(2026, 1, 5),
        2,
        {"cost": Decimal(30), "clicks": Decimal(9)},
        "CHF",
    )
    assert (two.account, two.rows, two.totals, two.currency) == ("b", 2, {}, None)


def test_coverage_totals_one_cut_only(lake: Lake) -> None:
    row = {"day": date(2026, 1, 1), "clicks": 4}
    bring(lake, "cuts", {"search": [{**row, "cut": "page"}, {**row, "cut": "date"}]})

    (found,) = lake.coverage()

    assert (found.rows, found.totals) == (2, {"clicks": Decimal(4)})


def test_money_is_exact_over_many_rows(lake: Lake) -> None:
    cents = pa.array([Decimal("0.10")] * 1000, pa.decimal128(20, 6))
    bring(lake, "cents", {"spend": [{"day": date(2026, 1, 1), "cost": value.as_py()} for value in cents]})

    assert lake.coverage()[0].totals["cost"] == Decimal("100.00")


def test_engine_is_kept_until_the_lake_changes(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1], 5)})
    first = engine_of(lake)

    assert engine_of(Lake.open(lake.folder)) is first

    bring(lake, "feb", {"spend": spend([2], 7)})

    assert engine_of(lake) is not first


def test_erased_rows_are_not_answered_from_memory(lake: Lake) -> None:
    bring(lake, "jan", {"touchpoints": [{"person": "p", "day": date(2026, 1, 1)}]})
    old = lake.at(lake.version())
    count = engine_of(old).table("touchpoints").count().name("n")
    assert engine_of(old).execute(count).to_pydict() == {"n": [1]}

    lake.forget_person("p")

    with pytest.raises(WarehouseError):
        engine_of(old).table("touchpoints")
