"""Finding a port that nobody listens on."""

from __future__ import annotations

import errno
import socket
from contextlib import closing

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T

TRIED = 50


def is_free(host: str, port: int) -> bool:
    """Return whether the site could listen there."""
    return _refusal(host, port) is None


def take(host: str, port: int) -> int:
    """Return `port` if it is free.

    Raises:
        UsageError: something listens there already, the system forbids it, or the host is not of this machine.
    """
    refusal = _refusal(host, port)
    if refusal is None:
        return port
    if isinstance(refusal, PermissionError):
        raise UsageError(T("Ports below 1024 are the system’s own: choose another with --port."))
    if isinstance(refusal, socket.gaierror) or refusal.errno == errno.EADDRNOTAVAIL:
        raise UsageError(T("This machine has no address {host}: choose another with --host.", host=host))
    raise UsageError(
        T(
            "The address {host}:{port} cannot be taken: something else listens there. Choose another with --port.",
            host=host,
            port=str(port),
        )
    )


def _refusal(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def next_free(host: str, port: int) -> int:
    """Return the first free port from `port` on.

    Raises:
        UsageError: there is none near it.
    """
    found = next((one for one in range(port, min(port + TRIED, 65_535)) if is_free(host, one)), None)
    return take(host, port) if found is None else found
