"""A child of the supervisor ends when the supervisor is gone, however that died: its standard input then ends."""

from __future__ import annotations

import os
import signal
from threading import Thread

MARK = "_GOUVERNAIL_SUPERVISED"
"""Set in the environment of supervised processes."""


def hold() -> None:
    """Stop this process, as if asked politely, when whoever started it is gone."""
    if not os.environ.pop(MARK, ""):
        return
    own = os.getpid()

    def wait() -> None:
        # The bare file: a buffered one is locked while it waits, and stands in the way when the process ends.
        while os.read(0, 64):
            pass
        os.kill(own, signal.SIGTERM)

    Thread(target=wait, daemon=True).start()
