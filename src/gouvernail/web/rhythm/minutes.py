"""An agenda as pages show it, and as minutes keep it: in both languages, for it must stay as it stood."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Plan, Purpose
from gouvernail.web.look.languages import both, in_language
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.rhythm.agenda import Heading, Point
from gouvernail.web.rhythm.links import element_link, finding_link, link

PURPOSES: Mapping[Purpose, Text] = {
    Purpose.marketing_sales: T("Marketing and sales: which leads came, what the field says, what changes"),
    Purpose.management: T("Management: what the money brings, what moved, one decision"),
    Purpose.strategy_review: T("Strategy review: is what we want still right?"),
    Purpose.sprint_review: T("Sprint review: what was done, what was learnt"),
    Purpose.other: T("Meeting of the plan"),
}


@dataclass(frozen=True)
class ShownPoint:
    """A point of an agenda, put into words."""

    words: str
    detail: str
    url: str
    tone: str


@dataclass(frozen=True)
class ShownHeading:
    """An item of an agenda, put into words; `more` points are not told."""

    title: str
    points: tuple[ShownPoint, ...]
    more: int = 0


def shown(headings: Iterable[Heading], slug: str, plan: Plan) -> tuple[ShownHeading, ...]:
    """Return an agenda in the reader's language, with links."""
    return restored(kept(headings), slug, plan)


def kept(headings: Iterable[Heading]) -> list[dict[str, Any]]:
    """Return an agenda as minutes keep it (JSON)."""
    return [
        {"title": both(one.title), "more": one.more, "points": [_point(point) for point in one.points]}
        for one in headings
    ]


def restored(kept_: Iterable[Mapping[str, Any]], slug: str, plan: Plan) -> tuple[ShownHeading, ...]:
    """Return a kept agenda in the reader's language, with links to what is still there."""
    lang = language()
    return tuple(
        ShownHeading(
            in_language(heading["title"], lang),
            tuple(
                ShownPoint(
                    in_language(point["words"], lang),
                    in_language(point["detail"], lang),
                    _url(point, slug, plan),
                    point["tone"],
                )
                for point in heading["points"]
            ),
            heading["more"],
        )
        for heading in kept_
    )


def mark(present: str, notes: str) -> str:
    """Return a mark of what was written, by which a writer shows what they had before them."""
    return hashlib.sha256(f"{present}\0{notes}".encode()).hexdigest()


def link_to(slug: str, meeting: str) -> str:
    """Return the page of a meeting."""
    return link("meeting", slug, meeting)


def _point(point: Point) -> dict[str, Any]:
    return {
        "words": both(point.words),
        "detail": both(point.detail) if point.detail else {},
        "element": point.element,
        "finding": point.finding,
        "tone": point.tone,
    }


def _url(point: Mapping[str, Any], slug: str, plan: Plan) -> str:
    if point["finding"]:
        return finding_link(slug, point["finding"])
    return element_link(slug, plan, point["element"]) if point["element"] else ""
