"""Forgetting a person: they are found by the pseudonym that their address makes, and by nothing else."""

from __future__ import annotations

from gouvernail.sources.values.persons import pseudonym
from gouvernail.web.bearings import shelf
from gouvernail.web.workspaces.models import Workspace


def forget(workspace: Workspace, person: str) -> int:
    """Erase every row of a person; return how many. The address is neither kept nor logged."""
    lake = shelf.lake(workspace)
    return lake.forget_person(pseudonym(lake.secret, person)) if lake else 0
