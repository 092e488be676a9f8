"""How often one address may ask for shared reports: guessing is hopeless anyway, and shall not cost us much."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest

from gouvernail.web import environment

A_MINUTE = 60


def too_often(request: HttpRequest, most: int = A_MINUTE) -> bool:
    """Return whether this address asked more than `most` times in the current minute."""
    key = f"shared:{_address(request)}:{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > most
    except ValueError:
        # Fallen out of the cache between the two calls.
        return False


def _address(request: HttpRequest) -> str:
    if environment.flag("GOUVERNAIL_PROXY"):
        # The last one is what our own proxy saw; the others are whatever the visitor wrote.
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))
