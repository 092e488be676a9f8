"""Where the pages of the experiments stand."""

from __future__ import annotations

from django.urls import reverse

from gouvernail.base.text import T
from gouvernail.web.look.parts import Crumb


def page_of(slug: str, id: str) -> str:
    """Return the page of an experiment."""
    return reverse("experiment", args=[slug, id])


def crumbs(slug: str) -> tuple[Crumb, ...]:
    """Return the way to a page of one experiment."""
    return (Crumb(T("Experiments"), reverse("experiments", args=[slug])),)
