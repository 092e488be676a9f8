"""What somebody owes, beside “Rhythm” in the menu."""

from __future__ import annotations

from django import template

from gouvernail.web.rhythm.counting import owed_count as count_of

register = template.Library()


@register.simple_tag(takes_context=True)
def owed_count(context: template.Context) -> int:
    """Return how many things the reader owes."""
    membership = getattr(context["request"], "membership", None)
    return count_of(membership) if membership else 0
