"""Settings that make no sense, one sentence each: the site does not start by guessing what was meant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from gouvernail.base.text import T, Text
from gouvernail.web import environment

FLAGS = ("GOUVERNAIL_HTTPS", "GOUVERNAIL_PROXY", "GOUVERNAIL_SIGNUP")
MEGABYTES = {"GOUVERNAIL_UPLOAD_MB": 1, "GOUVERNAIL_KEPT_MB": 0}
"""Variables that hold a size, and the least that makes sense."""
_ON_OR_OFF = (*environment.ON, "0", "false", "no", "off")


def faults() -> Iterator[Text]:
    """Say what is wrong with the environment; nothing where the site can start."""
    yield from _home()
    for name in FLAGS:
        if environment.value(name).casefold() not in _ON_OR_OFF:
            yield T("{name} is “{value}”: write 1 or 0.", name=name, value=environment.value(name))
    yield from _address("DATABASE_URL", ("postgresql", "postgres"))
    yield from _address("GOUVERNAIL_MAIL_URL", ("smtp", "smtps"))
    for name, least in MEGABYTES.items():
        given = environment.value(name)
        if not (given.isascii() and given.isdecimal() and int(given) >= least):
            yield T("{name} is “{value}”: write a number of megabytes.", name=name, value=given)
    if environment.value("GOUVERNAIL_OIDC_SERVER") and not environment.value("GOUVERNAIL_OIDC_CLIENT"):
        yield T(
            "GOUVERNAIL_OIDC_SERVER is set, but GOUVERNAIL_OIDC_CLIENT is not: the provider gives you both."
        )


def _home() -> Iterator[Text]:
    folder = Path(environment.value("GOUVERNAIL_HOME") or environment.HOME).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        yield T("The home folder {folder} cannot be made.", folder=str(folder))
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield T("The home folder {folder} cannot be written to.", folder=str(folder))


def _address(name: str, schemes: tuple[str, ...]) -> Iterator[Text]:
    given = environment.value(name)
    if not given:
        return
    # The address holds a password: it is never repeated.
    meant = f"{schemes[0]}://"
    try:
        url = urlsplit(given)
        understood = url.scheme in schemes and bool(url.hostname) and (url.port or 1) > 0
    except ValueError:
        understood = False
    if not understood:
        yield T(
            "{name} cannot be understood: it begins with {meant} and names a host.", name=name, meant=meant
        )
