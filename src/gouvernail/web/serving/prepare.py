"""What must stand before the site answers: the database's tables, the static files, a way in."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from gouvernail.web import environment

UNUSED = ("ext", "htmax-*", "htmx-2.js", "htmx-4*", "redoc*")
"""Files that come with packages and that no page asks for: collecting and compressing them would take most of the time."""


def set_up() -> None:
    """Load Django with the site's settings."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouvernail.web.settings")
    # WhiteNoise wants the folder to be there before anything is in it.
    (environment.home() / "static").mkdir(exist_ok=True)
    django.setup()


def migrate() -> None:
    """Bring the database to the state that this version of the code wants."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def migrations_pending() -> int:
    """Return how many migrations the database lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static() -> bool:
    """Collect, hash and compress the static files where they changed; return whether there was something to do."""
    from django.core.management import call_command

    wanted = _fingerprint()
    if collected() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=list(UNUSED))
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
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(list(UNUSED)):
            stat = Path(storage.path(path)).stat()
            seen.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()
