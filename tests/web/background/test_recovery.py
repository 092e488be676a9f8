"""What a killed worker left is taken up again; what was called off stays so."""

from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gouvernail.web.background import alive, recovery
from gouvernail.web.background.cancel import MARK, cancel, is_cancelled

Row = DBTaskResult[Any, Any]


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_HOME", str(tmp_path))


def row(status: str, *workers: str) -> Row:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [1, "2026-09", 1], "kwargs": {}},
        task_path="gouvernail.web.bearings.tasks.take",
        worker_ids=list(workers),
        backend_name="default",
        run_after=timezone.now(),
    )


def test_a_worker_is_alive_as_long_as_it_holds_its_lock() -> None:
    assert not alive.is_alive("one")
    with alive.signed_in("one"):
        assert alive.is_alive("one")
        alive.sweep()
        assert alive.is_alive("one")
    assert not alive.is_alive("one")


def test_a_sweep_removes_the_file_of_a_dead_worker(tmp_path) -> None:
    (tmp_path / "workers").mkdir()
    left = tmp_path / "workers" / "dead.lock"
    left.touch()
    alive.sweep()
    assert not left.exists()


@pytest.mark.django_db
def test_the_task_of_a_dead_worker_waits_again() -> None:
    left = row(TaskResultStatus.RUNNING, "dead")
    assert recovery.take_up_again() == 1
    left.refresh_from_db()
    assert (left.status, left.worker_ids) == (TaskResultStatus.READY, ["dead"])


@pytest.mark.django_db
def test_the_task_of_a_living_worker_is_left_to_it() -> None:
    held = row(TaskResultStatus.RUNNING, "dead", "alive")
    with alive.signed_in("alive"):
        assert recovery.take_up_again() == 0
    held.refresh_from_db()
    assert held.status == TaskResultStatus.RUNNING


@pytest.mark.django_db
def test_a_task_that_kills_its_workers_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    deadly = row(TaskResultStatus.RUNNING, "one", "two", "three")
    assert recovery.take_up_again() == 0
    deadly.refresh_from_db()
    assert deadly.status == TaskResultStatus.FAILED
    assert deadly.exception_class_path.endswith("WorkersDied")
    assert "given up" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("status", [TaskResultStatus.READY, TaskResultStatus.RUNNING])
def test_what_waits_or_runs_can_be_called_off_once(status: str) -> None:
    ordered = row(status)
    assert cancel(str(ordered.pk))
    assert is_cancelled(ordered.pk)
    assert not cancel(str(ordered.pk))
    ordered.refresh_from_db()
    assert (ordered.status, ordered.exception_class_path) == (TaskResultStatus.FAILED, MARK)


@pytest.mark.django_db
@pytest.mark.parametrize("task", ["", "no such", "5f0c1a52-0000-4000-8000-000000000000"])
def test_what_is_not_there_cannot_be_called_off(task: str) -> None:
    assert not cancel(task)


@pytest.mark.django_db
def test_what_is_done_cannot_be_called_off() -> None:
    done = row(TaskResultStatus.SUCCESSFUL)
    assert not cancel(str(done.pk))
    assert not is_cancelled(done.pk)
