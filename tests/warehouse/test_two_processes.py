"""Two processes import at once while a third reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gouvernail.warehouse.lake import Lake
from tests.warehouse.workbench import bring, read, spend

ROOT = Path(__file__).parents[2]
IMPORTS = 5


def run(folder: Path, source: str, name: str) -> None:
    """Import the files `name 0` … one after the other, each the same days to two tables."""
    own = folder / name
    own.mkdir()
    lake = Lake.open(folder / "lake")
    for number in range(IMPORTS):
        days = spend(range(1 + number, 11 + number), number)
        events = [{"day": row["day"], "kind": "order", "value": row["cost"]} for row in days]
        bring(lake, f"{name} {number}", {"spend": days, "conversions": events}, source=source, folder=own)


@pytest.mark.parametrize("sources", [("google_ads", "meta_ads"), ("shopify", "shopify")])
def test_two_processes_importing_at_once_lose_nothing(sources: tuple[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.warehouse.test_two_processes", str(tmp_path)]
    running = [
        subprocess.Popen([*command, source, name], cwd=ROOT)
        for source, name in zip(sources, ("left", "right"), strict=True)
    ]
    lake = Lake.open(tmp_path / "lake")
    while any(process.poll() is None for process in running):
        pinned = lake.at(lake.version())
        assert _facts(pinned, "spend") == _facts(pinned, "conversions")

    assert [process.returncode for process in running] == [0, 0]
    assert len(lake.imports()) == 2 * IMPORTS
    assert _facts(lake, "spend") == _replayed(lake)
    assert list((lake.folder / "work").iterdir()) == []


def test_same_file_imported_by_two_processes_lands_once(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    original = tmp_path / "jan.csv"
    original.write_text("jan")

    with lake.begin("s", "a", original, {}) as slow, lake.begin("s", "a", original, {}) as quick:
        pass

    assert (quick.repeated, slow.repeated, slow.record) == (False, True, quick.record)
    assert len(lake.imports()) == 1


def _facts(lake: Lake, table: str) -> list[tuple[object, ...]]:
    return [(row["day"], row["source"], row["import_id"]) for row in read(lake, table)]


def _replayed(lake: Lake) -> list[tuple[object, ...]]:
    """Return what the imports, in the order of the journal, leave of each other."""
    owner = {}
    for record in lake.imports():
        number = int(record.file.removesuffix(".csv").split()[1])
        for row in spend(range(1 + number, 11 + number), 0):
            owner[row["day"], record.source] = record.id
    return sorted(((*key, id) for key, id in owner.items()), key=repr)


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
