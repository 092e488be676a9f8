"""How often somebody may do something: counted in the database, so that every process of the site counts together."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.db import connection
from django.http import HttpRequest

from gouvernail.web.workspaces.models import Tally

_COUNT = """
INSERT INTO {table} (key, count, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN {table}.until <= %s THEN 1 ELSE {table}.count + 1 END,
    until = CASE WHEN {table}.until <= %s THEN excluded.until ELSE {table}.until END
RETURNING count
"""
"""One statement, so that two processes never count the same try once. PostgreSQL and SQLite read it alike."""


def allowed(what: str, who: object, most: int, seconds: int) -> bool:
    """Count one more try of `who`, and return whether it is among the first `most` of this stretch of time."""
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT.format(table=connection.ops.quote_name(Tally._meta.db_table)),
            [f"{what}:{who}"[:120], now + seconds, now, now],
        )
        (count,) = cursor.fetchone()
    if count == 1:
        # A stretch begins: what is over is thrown away, and the table stays small.
        Tally.objects.filter(until__lte=now).delete()
    return bool(count <= most)


def address(request: HttpRequest) -> str:
    """Return the visitor's address of the network: behind our own proxy the one that the proxy saw."""
    return str(get_adapter().get_client_ip(request))
