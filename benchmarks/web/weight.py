"""What a first visit brings over the wire: the page and everything that it names, compressed as the site sends it."""

from __future__ import annotations

import http.client
import re

NAMED = re.compile(r'(?:src|href)="(/static/[^"#]+)')
IN_STYLES = re.compile(r"url\(\"?([^\")]+)")


def first_visit(port: int, path: str, cookie: str) -> dict[str, int]:
    """Return the bytes of each part: the page, and every file that it names."""
    page, body = _fetch(port, path, cookie)
    found = {path: page}
    for name in dict.fromkeys(NAMED.findall(body)):
        found[name], _ = _fetch(port, name, cookie)
    return found


def _fetch(port: int, path: str, cookie: str) -> tuple[int, str]:
    """Return the bytes on the wire (as browsers ask: Brotli first), and the page's words."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    head = {"Cookie": f"gouvernail_session={cookie}", "Accept-Encoding": "br, gzip"}
    connection.request("GET", path, headers=head)
    wire = len(connection.getresponse().read())
    if path.startswith("/static/"):
        return wire, ""
    connection.request("GET", path, headers={**head, "Accept-Encoding": "identity"})
    return wire, connection.getresponse().read().decode()
