"""What a killed worker left running is taken up again; what killed its workers again and again is given up."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from gouvernail.web.background import alive

ATTEMPTS = 3
"""Workers that may die over one task before it is given up."""
AnyTask = DBTaskResult[Any, Any]
log = logging.getLogger(__name__)


class WorkersDied(Exception):  # noqa: N818  # stands in the record of a task that was given up
    """Every worker that took up the task died over it: not enough memory is the usual reason."""


def take_up_again() -> int:
    """Put back into the queue every task whose worker is dead; return how many."""
    left = [one for one in DBTaskResult.objects.running() if not _in_hands(one)]
    return sum(_put_back(one) for one in left)


def given_up(task: str) -> bool:
    """Return whether a task failed for good: every worker died over it, or it broke in a way nobody had foreseen."""
    try:
        return DBTaskResult.objects.filter(pk=UUID(task), status=TaskResultStatus.FAILED).exists()
    except ValueError:
        return False


def _in_hands(task: AnyTask) -> bool:
    return bool(task.worker_ids) and alive.is_alive(task.worker_ids[-1])


def _put_back(left: AnyTask) -> bool:
    with exclusive_transaction(DBTaskResult.objects.all().db):
        found = DBTaskResult.objects.running().filter(pk=left.pk).select_for_update().first()
        if found is None or found.worker_ids != left.worker_ids:
            return False
        if len(found.worker_ids) >= ATTEMPTS:
            log.error("task %s (%s) given up: %s workers died over it", found.pk, found.task_path, ATTEMPTS)
            found.set_failed(WorkersDied(*found.worker_ids))
            return False
        found.status, found.started_at = TaskResultStatus.READY, None
        found.save(update_fields=["status", "started_at"])
    log.warning("task %s (%s) is taken up again: its worker died", left.pk, left.task_path)
    return True
