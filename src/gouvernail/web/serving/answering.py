"""The process that answers requests: gunicorn with a few threads in a few processes.

python -m gouvernail.web.serving.answering HOST PORT WORKERS
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from gouvernail.web.serving import lifeline

THREADS = 4


class Site(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with our options and no configuration file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application; called in each process."""
        from gouvernail.web.wsgi import application

        return application


def options(host: str, port: int, workers: int) -> dict[str, Any]:
    """Return gunicorn's options for one machine."""
    shared = Path("/dev/shm")  # noqa: S108  # gunicorn's sign of life; on a disk it would wait for the disk
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 60,
        "graceful_timeout": 15,
        "keepalive": 5,
        # Memory of native libraries is not always given back: a process is replaced now and then.
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "worker_tmp_dir": str(shared) if shared.is_dir() else None,
        "loglevel": "warning",
        "control_socket_disable": True,
    }


def main(arguments: list[str]) -> None:
    """Answer requests until told to stop."""
    host, port, workers = arguments
    lifeline.hold()
    Site(options(host, int(port), int(workers))).run()


if __name__ == "__main__":
    main(sys.argv[1:])
