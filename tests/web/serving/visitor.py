"""Somebody who visits a running site without a browser: a session cookie, forms with their token, files."""

from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

BOUNDARY = "a-line-between-parts"
TOKEN = "t" * 32
"""The site takes a form whose token is that of the cookie sent with it."""


@dataclass(frozen=True)
class Answer:
    """What a site answered."""

    status: int
    text: str
    headers: Message

    @property
    def place(self) -> str:
        """Where the answer leads."""
        return self.headers.get("Location", "")


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow no redirect: tests look at them."""


@dataclass(frozen=True)
class Visitor:
    """One person; the same session may be shown to several processes of the site."""

    session: str = ""
    patience: float = 60.0

    def get(self, address: str, **headers: str) -> Answer:
        """Open a page."""
        return self._ask(Request(address, headers=headers))

    def post(self, address: str, file: tuple[str, bytes] | None = None, **fields: str) -> Answer:
        """Send a form, with a file where one is given."""
        if file is None:
            return self._ask(Request(address, data=urlencode(fields).encode()))
        name, content = file
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self._ask(Request(address, data=body, headers={"Content-Type": kind}))

    def _ask(self, request: Request) -> Answer:
        request.add_header("Cookie", f"gouvernail_session={self.session}; gouvernail_csrf={TOKEN}")
        request.add_header("X-CSRFToken", TOKEN)
        try:
            with build_opener(_Stay).open(request, timeout=self.patience) as answer:
                return Answer(answer.status, answer.read().decode("utf-8", "replace"), answer.headers)
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read().decode("utf-8", "replace"), refused.headers)
