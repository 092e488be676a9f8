"""How often somebody may do something: counted in the process's cache, forgotten when its time is over."""

from __future__ import annotations

from django.core.cache import cache


def allowed(what: str, who: object, most: int, seconds: int) -> bool:
    """Count one more try of `who`, and return whether it is among the first `most` of this stretch of time."""
    key = f"limit:{what}:{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # Its time ran out between the two lines: a new stretch begins.
        cache.set(key, 1, seconds)
        return True
