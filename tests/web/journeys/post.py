"""A post office for tests: takes every letter that a site sends by SMTP, and gives it to whoever waits for it."""

import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import cast

PATIENCE = 120.0
ANSWERS = {"DATA": b"354 go on\r\n", "QUIT": b"221 farewell\r\n"}


class Post(socketserver.ThreadingTCPServer):
    """A mail server on a port of its own; `letters` are those that came."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.letters: list[EmailMessage] = []

    @property
    def address(self) -> str:
        """Where it listens, as GOUVERNAIL_MAIL_URL wants it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def letter(self, to: str) -> str:
        """Wait for the letter to somebody; return its text."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for one in self.letters:
                if to in one["To"]:
                    return str(one.get_content())
            time.sleep(0.1)
        raise AssertionError(f"no letter came for {to}")


class _Counter(socketserver.StreamRequestHandler):
    """One conversation: just enough of SMTP."""

    def handle(self) -> None:
        self.wfile.write(b"220 post office\r\n")
        for line in self.rfile:
            word = line[:4].strip().upper().decode("ascii", "replace")
            self.wfile.write(ANSWERS.get(word, b"250 well\r\n"))
            if word == "QUIT":
                return
            if word == "DATA":
                self._take()

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        made = message_from_bytes(b"".join(lines), policy=policy.default)
        cast(Post, self.server).letters.append(cast(EmailMessage, made))
        self.wfile.write(b"250 taken\r\n")


@contextmanager
def post_office() -> Iterator[Post]:
    """Keep a post office open while the block runs."""
    with Post() as post:
        Thread(target=post.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            yield post
        finally:
            post.shutdown()
