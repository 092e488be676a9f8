"""The main menu of an organisation: where people go, in the order in which they ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from gouvernail.base.text import T, Text

PLACES: tuple[tuple[str, Text, str], ...] = (
    ("cockpit", T("Cockpit"), "gauge"),
    ("chain", T("Chain"), "hierarchy"),
    ("plan", T("Plan"), "list-details"),
    ("objectives", T("Objectives"), "target-arrow"),
    ("actions", T("Actions"), "layout-kanban"),
    ("audience", T("Audience"), "users-group"),
    ("findings", T("Findings"), "list-check"),
    ("measure", T("Measure"), "chart-bar"),
    ("rhythm", T("Rhythm"), "calendar-event"),
    ("data", T("Data"), "database-import"),
    ("reports", T("Reports"), "file-analytics"),
    ("settings", T("Settings"), "settings"),
)
"""Name of the address, title, icon."""
OWN = {"rhythm": "frame/owed.html"}


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    title: Text
    url: str
    icon: str
    here: bool
    own: str = ""
    """Template of what stands behind the title for this reader alone."""


def menu(slug: str, path: str, *, partner: bool = False) -> list[Entry]:
    """Return the menu of an organisation; `here` marks the place that `path` stands in. Partners have reports only."""
    return [
        Entry(title, url, icon, path == url if name == "cockpit" else path.startswith(url), OWN.get(name, ""))
        for name, title, icon, url in _places(slug)
        if not partner or name == "reports"
    ]


@lru_cache(maxsize=1000)
def _places(slug: str) -> tuple[tuple[str, Text, str, str], ...]:
    """Return the places of an organisation with their addresses, which never change."""
    found = []
    for name, title, icon in PLACES:
        try:
            found.append((name, title, icon, reverse(name, args=[slug])))
        except NoReverseMatch:
            continue
    return tuple(found)
