"""Calling off work that was ordered: what waits is not begun, what runs is broken off.

Whoever orders work keeps its record (a bearing, an upload) and its word on it: mark the record first, then call `cancel`.
"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


class Cancelled(BaseException):
    """Raised within a task that was called off. No `except Exception` stops it; what it had begun is rolled back."""


MARK = f"{Cancelled.__module__}.{Cancelled.__qualname__}"


def cancel(task: str) -> bool:
    """Call off a task by its id; return whether it was still waiting or running."""
    under_way = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    try:
        mine = under_way.filter(pk=UUID(task))
    except (ValueError, ValidationError):
        return False
    return bool(
        mine.update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path=MARK,
            traceback="",
        )
    )


def is_cancelled(task: UUID) -> bool:
    """Return whether a task was called off while it ran."""
    return DBTaskResult.objects.filter(
        pk=task, status=TaskResultStatus.FAILED, exception_class_path=MARK
    ).exists()
