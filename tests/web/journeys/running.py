"""Running a real site (`gouvernail serve`: gunicorn and a worker) for those who walk through it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.web.journeys.post import Post, post_office

ROOT = Path(__file__).parents[3]
LONGEST = 240.0
"""Seconds that a site may take to start on a machine that has much else to do."""
Organisations = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Site:
    """A running site, what was put into it, and where its letters go."""

    address: str
    home: Path
    organisations: Organisations
    told: Path
    post: Post


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a site in `home`: nothing of this machine's own settings."""
    foreign = ("GOUV", "DJANGO", "DATABASE")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    own = {
        "GOUVERNAIL_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.web.journeys.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    return {**clean, **own, **more}


def seeded(home: Path, *options: str, **settings: str) -> Organisations:
    """Make a site's database in `home`; return its organisations."""
    command = [sys.executable, "-m", "tests.web.journeys.seed", *options]
    done = subprocess.run(
        command, env=environment(home, **settings), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    found: Organisations = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def running(home: Path, organisations: Organisations) -> Iterator[Site]:
    """Run the site in `home` while the block runs."""
    told, port = home / "told.txt", free_port()
    command = [sys.executable, "-c", "from gouvernail.cli import main; main()", "serve", "--port", str(port)]
    with post_office() as post, told.open("w") as out:
        settings = environment(home, GOUVERNAIL_MAIL_URL=post.address)
        process = subprocess.Popen([*command, "--lang", "en"], env=settings, stdout=out, stderr=out)
        try:
            _until_well(f"http://localhost:{port}/health", process, told)
            yield Site(f"http://localhost:{port}", home, organisations, told, post)
        finally:
            process.terminate()
            process.wait(60)


def copied(home: Path, to: Path) -> Path:
    """Return a copy of a home folder."""
    return Path(shutil.copytree(home, to, dirs_exist_ok=True))


def free_port() -> int:
    """Return a port that the system says is free: several sites may start at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_well(address: str, process: subprocess.Popen[bytes], told: Path) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        assert process.poll() is None, f"the site ended: {told.read_text()[-3000:]}"
        try:
            with urlopen(address, timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the site does not answer: {told.read_text()[-3000:]}")
