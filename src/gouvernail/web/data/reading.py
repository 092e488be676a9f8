"""What the importers need to know of an organisation."""

from __future__ import annotations

from gouvernail.sources.protocol import Context
from gouvernail.warehouse.lake import Lake
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace

LOOKING_ONLY = b"dry run"
"""Key of the pseudonyms in a preview: they are thrown away."""


def context_of(workspace: Workspace, secret: bytes = LOOKING_ONLY) -> Context:
    """Return the organisation's currency, time zone, day and own names of traffic; `secret` keys the pseudonyms."""
    plan = store.read(workspace)
    written = store.head(workspace) > 0
    return Context(
        currency=plan.organisation.currency if written else "EUR",
        time_zone=plan.organisation.time_zone if written else workspace.time_zone,
        secret=secret,
        today=shelf.today(workspace),
        own_traffic={word.casefold(): one.id for one in plan.channels for word in one.traffic},
    )


def lake_of(workspace: Workspace) -> Lake:
    """Return the organisation's lake, made when missing."""
    workspace.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Lake.open(workspace.lake_path)
