"""Calling people by @name in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gouvernail.web.rhythm.people import Member

_MENTION = re.compile(r"(?<![\w@.])@([a-z0-9]+(?:\.[a-z0-9]+)*)", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A piece of a comment: words, or somebody's name."""

    words: str
    member: Member | None = None


def called(text: str, people: Iterable[Member]) -> tuple[Member, ...]:
    """Return the people that a text calls, each once, in its order."""
    found = {part.member.handle: part.member for part in parts(text, people) if part.member}
    return tuple(found.values())


def parts(text: str, people: Iterable[Member]) -> tuple[Part, ...]:
    """Return a text cut where it names somebody. An @word that is nobody's stays words."""
    known = {one.handle: one for one in people}
    found: list[Part] = []
    at = 0
    for match in _MENTION.finditer(text):
        member = known.get(match[1].casefold())
        if member is None:
            continue
        if match.start() > at:
            found.append(Part(text[at : match.start()]))
        found.append(Part(f"@{member.name}", member))
        at = match.end()
    if at < len(text):
        found.append(Part(text[at:]))
    return tuple(found)
