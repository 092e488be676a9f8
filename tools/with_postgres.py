"""Run a command with a PostgreSQL of its own: `python -m tools.with_postgres pytest tests/web`.

The server is Debian's (`apt-get install postgresql`), its data stand in a temporary folder, it listens on loopback only,
and DATABASE_URL leads to it. Where PostgreSQL is not installed, nothing is run and that is said.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Nobody misses these data after a crash."""


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """Run a server while the block runs; give its address as DATABASE_URL wants it."""
    port, password = _free_port(), secrets.token_urlsafe(16)
    with tempfile.TemporaryDirectory(prefix="gouvernail-pg-") as name:
        folder = Path(name)
        # PostgreSQL refuses to run as root.
        account = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        word = folder / "password"
        word.write_text(password)
        if account:
            for path in (folder, word):
                os.chown(path, account.pw_uid, account.pw_gid)
        control = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]
        making = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "gouvernail", "-E", "UTF8"]
        _run([*making, "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={word}", "--no-sync"], account)
        settings = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}", *QUICK]
        options = " ".join(f"-c {each}" for each in settings)
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], account)
        try:
            yield f"postgresql://gouvernail:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], account)


def _run(command: list[str], account: pwd.struct_passwd | None) -> None:
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **who)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Run `command` beside a server; return its exit status."""
    programs = binaries()
    if programs is None:
        print(
            "with_postgres: PostgreSQL is not installed here (apt-get install postgresql); nothing was run."
        )
        return 0
    # Told to stop, leave by the door: the server stops too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(programs) as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
