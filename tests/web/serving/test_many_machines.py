"""A site of several processes on PostgreSQL: two that answer, two that work, one home folder. Any of them may be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.web.journeys.running import Organisations, environment, free_port, seeded
from tests.web.processes import children_of, gone, until
from tests.web.serving.visitor import Visitor
from tools import with_postgres

pytestmark = pytest.mark.slow
SERVE = [sys.executable, "-c", "from gouvernail.cli import main; main()", "serve", "--lang", "en"]
SLUG = "reader-375-en"
DAYS, CAMPAIGNS = 270, 600
PATIENCE = 180.0
RUNNING = (
    "SELECT worker_ids FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING' AND task_path = %s"
)


@dataclass
class Machines:
    """The processes of one site, and its database."""

    home: Path
    database: str
    web: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        """Start `gouvernail serve` as another machine would."""
        with (self.home / "told.txt").open("a") as out:
            settings = environment(self.home, DATABASE_URL=self.database)
            return subprocess.Popen(
                [*SERVE, "--workers", "1", *options], env=settings, stdout=out, stderr=out
            )

    def start_web(self) -> None:
        """Start one more that answers."""
        port = free_port()
        self.web[port] = self.start("--web-only", "--port", str(port))

    def start_worker(self) -> None:
        """Start one more that works."""
        self.workers.append(self.start("--worker-only"))

    @property
    def addresses(self) -> list[str]:
        """Where the site is found."""
        return [f"http://localhost:{port}" for port in self.web]

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the database."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(question, values).fetchall()

    def kill_whoever_does(self, task: str) -> None:
        """Kill the worker that has a task of this kind in hand, and whoever would start it anew."""
        held: list[str] = []

        def begun() -> bool:
            held[:] = [ids[-1] for (ids,) in self.ask(RUNNING, f"gouvernail.web.{task}") if ids]
            return bool(held)

        until(begun, PATIENCE, pause=0.01)
        pid = int(held[0].split("-")[-2])
        machine = next(one for one in self.workers if pid in children_of(one.pid).values())
        machine.kill()
        os.kill(pid, signal.SIGKILL)
        machine.wait()
        until(lambda: gone(pid))
        self.workers.remove(machine)

    def stop(self) -> None:
        """Stop them all."""
        for one in (*self.web.values(), *self.workers):
            one.terminate()
        for one in (*self.web.values(), *self.workers):
            one.wait(60)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two that answer and two that work, all started at once on an empty database."""
    programs = with_postgres.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    with with_postgres.server(programs) as database:
        made = Machines(tmp_path_factory.mktemp("machines"), database)
        try:
            for _ in range(2):
                made.start_web()
                made.start_worker()
            for address in made.addresses:
                until(lambda address=address: _well(address), PATIENCE)
            yield made
        finally:
            made.stop()


@pytest.fixture(scope="module")
def organisations(machines: Machines) -> Organisations:
    """The organisations of the journeys, in this site."""
    return seeded(machines.home, DATABASE_URL=machines.database)


@pytest.fixture(scope="module")
def owner(organisations: Organisations) -> Visitor:
    """The owner of one of them."""
    return Visitor(organisations[SLUG]["owner"])


def _well(address: str) -> bool:
    try:
        return Visitor(patience=10).get(f"{address}/health").status == 200
    except OSError:
        return False


def test_started_at_once_they_all_run_and_share_one_code_and_one_secret(machines: Machines) -> None:
    told = (machines.home / "told.txt").read_text()
    assert all(one.poll() is None for one in (*machines.web.values(), *machines.workers)), told
    codes = {line.rpartition("code: ")[2] for line in told.splitlines() if "code: " in line}
    assert len(codes) == 1, told
    assert "" not in codes
    assert "Traceback" not in told


def test_what_one_writes_the_other_shows_and_guards(machines: Machines, owner: Visitor) -> None:
    here, there = (f"{address}/o/{SLUG}/plan/element/objectives/ca-2026/" for address in machines.addresses)
    assert owner.post(f"{here}edit/", title="Written here", base="2").status == 302
    assert "Written here" in owner.get(there).text
    refused = owner.post(f"{there}edit/", title="Written there", base="2")
    assert refused.status == 409
    assert "Written here" in refused.text


def test_an_import_whose_worker_is_killed_lands_once(machines: Machines, owner: Visitor) -> None:
    here, there = (f"{address}/o/{SLUG}/data/" for address in machines.addresses)
    assert owner.post(f"{here}files", file=("ads.csv", _ads())).status == 302
    state = "SELECT state FROM data_upload"
    until(lambda: machines.ask(state) == [("previewed",)], PATIENCE)
    ((upload,),) = machines.ask("SELECT id FROM data_upload")
    assert owner.post(f"{there}files/{upload}/import").status == 302
    machines.kill_whoever_does("data.tasks.bring")
    until(lambda: machines.ask(state) == [("imported",)], PATIENCE)
    for address in (here, there):
        page = owner.get(f"{address}imports").text
        assert page.count("/data/imports/") == 1
        assert f"{DAYS * CAMPAIGNS:,}" in page
    machines.start_worker()


def test_figures_whose_worker_is_killed_are_worked_out_by_the_other(
    machines: Machines, owner: Visitor
) -> None:
    here, there = (f"{address}/o/{SLUG}/" for address in machines.addresses)
    assert owner.get(f"{here}?period=2026-08").status == 200
    machines.kill_whoever_does("bearings.tasks.take")
    state = "SELECT state FROM bearings_bearingrecord WHERE period = '2026-08'"
    until(lambda: machines.ask(state) == [("ready",)], PATIENCE)
    assert "figures" in owner.get(f"{there}?period=2026-08").text
    machines.start_worker()


def test_while_one_that_answers_is_killed_the_other_answers_and_it_comes_back(
    machines: Machines, owner: Visitor
) -> None:
    process = next(iter(machines.web.values()))
    killed, other = machines.addresses
    master = children_of(process.pid)["answering"]
    orphan = children_of(master)["answering"]
    os.kill(master, signal.SIGKILL)
    for _ in range(5):
        assert owner.get(f"{other}/o/{SLUG}/plan/").status == 200
    # Its own child sees that it is alone, and leaves the port to the next.
    until(lambda: gone(orphan), PATIENCE)
    until(lambda: _well(killed), PATIENCE)
    assert owner.get(f"{killed}/o/{SLUG}/plan/").status == 200
    assert process.poll() is None


def _ads() -> bytes:
    """A file that takes a worker some seconds."""
    head = "Campaign performance\nJanuary 1, 2026 - September 27, 2026\nDay,Campaign,Currency code,Cost,Clicks,Impr.\n"
    days = [date(2026, 1, 1) + timedelta(n) for n in range(DAYS)]
    rows = (f"{day},Campaign {n},CHF,{n % 90}.50,3,100\n" for day in days for n in range(CAMPAIGNS))
    return (head + "".join(rows)).encode()
