"""Tasks that tests order from a real worker: each writes down that it began, and that it ended."""

import time
from pathlib import Path

from django_tasks import task


def _note(file: str, word: str) -> None:
    with Path(file).open("a", encoding="utf-8") as book:
        book.write(f"{word} {time.time()}\n")


@task()
def quick(file: str) -> None:
    """Begin and end."""
    _note(file, "began")
    _note(file, "ended")


@task()
def once_long(file: str) -> None:
    """Take very long the first time, no time the second."""
    first = not Path(file).exists()
    _note(file, "began")
    for _ in range(600 if first else 0):
        time.sleep(0.1)
    _note(file, "ended")
