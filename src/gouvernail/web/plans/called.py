"""How an element is called where people read: by its title, else by what it is about."""

from __future__ import annotations

from gouvernail.plan.model import Element, Plan

ABOUT = ("element", "objective")
"""Fields that name what an element is about: who does what is written of an element, an evaluation of an objective."""


def called(one: Element, plan: Plan) -> str:
    """Return the title of an element; without one the name of what it is about, else its id."""
    if not one.title:
        for field in ABOUT:
            if about := plan.get(getattr(one, field, None) or ""):
                return about.name
    return one.name
