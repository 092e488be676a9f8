"""Whatever is imported and undone, in any order, the lake equals a replay in memory."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouvernail.warehouse.lake import Lake
from tests.warehouse.workbench import bring, read

START = date(2026, 1, 1)
Row = dict[str, Any]


@st.composite
def search_rows(draw: st.DrawFn) -> list[Row]:
    """A few rows of `search`: some undated, some of several days, under several cuts and accounts."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        first = draw(st.none() | st.integers(0, 9))
        day = None if first is None else START + timedelta(first)
        until = day and day + timedelta(draw(st.sampled_from([0, 0, 0, 2])))
        cut = draw(st.sampled_from(["date", "page", None]))
        account = draw(st.sampled_from(["a", "b"]))
        rows.append({"day": day, "until": until, "cut": cut, "account": account, "clicks": number})
    return rows


@dataclass
class Model:
    """The imports in order; `rows` replays those that were not undone."""

    imports: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        kept: list[Row] = []
        for id, rows in self.imports.items():
            kept = [row for row in kept if not _replaces(rows, row)]
            kept += [{**row, "import_id": id} for row in rows]
        return sorted(kept, key=repr)


def _key(row: Row) -> tuple[Any, ...]:
    return row["account"], row["cut"]


def _replaces(newer: list[Row], row: Row) -> bool:
    same = [other for other in newer if _key(other) == _key(row)]
    if row["day"] is None:
        return any(other["day"] is None for other in same)
    dated = [other for other in same if other["day"]]
    if not dated:
        return False
    first, last = min(other["day"] for other in dated), max(other["until"] for other in dated)
    return bool(row["day"] <= last and row["until"] >= first)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(search_rows() | st.integers(0, 5), min_size=1, max_size=7))
def test_imports_and_undos_equal_a_replay(steps: list[list[Row] | int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake.open(Path(folder) / "lake")
        model = Model()
        seen: dict[str, list[Row]] = {}
        for number, step in enumerate(steps):
            if isinstance(step, list):
                work = bring(lake, f"file {number}", {"search": step})
                model.imports[work.id] = step
            elif model.imports:
                id = sorted(model.imports)[step % len(model.imports)]
                lake.undo(id)
                del model.imports[id]
            assert _read(lake) == model.rows()
            seen[lake.version()] = model.rows()
        for token, rows in seen.items():
            assert _read(lake.at(token)) == rows


def _read(lake: Lake) -> list[Row]:
    names = ("day", "until", "cut", "account", "clicks", "import_id")
    found = [{name: row[name] for name in names} for row in read(lake, "search")]
    return sorted(found, key=repr)
