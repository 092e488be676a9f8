"""Reading ahead: order, faults and an early end are those of the iterator itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from gouvernail.sources.ahead import DEPTH, Ahead


def test_items_come_in_order_and_are_made_before_they_are_asked_for() -> None:
    made = threading.Event()

    def items() -> Iterator[int]:
        for number in range(10):
            yield number
            made.set()

    with Ahead(items()) as ahead:
        assert made.wait(5)
        assert list(ahead) == list(range(10))


def test_a_fault_is_raised_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with Ahead(items()) as ahead:
        taken = iter(ahead)
        assert next(taken) == 1
        with pytest.raises(ValueError, match="broken"):
            next(taken)


def test_leaving_early_ends_the_thread_and_closes_the_iterator() -> None:
    closed: list[int] = []

    def items() -> Iterator[int]:
        try:
            for number in range(1_000_000):
                closed[:] = [number]
                yield number
        finally:
            closed.append(-1)

    before = threading.active_count()
    with Ahead(items()) as ahead:
        assert next(iter(ahead)) == 0
    assert threading.active_count() == before
    assert closed[-1] == -1
    assert closed[0] <= DEPTH + 2
