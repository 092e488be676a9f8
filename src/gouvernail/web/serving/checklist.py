"""What production still lacks, one sentence each: `gouvernail serve --check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gouvernail.base.text import TN, T, Text
from gouvernail.web import environment
from gouvernail.web.serving import faults, prepare

_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_SHORT = 32


@dataclass(frozen=True)
class Point:
    """One point of the list. `must` is False for what a site on one machine may do without."""

    good: bool
    message: Text
    must: bool = True


def points() -> Iterator[Point]:
    """Look at everything that production needs; where a setting makes no sense, at the settings alone."""
    wrong = [Point(False, fault) for fault in faults.faults()]
    if wrong:
        yield from wrong
        return
    prepare.set_up()
    checks: tuple[Callable[[], Point], ...] = (
        _home,
        _secret,
        _hosts,
        _https,
        _database,
        _migrations,
        _static,
        _mail,
    )
    for check in checks:
        yield check()


def _home() -> Point:
    folder = str(environment.home())
    if not environment.value("GOUVERNAIL_HOME"):
        return Point(
            False,
            T(
                "GOUVERNAIL_HOME is not set: the data stand in {folder}, which depends on where you start.",
                folder=folder,
            ),
        )
    return Point(True, T("The data stand in {folder}.", folder=folder))


def _secret() -> Point:
    given = environment.value("GOUVERNAIL_SECRET_KEY")
    if not given:
        return Point(
            False,
            T(
                "GOUVERNAIL_SECRET_KEY is not set: the secret stands beside the data, in every backup of them."
            ),
            must=False,
        )
    if len(given) < _SHORT:
        return Point(
            False,
            T(
                "GOUVERNAIL_SECRET_KEY has {n} characters: give it {enough} or more.",
                n=len(given),
                enough=_SHORT,
            ),
        )
    return Point(True, T("The secret is given by the environment."))


def _hosts() -> Point:
    hosts = [one.strip() for one in environment.value("GOUVERNAIL_HOSTS").split(",") if one.strip()]
    if "*" in hosts:
        return Point(False, T("GOUVERNAIL_HOSTS lets any host name pass (*): name those of your site."))
    if all(one in _LOCAL for one in hosts):
        return Point(False, T("GOUVERNAIL_HOSTS names this machine only: nobody else can reach the site."))
    return Point(True, T("The site answers to {hosts}.", hosts=", ".join(hosts)))


def _https() -> Point:
    if not environment.flag("GOUVERNAIL_HTTPS"):
        return Point(False, T("GOUVERNAIL_HTTPS is off: passwords and sessions travel in the clear."))
    if not environment.flag("GOUVERNAIL_PROXY"):
        return Point(
            False,
            T(
                "GOUVERNAIL_PROXY is off while HTTPS is on: the proxy that ends HTTPS must be told, or every page leads in circles."
            ),
        )
    return Point(True, T("Visitors are sent to HTTPS; cookies travel only there."))


def _database() -> Point:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Point(False, prepare.no_database(error))
    if connection.vendor == "sqlite":
        return Point(
            True,
            T("The database is SQLite: enough for one machine. DATABASE_URL leads to PostgreSQL."),
            must=False,
        )
    return Point(True, T("The database is PostgreSQL, and answers."))


def _migrations() -> Point:
    from django.db import DatabaseError

    try:
        n = prepare.migrations_pending()
    except DatabaseError:
        return Point(False, T("Whether the database is up to date cannot be told while it does not answer."))
    if n:
        return Point(
            False,
            TN(
                "The database lacks {n} migration; starting the site makes it.",
                "The database lacks {n} migrations; starting the site makes them.",
                n,
            ),
        )
    return Point(True, T("The database is up to date."))


def _static() -> Point:
    if prepare.static_is_current():
        return Point(True, T("The static files are collected and compressed."))
    return Point(False, T("The static files are not collected yet, or changed; starting the site does it."))


def _mail() -> Point:
    from django.core.mail import get_connection

    if not environment.value("GOUVERNAIL_MAIL_URL"):
        return Point(
            False,
            T(
                "GOUVERNAIL_MAIL_URL is not set: invitations and new passwords reach nobody, they only stand in the log."
            ),
        )
    try:
        with get_connection(timeout=5):
            pass
    except OSError as error:
        return Point(False, T("The mail server does not answer: {reason}", reason=str(error)))
    return Point(True, T("The mail server answers."))
