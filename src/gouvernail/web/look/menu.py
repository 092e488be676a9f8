"""The main menu of an organisation: where people go, in the order in which they ask."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    title: Text
    url: str
    icon: str
    here: bool
    count: int = 0


def menu(slug: str, path: str, *, partner: bool = False) -> list[Entry]:
    """Return the menu of an organisation; `here` marks the place that `path` stands in. Partners have reports only."""
    found = []
    for name, title, icon in PLACES:
        if partner and name != "reports":
            continue
        try:
            url = reverse(name, args=[slug])
        except NoReverseMatch:
            continue
        here = path == url if name == "cockpit" else path.startswith(url)
        found.append(Entry(title, url, icon, here))
    return found
