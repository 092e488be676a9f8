"""Settings of the running site, read from the environment; what is missing is told in one sentence each.

One table, so that `gouvernail serve --check` and the reference page tell the same.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from gouvernail.base.text import T, Text


@dataclass(frozen=True)
class Variable:
    """An environment variable of the site: its default on one machine, its meaning, and whether production needs it."""

    name: str
    default: str
    meaning: Text
    needed: bool = False


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "GOUVERNAIL_HOME",
        "",
        T("Folder of the site's own data: database, lakes, uploads. Default: ./gouvernail-site"),
        True,
    ),
    Variable(
        "GOUVERNAIL_SECRET_KEY",
        "",
        T("Secret that signs sessions and links; made and kept in the home folder when not given."),
        True,
    ),
    Variable(
        "GOUVERNAIL_HOSTS",
        "localhost,127.0.0.1,[::1]",
        T("Host names of the site, separated by commas."),
        True,
    ),
    Variable(
        "GOUVERNAIL_HTTPS", "0", T("1 where the site is reached over HTTPS: secure cookies, HSTS."), True
    ),
    Variable("GOUVERNAIL_PROXY", "0", T("1 behind a proxy that sets X-Forwarded-Proto.")),
    Variable(
        "DATABASE_URL",
        "",
        T("postgresql://user:password@host:port/name; SQLite in the home folder when not given."),
    ),
    Variable(
        "GOUVERNAIL_MAIL_URL",
        "",
        T(
            "smtp://user:password@host:port (or smtps://) for invitations and passwords; without it mails are shown in the log."
        ),
    ),
    Variable("GOUVERNAIL_MAIL_FROM", "gouvernail@localhost", T("Sender of mails.")),
    Variable("GOUVERNAIL_UPLOAD_MB", "200", T("Largest file that may be uploaded, in megabytes.")),
    Variable(
        "GOUVERNAIL_KEPT_MB",
        "48",
        T(
            "Memory of each web process for pages that are given again while nothing changed, in megabytes; 0: none."
        ),
    ),
    Variable("GOUVERNAIL_OIDC_SERVER", "", T("Address of an OpenID Connect provider for single sign-on.")),
    Variable("GOUVERNAIL_OIDC_CLIENT", "", T("Client id at that provider.")),
    Variable("GOUVERNAIL_OIDC_SECRET", "", T("Client secret at that provider.")),
    Variable("GOUVERNAIL_SIGNUP", "0", T("1 lets anybody open an account; 0 by invitation only.")),
)
"""Every variable that the site reads."""


HOME = "gouvernail-site"
"""The home folder where none is named."""
ON = ("1", "true", "yes", "on")


def value(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the variable, or its default."""
    default = next(one.default for one in VARIABLES if one.name == name)
    return environment.get(name, "").strip() or default


def flag(name: str) -> bool:
    """Return whether a variable is on."""
    return value(name).casefold() in ON


def home() -> Path:
    """Return the folder of the site's data, made when missing."""
    folder = Path(value("GOUVERNAIL_HOME") or HOME).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """Return the signing secret: given, or kept in the home folder, made on first use and readable by its owner only."""
    given = value("GOUVERNAIL_SECRET_KEY")
    if given:
        return given
    return kept(home() / "secret-key", lambda: secrets.token_urlsafe(50))


def kept(path: Path, make: Callable[[], str]) -> str:
    """Return the secret that a file keeps, made on first use and readable by its owner only.

    Whoever reads it reads all of it, and all read the same: several processes may start at once.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(make())
            with suppress(FileExistsError):
                path.hardlink_to(draft)
        finally:
            draft.unlink()
    return path.read_text("utf-8").strip()


def database() -> dict[str, Any]:
    """Return Django's description of the database: PostgreSQL by DATABASE_URL, else SQLite (WAL) in the home folder."""
    url = urlsplit(value("DATABASE_URL"))
    if url.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home() / "gouvernail.sqlite3"),
        # Each connection repeats the pragmas: keep them open. IMMEDIATE: a writer waits at the start, never half way.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def mail() -> dict[str, Any]:
    """Return Django's mail settings from the address of the mail server."""
    url = urlsplit(value("GOUVERNAIL_MAIL_URL"))
    if url.scheme not in ("smtp", "smtps"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "",
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp" and bool(url.username),
        "EMAIL_TIMEOUT": 20,
    }
