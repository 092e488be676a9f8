"""Walk through the site as a visitor with curiosity would: every link that a page offers is opened."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

LINKS = {"href", "src", "hx-get", "data-url"}
SAID = {"title", "aria-label", "placeholder", "alt", "data-confirm", "hx-confirm"}
SILENT = {"script", "style", "code", "pre", "kbd", "samp", "i"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ENGLISH = re.compile(
    r"\b(the|and|of|with|this|that|these|your|you|is|are|was|were|be|been|from|not|has|have|which|who|what|why|how|"
    r"for|when|where|there|their|they|its|it|every|each|nothing|nobody|somebody|somebody|since|until|yet|made|"
    r"shown|show|hide|save|saved|add|added|deleted|remove|choose|chosen|open|none|yes|week|month|quarter|year|today|"
    r"here|back|next|previous|password|value|row|rows|column|owner)\b",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"^(Europe|America|Africa|Asia|Atlantic|Pacific|Indian)/|\w[-_]\w*[-_]|Pew Research|Social Media|« value »"
)
"""Names that stay as they are: time zones, campaigns, studies, words of a file."""


class _Reader(HTMLParser):
    """The links of a page, and the words that it says in the language of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.words: list[str] = []
        self._quiet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        foreign = tag != "html" and named.get("lang", "fr") != "fr"
        if tag not in VOID and (self._quiet or tag in SILENT or foreign):
            self._quiet.append(tag)
        self.links += [named[name] for name in LINKS & named.keys()]
        if not self._quiet:
            self.words += [named[name] for name in SAID & named.keys()]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._quiet:
            while self._quiet.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.words.append(" ".join(data.split()))


@dataclass
class Walk:
    """What a walk saw."""

    pages: dict[str, str] = field(default_factory=dict)
    """Address and text of every page that was opened."""
    sheets: dict[str, str] = field(default_factory=dict)
    """Address and text of every CSV file."""
    dead: list[str] = field(default_factory=list)
    """Links that lead nowhere: what was answered, the address, and the page that offers it."""


def walk(client: Client, start: str, *, each: int = 3, within: str = "") -> Walk:
    """Open every link that can be reached from `start`; of addresses of one kind, the first `each`."""
    seen, kinds, done = {start}, Counter[str](), Walk()
    waiting = deque([(start, "")])
    while waiting:
        address, offered = waiting.popleft()
        answer = client.get(address, follow=True)
        for hop, _ in answer.redirect_chain:
            seen.add(hop)
        if answer.status_code >= 400:
            done.dead.append(f"{answer.status_code} {address} offered by {offered}")
            continue
        if answer.headers["Content-Type"].startswith("text/csv"):
            parts = answer.streaming_content if answer.streaming else [answer.content]
            done.sheets[address] = b"".join(parts).decode()
        if answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            answer.close()
            continue
        text = done.pages[address] = answer.content.decode()
        for link in _inside(text, address, within):
            kind = _kind(link)
            if link not in seen and kinds[kind] < each:
                seen.add(link)
                kinds[kind] += 1
                waiting.append((link, address))
    return done


def english(page: str) -> list[str]:
    """Return what a French page says in English, as far as common words tell."""
    reader = _Reader()
    reader.feed(page)
    return [said for said in reader.words if ENGLISH.search(said) and not FOREIGN.search(said)]


def _inside(page: str, address: str, within: str) -> Iterator[str]:
    reader = _Reader()
    reader.feed(page)
    for link in reader.links:
        target = urlsplit(urljoin(address, unescape(link)))
        if target.netloc or target.scheme or not target.path.startswith(within or "/"):
            continue
        if not target.path.startswith("/static/") and "/sign-in/logout" not in target.path:
            yield target.path + (f"?{target.query}" if target.query else "")


def _kind(link: str) -> str:
    """Return what addresses have in common that lead to the same view with the same questions."""
    target = urlsplit(link)
    try:
        found = resolve(target.path)
    except Resolver404:
        return link
    asked = sorted({name for name, _ in parse_qsl(target.query)})
    section = found.kwargs.get("section", "")
    return f"{found.view_name} {section} {asked}"
