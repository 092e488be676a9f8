"""The tabs of Measure: one line for each of its parts."""

from __future__ import annotations

from django.urls import reverse

from gouvernail.base.text import T, Text
from gouvernail.web.look.parts import Tab

PLACES: tuple[tuple[str, Text, str, bool], ...] = (
    ("measure", T("Attribution"), "chart-bar", True),
    ("journeys", T("Journeys"), "route", True),
    ("experiments", T("Experiments"), "git-compare", False),
    ("geo", T("Geo tests"), "world", False),
)
"""Name of the address, title, icon, and whether it is asked the same as the other pages of credit."""


def tabs(slug: str, here: str, query: str = "") -> list[Tab]:
    """Return the tabs; `query` is what the page of credit was asked (its level, its window)."""
    return [
        Tab(title, reverse(name, args=[slug]) + (f"?{query}" if query and alike else ""), name == here, icon)
        for name, title, icon, alike in PLACES
    ]
