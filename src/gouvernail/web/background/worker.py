"""The worker: takes the tasks that pages ordered, one at a time, within a fraction of a second.

django-tasks-db's own worker asks for an exclusive lock of the database each time it looks, loses a task when it is killed,
and cannot be called off a task. This one looks without a lock, takes up what a dead one left, and lets go when told.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from socket import gethostname
from types import FrameType
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from gouvernail.web.background import alive, recovery
from gouvernail.web.background.beside import Pause, beside
from gouvernail.web.background.cancel import Cancelled, is_cancelled
from gouvernail.web.kept import changes

LOOK = 0.2
"""Seconds between two looks at an empty queue."""
WATCH = 0.5
"""Seconds between two looks whether the task in hand was called off."""
RECOVER = 10.0
"""Seconds between two looks for tasks of dead workers."""
PRUNE = 3600.0
KEEP_DAYS = 14
MAX_TASKS = 500
"""Tasks after which the process ends, to be started afresh: memory of native libraries is not always given back."""
AnyTask = DBTaskResult[Any, Any]
log = logging.getLogger(__name__)


class SiteWorker(Worker):
    """One process that works off the queue."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=LOOK,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=MAX_TASKS,
            worker_id=f"{gethostname()[:30]}-{os.getpid()}-{token_hex(6)}",
            excluded_queue_names=[],
        )
        self._due = {recovery.take_up_again: 0.0, alive.sweep: 0.0, _prune: time.monotonic() + 60}
        self._every = {recovery.take_up_again: RECOVER, alive.sweep: PRUNE, _prune: PRUNE}

    def configure_signals(self) -> None:
        """Listen: stop at the end of the task in hand; break off a task that was called off."""
        super().configure_signals()
        signal.signal(signal.SIGUSR1, self._break_off)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002  # as signals call it
        """Stop; the task in hand is finished first. Whoever cannot wait kills: the task is taken up again."""
        self.running = False
        if not self.running_task:
            sys.exit(0)

    def run(self) -> None:
        """Work until told to stop."""
        with alive.signed_in(self.worker_id):
            while self.running and self._run_tasks < MAX_TASKS:
                close_old_connections()
                if not self._work():
                    self._look_after()
                    time.sleep(LOOK)

    def run_task(self, db_task_result: AnyTask) -> None:
        """Do one task, watching whether it is called off meanwhile."""
        log.info("task %s: %s", db_task_result.pk, db_task_result.task_path)
        with _watched(db_task_result.pk):
            super().run_task(db_task_result)

    def _work(self) -> bool:
        try:
            found = self._claimed() if DBTaskResult.objects.ready().exists() else None
        except OperationalError as error:
            # A database that is locked, restarting or away: it comes back.
            log.warning("the queue cannot be read: %s", error)
            connection.close()
            time.sleep(1)
            return False
        if found is None:
            return False
        try:
            self.run_task(found)
        except Cancelled:
            log.info("task %s was called off", found.pk)
        return True

    def _claimed(self) -> AnyTask | None:
        ready = DBTaskResult.objects.ready()
        with exclusive_transaction(ready.db):
            found = ready.get_locked()
            if found is not None:
                found.claim(self.worker_id)
            return found

    def _look_after(self) -> None:
        now = time.monotonic()
        for chore, due in self._due.items():
            if now >= due:
                self._due[chore] = now + self._every[chore]
                chore()

    def _break_off(self, _signum: int, _frame: FrameType | None) -> None:
        if self.running_task:
            raise Cancelled


@contextmanager
def _watched(task: UUID) -> Iterator[None]:
    def watch(over: Pause) -> None:
        try:
            while not over(WATCH):
                if is_cancelled(task):
                    # Signals reach the main thread, where the task runs.
                    os.kill(os.getpid(), signal.SIGUSR1)
                    return
        except OperationalError as error:
            log.warning("task %s cannot be watched: %s", task, error)
        finally:
            connection.close()

    with beside(watch):
        yield


def _prune() -> None:
    changes.prune()
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, verbosity=0)
