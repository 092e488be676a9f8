"""Taking a bearing in the background. A worker that dies leaves the record *running*: the next worker takes the same task
up again, and where there is none, the pulse stops and a page offers to ask again (`shelf.stalled`)."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskContext, task

from gouvernail.base.errors import GouvernailError
from gouvernail.base.text import T, Text
from gouvernail.bearing.model import Bearing
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.kept import changes
from gouvernail.web.look.languages import both

log = logging.getLogger(__name__)
BROKEN = T(
    "Something went wrong on our side while the figures were worked out. The details are in the site’s log."
)


@task(takes_context=True)
def take(context: TaskContext, pk: int, period: str, revision: int) -> None:
    """Take the bearing of one record, keep it, or keep why it could not be taken."""
    work_out(pk, period, revision, str(context.task_result.id))


def work_out(pk: int, period: str, revision: int, task_id: str = "") -> None:
    """Take the bearing of one record now, unless another task has it."""
    whose = BearingRecord.objects.filter(pk=pk).values_list("workspace", flat=True).first()
    with changes.within(whose or changes.SITE):
        _work_out(pk, period, revision, task_id)


def _work_out(pk: int, period: str, revision: int, task_id: str) -> None:
    from gouvernail.web.bearings import pulse, shelf

    # Whoever takes up the order first has it: an order given twice is worked on once. The very task that has it comes
    # a second time when its worker was killed.
    waiting = Q(state=BearingState.waiting)
    again = Q(state=BearingState.running, task=task_id) if task_id else Q(pk__in=())
    mine = BearingRecord.objects.filter(waiting | again, pk=pk)
    if not mine.update(state=BearingState.running, progress=0.1, started=timezone.now()):
        return
    made = BearingRecord.objects.select_related("workspace").defer("body").get(pk=pk)
    with pulse.beating(made.workspace, pk):
        try:
            bearing = _taken(made, period, revision)
        except _CalledOff:
            return
        except GouvernailError as error:
            _failed(made, error.message)
        except Exception:
            log.exception("bearing %s failed", pk)
            _failed(made, BROKEN)
        else:
            shelf.put(made, bearing)


def _taken(made: BearingRecord, period: str, revision: int) -> Bearing:
    from gouvernail.base.periods import parse_period
    from gouvernail.web.bearings import shelf
    from gouvernail.workflow import take_bearing

    loaded = shelf.loaded_of(made.workspace, revision)
    pinned = shelf.pinned(made.workspace, made.data)
    return take_bearing(loaded, pinned, parse_period(period), today=made.today, progress=_stages(made))


class _CalledOff(Exception):  # noqa: N818  # no error: somebody gave the bearing up
    """The bearing was given up while it was taken."""


def _stages(made: BearingRecord) -> Callable[[Text, int, int], None]:
    """Keep with the record what is being done; where it was given up meanwhile, stop."""

    def tell(stage: Text, done: int, whole: int) -> None:
        # Its template and no words: the page says it in the language of whoever looks.
        told = {"stage": stage.template, "step": done + 1, "of": whole}
        mine = BearingRecord.objects.filter(pk=made.pk, state=BearingState.running)
        if not mine.update(message=told, progress=round(0.1 + 0.9 * done / whole, 2)):
            raise _CalledOff

    return tell


def _failed(made: BearingRecord, message: Text) -> None:
    still = BearingRecord.objects.filter(pk=made.pk, state=BearingState.running)
    still.update(state=BearingState.failed, message=both(message), finished=timezone.now())
