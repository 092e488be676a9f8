"""Addresses that pages of the rhythm lead to; nothing where a page is not there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from gouvernail.plan.model import SECTIONS, Element, Plan

SECTION_OF = {model: section for section, model in SECTIONS.items()}
"""Model of an element → its section of the plan."""
_PAGES = {"objective": "objective", "action": "action", "meeting": "meeting", "experiment": "experiment"}
"""Kinds that have a page of their own beside the plan's."""


def link(name: str, slug: str, *args: Any, **query: str) -> str:
    """Return the address called `name` in an organisation, "" where there is none."""
    try:
        url = reverse(name, args=[slug, *args])
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode(query)}" if query else url


def section_of(element: Element) -> str:
    """Return the section of the plan that an element stands in."""
    return SECTION_OF[type(element)]


def name_of(plan: Plan, id: str) -> str:
    """Return the name of an element, its id where the plan does not hold it."""
    element = plan.get(id)
    return element.name if element else id


def element_link(slug: str, plan: Plan, id: str) -> str:
    """Return the page of an element of the plan, "" where the plan does not hold it."""
    element = plan.get(id)
    return element_page(slug, element) if element else ""


def element_page(slug: str, element: Element) -> str:
    """Return the page of an element: its own where its kind has one, else the plan's."""
    own = link(_PAGES[element.kind], slug, element.id) if element.kind in _PAGES else ""
    return own or link("element", slug, section_of(element), element.id)


def finding_link(slug: str, identity: str) -> str:
    """Return the page of a finding."""
    return link("finding", slug, id=identity)
