"""Where things lead: the page of an element, of a finding, of where a figure comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse

from gouvernail.base.text import Text
from gouvernail.bearing.model import Bearing
from gouvernail.plan.model import Layer, Plan
from gouvernail.report.labels import LAYERS
from gouvernail.web.plans.called import called
from gouvernail.web.rhythm.links import element_page, finding_link


def address(name: str, *args: Any) -> str:
    """Return the address called `name`, empty where this site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Ref:
    """A name that leads somewhere; `url` is empty where there is no page."""

    id: str
    title: str | Text
    url: str = ""


@dataclass(frozen=True)
class Links:
    """Where things of one organisation lead. `titles` name what the plan does not hold any more."""

    slug: str
    plan: Plan
    titles: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, Text] = field(default_factory=dict)

    def element(self, id: str) -> Ref:
        """Return an element with its page; a layer leads to its part of the chain."""
        found = self.plan.get(id)
        if found is not None:
            return Ref(id, called(found, self.plan), element_page(self.slug, found))
        if id in Layer.__members__:
            return Ref(id, LAYERS[Layer(id)], f"{self._chain}?layer={id}")
        return Ref(id, self.titles.get(id) or self.metrics.get(id) or id)

    def elements(self, ids: tuple[str, ...]) -> tuple[Ref, ...]:
        """Return several elements."""
        return tuple(map(self.element, ids))

    def finding(self, identity: str) -> str:
        """Return the page of a finding."""
        return finding_link(self.slug, identity)

    def origin(self, subject: str) -> str:
        """Return where a figure comes from; `subject` is `coherence`, `metric:revenue`, `objective:id` …"""
        return reverse("provenance", args=[self.slug, subject])

    @cached_property
    def _chain(self) -> str:
        return reverse("chain", args=[self.slug])


def links(slug: str, plan: Plan, bearing: Bearing | None) -> Links:
    """Return where things lead, named by the bearing where there is one."""
    if bearing is None:
        return Links(slug, plan)
    return Links(slug, plan, bearing.titles, {one.id: one.name for one in bearing.metrics})
