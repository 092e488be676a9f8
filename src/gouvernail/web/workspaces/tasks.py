"""Loading a demonstration in the background. A worker that dies leaves it *loading*: the next one begins it anew."""

from __future__ import annotations

import logging

from django_tasks import task

from gouvernail.web.workspaces.models import Demonstration, DemonstrationState

log = logging.getLogger(__name__)


@task()
def load_demonstration(pk: int) -> None:
    """Load a demonstration that was ordered; one deleted meanwhile is none."""
    from gouvernail.web.workspaces.demonstration import load

    mine = Demonstration.objects.filter(pk=pk, state=DemonstrationState.loading)
    made = mine.select_related("workspace").first()
    if made is None:
        return
    try:
        load(made, lambda progress: _tell(pk, progress))
    except Exception:
        log.exception("demonstration %s", pk)
        mine.update(state=DemonstrationState.failed)
    else:
        mine.update(state=DemonstrationState.ready, progress=1)


def _tell(pk: int, progress: float) -> None:
    Demonstration.objects.filter(pk=pk).update(progress=progress)
