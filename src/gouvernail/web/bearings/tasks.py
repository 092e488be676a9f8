"""Taking a bearing in the background. A worker that dies leaves the record *running*; asking again after a while retries."""

from __future__ import annotations

import logging

from django_tasks import task

from gouvernail.base.errors import GouvernailError
from gouvernail.base.text import T, Text
from gouvernail.web.bearings.models import BearingRecord, BearingState

log = logging.getLogger(__name__)
BROKEN = T(
    "Something went wrong on our side while the figures were worked out. The details are in the site’s log."
)


@task()
def take(pk: int, period: str, revision: int) -> None:
    """Take the bearing of one record, keep it, or keep why it could not be taken."""
    from gouvernail.web.bearings import shelf
    from gouvernail.workflow import take_bearing

    made = BearingRecord.objects.select_related("workspace").get(pk=pk)
    if made.state in (BearingState.ready, BearingState.cancelled):
        return
    made.state, made.progress = BearingState.running, 0.1
    made.save(update_fields=["state", "progress"])
    try:
        asked = shelf.question(made.workspace, period, number=revision)
        bearing = take_bearing(asked.loaded, shelf.lake(made.workspace), asked.period, today=asked.today)
    except GouvernailError as error:
        _failed(made, error.message)
    except Exception:
        log.exception("bearing %s failed", pk)
        _failed(made, BROKEN)
    else:
        shelf.put(made, bearing)


def _failed(made: BearingRecord, message: Text) -> None:
    made.state = BearingState.failed
    made.message = {language: message.render(language) for language in ("en", "fr")}
    made.save(update_fields=["state", "message"])
