"""The kept pages of this process: as many as fit into the memory that is set aside; who was not asked for longest goes."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar

from django.conf import settings

SECONDS = 60.0
"""How long a page is kept at most: some say how long ago something was."""


class Sized(Protocol):
    """What can be kept."""

    @property
    def size(self) -> int:
        """Bytes that it takes."""


Kept = TypeVar("Kept", bound=Sized)


class Shelf(Generic[Kept]):
    """Things by key, for a minute, within so many eighths of `settings.KEPT_BYTES`."""

    def __init__(self, eighths: int = 8) -> None:
        self._eighths = eighths
        self._held: OrderedDict[Hashable, tuple[float, Kept]] = OrderedDict()
        self._lock = Lock()
        self.size = 0

    def get(self, key: Hashable) -> Kept | None:
        """Return what is kept under a key, None where nothing is or where it is too old."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            if found[0] < time.monotonic():
                self._drop(key)
                return None
            self._held.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep something; what would take more than an eighth of the room is not kept."""
        room = settings.KEPT_BYTES * self._eighths // 8
        if kept.size * 8 > room:
            return
        with self._lock:
            if key in self._held:
                self._drop(key)
            self._held[key] = (time.monotonic() + SECONDS, kept)
            self.size += kept.size
            while self.size > room:
                self._drop(next(iter(self._held)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()
            self.size = 0

    def _drop(self, key: Hashable) -> None:
        self.size -= self._held.pop(key)[1].size
