"""Something done again and again in a thread beside a block, for as long as the block runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

Pause = Callable[[float], bool]
"""Wait so many seconds; True once the block is over."""


@contextmanager
def beside(work: Callable[[Pause], None]) -> Iterator[None]:
    """Run `work` in a thread while the block runs. It is given what it waits with, and returns once that says True."""
    done = Event()
    thread = Thread(target=work, args=[done.wait], daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
