"""Starting the site: everything that `gouvernail serve` does, told by sentences handed to `say`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gouvernail.base.text import T, Text
from gouvernail.web.serving import ports, prepare
from gouvernail.web.serving.supervisor import Process, Supervisor, module

Say = Callable[[Text], None]


@dataclass(frozen=True)
class Wanted:
    """Where the site listens, and which of its processes run here."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    web: bool = True
    worker: bool = True

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the site."""
        shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(  # noqa: S104
            self.host, f"[{self.host}]" if ":" in self.host else self.host
        )
        return f"http://{shown}:{self.port}/"


def serve(wanted: Wanted, say: Say) -> None:
    """Prepare and run the site until told to stop.

    Raises:
        UsageError: the port is taken.
    """
    if wanted.web:
        ports.take(wanted.host, wanted.port)
    prepare.set_up()
    prepare.migrate()
    if wanted.web:
        prepare.collect_static()
        say(T("Gouvernail answers at {address} (Ctrl-C stops it).", address=wanted.address))
        _first_start(wanted, say)
    else:
        say(T("The background work is under way (Ctrl-C stops it)."))
    Supervisor(processes(wanted)).run()
    say(T("Stopped."))


def processes(wanted: Wanted) -> list[Process]:
    """Return the processes that run here."""
    made = []
    if wanted.web:
        made.append(Process("web", module("answering", wanted.host, wanted.port, wanted.workers)))
    if wanted.worker:
        n = 1 if wanted.web else wanted.workers
        made += [Process(f"worker {i}", module("working")) for i in range(1, n + 1)]
    return made


def _first_start(wanted: Wanted, say: Say) -> None:
    from gouvernail.web.accounts.models import User
    from gouvernail.web.setup import code

    if not User.objects.exists():
        say(
            T(
                "Nobody has an account yet: open {address}setup/ and give this code: {code}",
                address=wanted.address,
                code=code.code(),
            )
        )
