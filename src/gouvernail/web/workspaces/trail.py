"""The audit trail: one line a change."""

from __future__ import annotations

from typing import Any

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import AuditEntry, Workspace


def record(
    workspace: Workspace, actor: User | None, what: str, subject: str = "", **details: Any
) -> AuditEntry:
    """Write one line of the trail. `what` is a stable word such as `element.changed`."""
    return AuditEntry.objects.create(
        workspace=workspace, actor=actor, what=what, subject=subject[:200], details=details
    )
