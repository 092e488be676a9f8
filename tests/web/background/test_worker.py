"""A real worker, in a process of its own, on a database in a file."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.processes import until

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]


class Site:
    """A home folder, its environment, and the workers started in it."""

    def __init__(self, home: Path) -> None:
        self.home, self.book = home, home / "book"
        clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = {
            **clean,
            "GOUVERNAIL_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "gouvernail.web.settings",
            "PYTHONPATH": str(ROOT),
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def python(self, code: str) -> str:
        """Run a few lines in the site."""
        start = "from gouvernail.web.serving import prepare\nprepare.set_up()\n"
        return subprocess.run(
            [sys.executable, "-c", start + code],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def order(self, name: str) -> str:
        """Order a task; return its id."""
        return self.python(
            f"from tests.web.background import errands\nprint(errands.{name}.enqueue({str(self.book)!r}).id)"
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        command = [sys.executable, "-m", "gouvernail.web.serving.working"]
        self.workers.append(subprocess.Popen(command, env=self.environment))
        return self.workers[-1]

    def words(self) -> list[str]:
        """Return what the tasks wrote down."""
        return [line.split()[0] for line in self.book.read_text().splitlines()] if self.book.exists() else []

    def status(self, task: str) -> str:
        """Return where a task stands, and why it failed."""
        return self.python(
            "from django_tasks_db.models import DBTaskResult as D\n"
            f"row = D.objects.get(pk={task!r})\nprint(row.status, row.exception_class_path)"
        )


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    made.python("prepare.migrate()")
    yield made
    for worker in made.workers:
        worker.kill()
        worker.wait()


def test_a_task_whose_worker_is_killed_is_done_by_the_next(site: Site) -> None:
    first, task = site.start(), site.order("once_long")
    until(lambda: site.words() == ["began"])
    first.kill()
    first.wait()
    assert site.status(task) == "RUNNING"

    site.start()
    until(lambda: site.words() == ["began", "began", "ended"])
    until(lambda: site.status(task) == "SUCCESSFUL")


def test_a_running_task_is_broken_off_and_the_worker_goes_on(site: Site) -> None:
    worker, task = site.start(), site.order("once_long")
    until(lambda: site.words() == ["began"])
    site.python(f"from gouvernail.web.background.cancel import cancel\nassert cancel({task!r})")
    second = site.order("quick")
    until(lambda: site.words() == ["began", "began", "ended"])
    until(lambda: site.status(second) == "SUCCESSFUL")
    assert site.status(task) == "FAILED gouvernail.web.background.cancel.Cancelled"
    assert worker.poll() is None


def test_a_worker_told_to_stop_ends_at_once_when_it_has_nothing_in_hand(site: Site) -> None:
    worker, _ = site.start(), site.order("quick")
    until(lambda: site.words() == ["began", "ended"])
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert list(site.home.glob("workers/*")) == []
