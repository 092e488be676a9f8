"""A lake written before a table had all its columns: it is read, restated, erased from, as any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from gouvernail.sources.experiment_table import tables
from gouvernail.sources.values.persons import pseudonym
from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.spans import Span, from_data
from tests.warehouse.workbench import bring, read

OLD = ["day", "experiment", "variant", "subject", "exposures", "conversions", "value", "covariate"]
HOUSE = ["source", "account", "import_id", "source_row"]


def old(lake: Lake) -> None:
    """Import two subjects of two days as an older program would have written them."""
    rows: list[Mapping[str, Any]] = [
        {"day": date(2026, 1, day), "experiment": "x", "variant": "A", "subject": person, "conversions": 1}
        for day, person in ((1, pseudonym(lake.secret, "ann@x.example")), (5, "b"))
    ]
    bring(lake, "old", {"experiments": rows}, source="generic")
    (path,) = lake.files("experiments")
    pq.write_table(pq.read_table(path).select([*OLD, *HOUSE]), path)


def test_old_rows_are_read_with_their_new_columns_empty(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    old(lake)
    (found,) = tables(Engine(lake))
    assert (found.experiment, found.metric, found.cut, found.subjects) == ("x", "", "subject", 2)


def test_a_newer_import_replaces_the_old_rows_of_its_days_and_leaves_the_others(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    old(lake)
    newer = {"day": date(2026, 1, 5), "experiment": "x", "variant": "A", "subject": "c", "cut": "subject"}
    bring(lake, "new", {"experiments": [newer]}, source="generic")
    assert [(row["day"].day, row["cut"]) for row in read(lake, "experiments")] == [(1, None), (5, "subject")]
    assert sum(one.subjects for one in tables(Engine(lake))) == 2


def test_a_person_is_forgotten_in_old_rows_too(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    old(lake)
    lake.forget_person(pseudonym(lake.secret, "ann@x.example"))
    assert [row["subject"] for row in read(lake, "experiments")] == ["b"]


def test_keys_of_an_older_journal_get_the_new_parts_as_empty() -> None:
    told = [[["generic", "", "x"], "2026-01-01", "2026-01-05", False]]
    assert from_data(told, "experiments") == {
        ("generic", "", "x", None): Span(date(2026, 1, 1), date(2026, 1, 5))
    }
