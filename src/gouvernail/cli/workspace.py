"""A workspace: the folder that holds a plan, its exports and its lake."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gouvernail.base.errors import UsageError
from gouvernail.base.settings import setting
from gouvernail.base.text import T

if TYPE_CHECKING:
    from gouvernail.plan.load import LoadedPlan
    from gouvernail.sources.protocol import Context
    from gouvernail.warehouse.lake import Lake


@dataclass(frozen=True)
class Workspace:
    """The folder of one organisation. `plan_path` is `plan.yaml`, or a folder `plan/` of YAML files.

    `day` is the day on which its files are read, the current one where it is None: rows dated later are rejected.
    """

    folder: Path
    day: date | None = None

    @property
    def plan_path(self) -> Path:
        folder = self.folder / "plan"
        return folder if folder.is_dir() and not self._file.exists() else self._file

    @property
    def lake_path(self) -> Path:
        return self.folder / ".gouvernail" / "lake"

    @property
    def _file(self) -> Path:
        return self.folder / "plan.yaml"

    def load(self, path: Path | None = None) -> LoadedPlan:
        """Return the plan of the workspace (or the one at `path`).

        Raises:
            UsageError: there is no plan there.
            PlanError: it cannot be read.
        """
        from gouvernail.bearing.checking import open_plan

        return open_plan(self.existing_plan(path))

    def existing_plan(self, path: Path | None = None) -> Path:
        """Return where the plan of the workspace (or the one at `path`) is.

        Raises:
            UsageError: there is no plan there.
        """
        path = path or self.plan_path
        if not path.exists():
            raise UsageError(
                T(
                    "There is no plan at {path}. Make one with “gouvernail init my-company”, or name the "
                    "workspace with --workspace.",
                    path=str(path),
                )
            )
        return path

    def lake(self) -> Lake:
        """Return the lake of the workspace, made when missing."""
        from gouvernail.warehouse.lake import Lake

        return Lake.open(self.lake_path)

    def existing_lake(self) -> Lake | None:
        """Return the lake of the workspace, or None where nothing was ever imported."""
        return self.lake() if self.lake_path.exists() else None

    def reading_context(self, secret: bytes) -> Context:
        """Return what the importers need to know of this organisation; `secret` keys the pseudonyms of persons."""
        from gouvernail.sources.protocol import Context

        plan = self.load().plan if self.plan_path.exists() else None
        organisation = plan.organisation if plan else None
        return Context(
            currency=organisation.currency if organisation else "EUR",
            time_zone=organisation.time_zone if organisation else "Europe/Zurich",
            secret=secret,
            today=self.day or today(),
            own_traffic={word.casefold(): one.id for one in plan.channels for word in one.traffic}
            if plan
            else {},
        )


def find_workspace(given: Path | None) -> Workspace:
    """Return the workspace at `given`, else the nearest folder upward that holds a plan, else this folder."""
    if given is not None:
        if not given.is_dir():
            raise UsageError(T("{path} is not a folder.", path=str(given)))
        return Workspace(given)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "plan.yaml").exists() or (folder / ".gouvernail").is_dir():
            # Relative, so that a finding reads plan.yaml:42 and a bearing does not tell where it was made.
            return Workspace(Path(os.path.relpath(folder)))
    return Workspace(Path())


def today() -> date:
    """Return the current day, or GOUVERNAIL_TODAY where it is set (to make an old report again)."""
    words = setting("GOUVERNAIL_TODAY")
    if not words:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise UsageError(
            T("GOUVERNAIL_TODAY is “{words}”, which is not a day. Write it like 2026-09-30.", words=words)
        ) from None
