"""Working out answers in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.utils.module_loading import import_string
from django_tasks import TaskContext, task

from gouvernail.base.errors import GouvernailError
from gouvernail.web.bearings.models import BearingState
from gouvernail.web.bearings.tasks import BROKEN
from gouvernail.web.kept import changes
from gouvernail.web.look.languages import both
from gouvernail.web.measure.models import AnswerRecord

log = logging.getLogger(__name__)
Work = Callable[[AnswerRecord], object]
WORKS: Mapping[str, str] = {
    "credit": "gouvernail.web.measure.credit.work",
    "geo_panels": "gouvernail.web.measure.geo.work_panels",
    "geo_choose": "gouvernail.web.measure.geo.work_choose",
    "geo_read": "gouvernail.web.measure.geo.work_read",
}
"""Kind of question → the function that answers a record of it; what it returns is kept (it must be picklable)."""


@task(takes_context=True)
def work_out(context: TaskContext, pk: int) -> None:
    """Work out one record, keep the answer, or keep why there is none."""
    whose = AnswerRecord.objects.filter(pk=pk).values_list("workspace", flat=True).first()
    if whose is not None:
        with changes.within(whose):
            _work_out(pk, str(context.task_result.id))


def _work_out(pk: int, task_id: str) -> None:
    from gouvernail.web.measure import shelf

    # An order given twice is worked on once. The task that has it comes a second time when its worker was killed.
    mine = AnswerRecord.objects.filter(pk=pk)
    waiting = mine.filter(state=BearingState.waiting).update(state=BearingState.running, task=task_id)
    if not waiting and not mine.filter(state=BearingState.running, task=task_id).exists():
        return
    made = mine.select_related("workspace").defer("body").get()
    message = BROKEN
    try:
        work: Work = import_string(WORKS[made.kind])
        shelf.put(made, work(made))
        return
    except GouvernailError as error:
        message = error.message
    except Exception:
        log.exception("answer %s (%s) failed", pk, made.kind)
    mine.update(state=BearingState.failed, message=both(message))
