"""Every write is noticed where no writer can forget it: beneath the ORM, on the connection itself.

After each statement that changed a row of ours, one row is added to `kept_change` on the same connection, hence in the same
transaction: whoever sees the write sees the row. *Added*, not counted up: a counter would be one row that every transaction
of an organisation holds until it ends, so that a long one kept all others waiting, and two that lock other rows in another
order would kill each other. *After*, not before: a page made between the two would be kept under a mark that holds already.

A reader's mark is how many rows there are for the organisation and the site, and the lowest number among them. Rows come
with any number, in any order (transactions end as they like), but only the oldest are ever taken away: while the lowest
stays, the count only grows. So equal marks mean that nothing was written between two looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import cache
from typing import Any

from django.db.models.expressions import RawSQL
from django.db.models.fields import TextField
from django.utils import timezone

SITE = 0
"""Stands for every organisation."""
TABLE = "kept_change"
UNSEEN = frozenset(
    {
        TABLE,
        "django_session",
        "usersessions_usersession",
        "django_migrations",
        "site_cache",
        "workspaces_tally",
    }
)
"""Tables that no page of an organisation shows; what a page reads of its session is part of its key."""
PEOPLE = "workspaces_membership"
"""Has an organisation, and shows in the others too: in the list of a person's organisations."""
FOR_LONG = timedelta(hours=1)
"""Longer than any transaction lasts, and far longer than a page is kept."""
_ADD = f"INSERT INTO {TABLE} (workspace) VALUES (%s)"  # noqa: S608  # a literal
_MARK = (
    f"(SELECT count(*) || '/' || coalesce(min(id), 0) FROM {TABLE}"  # noqa: S608  # literals
    f" WHERE {TABLE}.workspace IN ({SITE}, {PEOPLE}.workspace_id))"
)
_NO_WRITES = (
    *("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET", "SHOW", "EXPLAIN"),
    *("CREATE", "ALTER", "DROP", "COMMENT"),
)
_WRITE = re.compile(
    r'(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE
)
_WITHIN: ContextVar[int] = ContextVar("organisation", default=SITE)
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@contextmanager
def within(workspace: int) -> Iterator[None]:
    """While the block runs, what is written to tables of organisations is this one's; outside, it is the whole site's."""
    before = _WITHIN.set(workspace)
    try:
        yield
    finally:
        _WITHIN.reset(before)


def note(workspace: int) -> None:
    """Say that something changed beside the database: a file that pages show was written."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_ADD, (workspace,))


def mark() -> RawSQL:
    """Return the mark of an organisation, as a column of a query over memberships: one question instead of two."""
    return RawSQL(_MARK, (), TextField())  # noqa: S611  # no value from outside


def prune() -> int:
    """Take the oldest rows away; return how many. Outside of any transaction: nobody waits for it."""
    from gouvernail.web.kept.models import Change

    old = (
        Change.objects.filter(made__lt=timezone.now() - FOR_LONG).order_by("-pk").values_list("pk", flat=True)
    )
    newest = old.first()
    return Change.objects.filter(pk__lte=newest).delete()[0] if newest else 0


def listen(connection: Any, **_signal: Any) -> None:
    """Note what is written on a connection."""
    if not any(isinstance(one, _Ear) for one in connection.execute_wrappers):
        # In front: whoever wraps a connection for a while takes the last one off again.
        connection.execute_wrappers.insert(0, _Ear())


class _Ear:
    """Hears every statement of one connection."""

    def __init__(self) -> None:
        self._there = False

    def __call__(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        done = execute(sql, params, many, context)
        where = _where(str(sql), context["cursor"].rowcount)
        if where is not None and self._ready(context["connection"]):
            _add(context["connection"], where)
        return done

    def _ready(self, connection: Any) -> bool:
        """The first migrations write before there is a table to note it in."""
        if not self._there:
            self._there = TABLE in connection.introspection.table_names()
        return self._there


def _where(sql: str, rows: int) -> int | None:
    """Return whose rows a statement changed, None where it changed none that a page shows."""
    statement = sql.lstrip(" \n\t(")
    word = statement[:9].upper()
    if word.startswith(_NO_WRITES):
        return None
    # A statement that gives rows back counts them only once they are read.
    if rows == 0 and word.startswith(("UPDATE", "DELETE")) and "RETURNING" not in statement:
        return None
    found = _WRITE.search(statement) if word.startswith("WITH") else _WRITE.match(statement)
    if found is None:
        return None if word.startswith("WITH") else SITE
    table = found[1].lower()
    if table in UNSEEN:
        return None
    return _WITHIN.get() if table in _of_organisations() else SITE


def _add(connection: Any, workspace: int) -> None:
    # Beneath the wrappers: what is counted or logged are the statements of the page.
    with connection.wrap_database_errors, closing(connection.create_cursor()) as cursor:
        cursor.execute(_ADD, (workspace,))


@cache
def _of_organisations() -> frozenset[str]:
    """Tables whose rows belong to one organisation and show in no other."""
    from django.apps import apps

    from gouvernail.web.workspaces.models import Workspace

    return frozenset(
        one._meta.db_table
        for one in apps.get_models()
        for field in one._meta.fields
        if field.name == "workspace" and field.related_model is Workspace
    ) - {PEOPLE}
