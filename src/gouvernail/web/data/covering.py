"""What the facts cover, day by day: worked out once for each data version, in the background, and kept in a file."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.lakes import facts_of
from gouvernail.web.kept import changes
from gouvernail.web.workspaces.models import Workspace

KEPT = 3
"""Versions whose coverage is kept."""


@dataclass(frozen=True)
class Series:
    """What one account of one source brought to one table: rows by day, and rows that stand for several days."""

    source: str
    account: str
    table: str
    days: Mapping[date, int]
    stretches: tuple[tuple[date, date, int], ...]
    undated: int

    @property
    def rows(self) -> int:
        return sum(self.days.values()) + sum(rows for *_, rows in self.stretches) + self.undated

    @property
    def first(self) -> date | None:
        return min((*self.days, *(start for start, _, _ in self.stretches)), default=None)

    @property
    def last(self) -> date | None:
        return max((*self.days, *(end for _, end, _ in self.stretches)), default=None)


def survey(workspace: Workspace) -> None:
    """Work out what the newest facts cover, and keep it."""
    from gouvernail.warehouse.coverage import days_of
    from gouvernail.warehouse.engine import engine_of

    lake = shelf.lake(workspace)
    version = facts_of(workspace).version
    if lake is None or not version or _file(workspace, version).exists():
        return
    found = _series(days_of(engine_of(lake.at(version))))
    target = _file(workspace, version)
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_suffix(f".{os.getpid()}.part")
    scratch.write_text(json.dumps(found), "utf-8")
    scratch.replace(target)
    changes.note(workspace.pk)
    for old in sorted(target.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def covered(workspace: Workspace) -> tuple[Series, ...] | None:
    """Return what the newest facts cover, None where nobody worked it out yet."""
    version = facts_of(workspace).version
    path = _file(workspace, version)
    return _read(path) if version and path.exists() else None


def _file(workspace: Workspace, version: str) -> Path:
    return workspace.folder / "coverage" / f"{version}.json"


def _series(days: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: defaultdict[tuple[str, str, str], dict[str, Any]] = defaultdict(
        lambda: {"days": defaultdict(int), "stretches": [], "undated": 0}
    )
    for table, rows in days.items():
        for row in rows:
            one = found[row["source"], row["account"] or "", table]
            day, until, number = row["day"], row.get("until") or row["day"], row["rows_in_all"]
            if day is None:
                one["undated"] += number
            elif until == day:
                one["days"][day.isoformat()] += number
            else:
                one["stretches"].append((day.isoformat(), until.isoformat(), number))
    return [
        {"source": source, "account": account, "table": table, **one}
        for (source, account, table), one in sorted(found.items())
    ]


@lru_cache(maxsize=16)
def _read(path: Path) -> tuple[Series, ...]:
    return tuple(
        Series(
            one["source"],
            one["account"],
            one["table"],
            {date.fromisoformat(day): rows for day, rows in one["days"].items()},
            tuple(
                (date.fromisoformat(first), date.fromisoformat(last), rows)
                for first, last, rows in one["stretches"]
            ),
            one["undated"],
        )
        for one in json.loads(path.read_text("utf-8"))
    )
