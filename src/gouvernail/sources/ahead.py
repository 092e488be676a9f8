"""Reading ahead: the next chunks are made in a thread of their own while the present one is stored.

Both ends spend their time in native code that lets other threads run, so that reading and storing take as long as the longer
of the two, not their sum.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

Item = TypeVar("Item")
DEPTH = 2
"""Items made and not yet taken: memory stays flat."""


class Ahead(Generic[Item]):
    """The items of an iterator, made ahead from the moment this object is; use it as a context manager.

    An exception of the iterator is raised where its items are taken. Leaving the block early ends the thread
    after the item under way.
    """

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._made: queue.Queue[tuple[bool, Item | BaseException | None]] = queue.Queue(DEPTH)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._make, daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Item]:
        while True:
            is_item, given = self._made.get()
            if is_item:
                yield given  # type: ignore[misc]
            elif given is not None:
                raise given  # type: ignore[misc]
            else:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._thread.join()

    def _make(self) -> None:
        end: BaseException | None = None
        try:
            for item in self._items:
                if not self._hand_over((True, item)):
                    break
        except BaseException as error:
            end = error  # raised again where the items are taken
        finally:
            close = getattr(self._items, "close", None)
            if close:
                close()
        self._hand_over((False, end))

    def _hand_over(self, told: tuple[bool, Item | BaseException | None]) -> bool:
        while not self._left.is_set():
            try:
                self._made.put(told, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False
