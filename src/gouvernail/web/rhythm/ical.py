"""Meetings for a calendar (iCalendar, RFC 5545): whole days, which come back by their cadence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gouvernail.plan.model import Cadence

_RULES = {
    Cadence.daily: "FREQ=DAILY",
    Cadence.weekly: "FREQ=WEEKLY",
    Cadence.monthly: "FREQ=MONTHLY",
    Cadence.quarterly: "FREQ=MONTHLY;INTERVAL=3",
    Cadence.half_yearly: "FREQ=MONTHLY;INTERVAL=6",
    Cadence.yearly: "FREQ=YEARLY",
}
_WIDTH = 75
"""Octets of a line, its end not counted."""


@dataclass(frozen=True)
class Event:
    """A day in a calendar. `uid` stays the same, so that bringing the file again changes the entry."""

    uid: str
    day: date
    title: str
    text: str = ""
    url: str = ""
    cadence: Cadence | None = None


def calendar(name: str, events: Iterable[Event], made: datetime) -> str:
    """Return a calendar file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gouvernail//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for one in events:
        lines += _event(one, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(one: Event, made: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(one.title)}",
        "TRANSP:TRANSPARENT",
    ]
    if one.cadence:
        lines.append(f"RRULE:{_RULES[one.cadence]}")
    if one.text:
        lines.append(f"DESCRIPTION:{_escaped(one.text)}")
    if one.url:
        lines.append(f"URL:{one.url}")
    return [*lines, "END:VEVENT"]


def _escaped(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> str:
    """Break a long line between characters: what follows begins with a space."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _WIDTH - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
