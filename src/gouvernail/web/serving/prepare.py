"""What must stand before the site answers: the database's tables, the static files, a way in."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text
from gouvernail.web import environment
from gouvernail.web.serving import faults

UNUSED = ("ext", "htmax-*", "htmx-2.js", "htmx-4*", "redoc*")
"""Files that come with packages and that no page asks for: collecting and compressing them would take most of the time."""


def set_up() -> None:
    """Load Django with the site's settings.

    Raises:
        UsageError: a setting makes no sense, or the home folder cannot be used.
    """
    import django

    for fault in faults.faults():
        raise UsageError(fault)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouvernail.web.settings")
    # WhiteNoise wants the folder to be there before anything is in it.
    (environment.home() / "static").mkdir(exist_ok=True)
    django.setup()


def migrate() -> None:
    """Bring the database to the state that this version of the code wants.

    Raises:
        UsageError: the database does not answer.
    """
    from django.core.management import call_command
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise UsageError(no_database(error)) from error
    with _alone():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def no_database(error: Exception) -> Text:
    """Return the sentence on a database that does not answer."""
    return T("The database does not answer: {reason}", reason=" ".join(str(error).split()))


def migrations_pending() -> int:
    """Return how many migrations the database lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static() -> bool:
    """Collect, hash and compress the static files where they changed; return whether there was something to do.

    Those of an earlier version stay: another machine may still serve it.
    """
    from django.core.management import call_command

    wanted = _fingerprint()
    with _alone():
        if collected() == wanted:
            return False
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=list(UNUSED))
        _stamp().write_text(wanted, "utf-8")
    return True


def static_is_current() -> bool:
    """Return whether the static files stand as this version of the code wants them."""
    return collected() == _fingerprint()


def collected() -> str:
    """Return the mark of the static files that were collected last, nothing where none were."""
    stamp = _stamp()
    return stamp.read_text("utf-8") if stamp.exists() else ""


def _stamp() -> Path:
    return environment.home() / "static" / ".collected"


def _fingerprint() -> str:
    """What is in the files, and not when they were written: machines that share a home installed them at other times."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(list(UNUSED)):
            seen.update(
                path.encode() + b"\0" + hashlib.sha256(Path(storage.path(path)).read_bytes()).digest()
            )
    return seen.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time prepare a home: several may start at once, on several machines."""
    handle = os.open(environment.home() / "starting", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
